// Plugin `launchbook:lifecycle`: new run, reset, archive and status from the launcher, the palette, the file browser and the toolbar.
// The kernel does them with the functions of the command, so that both refuse and do the same.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { METADATA_KEY, runOf } from '../../contract/notebook.js';
import { loadPart } from '../load-part.js';
import { phasesIcon } from '../phases/phases-icon.js';
import type * as RunActions from './run-actions.js';

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
    const parts = { app, tracker, words };
    const load = (): Promise<typeof RunActions> => loadPart(() => import('./run-actions.js'), words);
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
        await (await load()).makeNewRun(template, parts);
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
        if (run !== null) {
          await (await load()).resetRun(run, parts);
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
        if (run !== null) {
          await (await load()).archiveRun(run, parts);
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
          await (await load()).showRunStatus(run, parts);
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

type Metadata = { readonly [key: string]: unknown };

function isRun(metadata: Metadata): boolean {
  return runOf({ metadata }) !== null;
}

function isTemplate(metadata: Metadata): boolean {
  return !isRun(metadata);
}
