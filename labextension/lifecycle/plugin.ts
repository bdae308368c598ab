// Plugin `launchbook:lifecycle`: new run, reset, archive and status from the launcher, the palette, the file browser and the toolbar.
// The kernel does them with the functions of the command, so that both refuse and do the same.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { METADATA_KEY, runOf } from '../../contract/notebook.js';
import { phasesIcon } from '../phases/phases-icon.js';
import { askBefore, askForNewRun, showFaults, showText } from './dialogs.js';
import { faultListOf, type FaultList } from './fault-list.js';
import { withLifecycle } from './lifecycle-client.js';
import { firstValues, newRunInput } from './new-run-form.js';
import { whileClosed } from './open-run.js';

const NEW = 'launchbook:new-run';
const RESET = 'launchbook:reset-run';
const ARCHIVE = 'launchbook:archive-run';
const STATUS = 'launchbook:show-run-status';

export const lifecyclePlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:lifecycle',
  description: 'Makes, resets and archives runs, and tells where they stand.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator, ICommandPalette, ILauncher, IDocumentManager, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    documents: IDocumentManager | null,
    browsers: IFileBrowserFactory | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    const { kernels, sessions } = app.serviceManager;
    const describedBy = {
      args: {
        type: 'object',
        properties: {
          path: { type: 'string', description: words.__('Path of a notebook') },
          selected: { type: 'boolean', description: words.__('The notebook selected in the file browser') }
        }
      }
    };

    app.commands.addCommand(NEW, {
      label: args => (args['selected'] ? words.__('New Run of This Runbook…') : words.__('New Run…')),
      caption: words.__('Make a fresh run of a runbook'),
      icon: phasesIcon,
      describedBy,
      execute: async args => {
        const template = pathFor(args, isTemplate) ?? (await chooseTemplate());
        if (template === null) {
          return;
        }
        await reporting(words.__('New run'), () =>
          withLifecycle(kernels, async client => {
            const description = await client.ask('describe', { template });
            let values = firstValues(description);
            let faults: FaultList | null = null;
            for (;;) {
              const given = await askForNewRun(template, description, values, faults, words);
              if (!given) {
                return;
              }
              values = given;
              try {
                const made = await client.ask('new', newRunInput(template, description, values));
                made.notes.forEach(note => Notification.info(note));
                await app.commands.execute('docmanager:open', { path: made.path });
                return;
              } catch (error) {
                faults = faultListOf(error, words);
              }
            }
          })
        );
      }
    });

    app.commands.addCommand(RESET, {
      label: words.__('Reset Run…'),
      caption: words.__('Begin the run anew from its runbook; what it was before is kept beside it'),
      describedBy,
      isEnabled: args => pathFor(args, isRun) !== null,
      isVisible: args => pathFor(args, isRun) !== null,
      execute: async args => {
        const run = pathFor(args, isRun);
        const answer =
          run === null
            ? null
            : await askBefore(
                {
                  title: words.__('Reset this run?'),
                  body: words.__(
                    '%1 becomes a fresh copy of its runbook. What it is now stays beside it as an attempt, with its journal. Its kernel is shut down first.',
                    run
                  ),
                  accept: words.__('Reset'),
                  choice: words.__('Take the runbook as it is committed now')
                },
                words
              );
        if (run !== null && answer) {
          await reporting(words.__('Reset run'), async () => {
            const made = await exclusively(run, true, client =>
              client.ask('reset', { run, latest: answer.isChosen })
            );
            made.notes.forEach(note => Notification.info(note));
          });
        }
      }
    });

    app.commands.addCommand(ARCHIVE, {
      label: words.__('Archive Run…'),
      caption: words.__('Commit the run as the record of what happened'),
      describedBy,
      isEnabled: args => pathFor(args, isRun) !== null,
      isVisible: args => pathFor(args, isRun) !== null,
      execute: async args => {
        const run = pathFor(args, isRun);
        const answer =
          run === null
            ? null
            : await askBefore(
                {
                  title: words.__('Archive this run?'),
                  body: words.__(
                    '%1 is searched for secrets, made readable, committed and tagged. Its kernel is shut down first: variables are gone afterwards.',
                    run
                  ),
                  accept: words.__('Archive'),
                  choice: words.__('It has not come to its end: archive it nevertheless')
                },
                words
              );
        if (run !== null && answer) {
          await reporting(words.__('Archive run'), async () => {
            const { tag, commit, isNew, notes } = await exclusively(run, false, client =>
              client.ask('archive', { run, unfinished: answer.isChosen })
            );
            const text = isNew
              ? words.__('Archived as %1', tag)
              : words.__('Was archived already as %1', tag);
            Notification.success(`${text} (${commit.slice(0, 12)})`, { autoClose: false });
            notes.forEach(note => Notification.info(note));
          });
        }
      }
    });

    app.commands.addCommand(STATUS, {
      label: words.__('Run Status'),
      caption: words.__('Tell where the run stands, who is awaited and what is next'),
      icon: phasesIcon,
      describedBy,
      isEnabled: args => pathFor(args, isRun) !== null,
      isVisible: args => pathFor(args, isRun) !== null,
      execute: async args => {
        const run = pathFor(args, isRun);
        if (run !== null) {
          await reporting(words.__('Run status'), async () => {
            const { text } = await withLifecycle(kernels, client => client.ask('status', { run }));
            await showText(words.__('Run status'), text, words);
          });
        }
      }
    });
    for (const command of [NEW, RESET, ARCHIVE, STATUS]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
    launcher?.add({ command: NEW, category: words.__('Launchbook'), rank: 1 });
    const update = (): void =>
      [RESET, ARCHIVE, STATUS].forEach(command => app.commands.notifyCommandChanged(command));
    tracker.currentChanged.connect((_tracker, panel) => {
      update();
      // Whether it is a run is known once it has been read.
      void panel?.context.ready.then(update);
    });

    /** JupyterLab can open it anew in a tab; other applications have one notebook a page. */
    const open = isLab(app.name)
      ? (path: string): Promise<unknown> => app.commands.execute('docmanager:open', { path })
      : null;

    function exclusively<T>(
      run: string,
      isAnew: boolean,
      ask: Parameters<typeof withLifecycle<T>>[1]
    ): Promise<T> {
      return whileClosed(run, isAnew, { tracker, sessions, open }, () => withLifecycle(kernels, ask));
    }

    async function reporting(title: string, act: () => Promise<void>): Promise<void> {
      try {
        await act();
      } catch (error) {
        await showFaults(title, error, words);
      }
    }

    async function chooseTemplate(): Promise<string | null> {
      if (!documents) {
        return null;
      }
      const { value, button } = await FileDialog.getOpenFiles({
        manager: documents,
        title: words.__('Which runbook?'),
        label: words.__('A notebook in git. The run becomes a fresh copy of it.'),
        filter: item => (item.type === 'notebook' ? {} : null),
        ...(translator ? { translator } : {})
      });
      const [chosen] = value ?? [];
      return button.accept && chosen?.type === 'notebook' ? chosen.path : null;
    }

    /** The path given, the notebook selected in the file browser, or the current notebook when it fits. */
    function pathFor(
      args: { readonly [name: string]: unknown },
      fits: (metadata: Metadata) => boolean
    ): string | null {
      if (typeof args['path'] === 'string') {
        return args['path'];
      }
      if (args['selected'] === true) {
        const [item] = [...(browsers?.tracker.currentWidget?.selectedItems() ?? [])];
        return item?.type === 'notebook' ? item.path : null;
      }
      const panel = tracker.currentWidget;
      const metadata = { [METADATA_KEY]: panel?.context.model?.getMetadata(METADATA_KEY) };
      return panel && fits(metadata) ? panel.context.path : null;
    }
  }
};

/** As `app.name` says it. */
function isLab(name: string): boolean {
  return name === 'JupyterLab';
}

type Metadata = { readonly [key: string]: unknown };

function isRun(metadata: Metadata): boolean {
  return runOf({ metadata }) !== null;
}

function isTemplate(metadata: Metadata): boolean {
  return !isRun(metadata);
}
