// Plugin `launchbook:lifecycle`: new run, reset, archive, report, learn and status from the launcher, the palette, the file browser and the toolbar.
// The kernel does them with the functions of the command, so that both refuse and do the same.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { METADATA_KEY, runIn } from '../../contract/notebook/notebook.js';
import { loadPart } from '../page/load-part.js';
import { phasesIcon } from '../page/phases-icon.js';
import { IActProgress, IRunRegistry } from '../tokens.js';
import { ARCHIVE_RUN, LEARN_RUN, NEW_RUN, REPORT_RUN } from './commands.js';
import type * as RunActions from './run-actions.js';
import { ActProgress } from './run-end/act-progress.js';

const RESET = 'launchbook:reset-run';
const STATUS = 'launchbook:show-run-status';

export const lifecyclePlugin: JupyterFrontEndPlugin<IActProgress> = {
  id: 'launchbook:lifecycle',
  description: 'Makes, resets, archives and reports runs, and shows how far they are.',
  autoStart: true,
  requires: [INotebookTracker, IRenderMimeRegistry],
  optional: [ITranslator, ICommandPalette, ILauncher, IDocumentManager, IFileBrowserFactory, IRunRegistry],
  provides: IActProgress,
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    documents: IDocumentManager | null,
    browsers: IFileBrowserFactory | null,
    registry: IRunRegistry | null
  ): IActProgress => {
    const words = (translator ?? nullTranslator).load('launchbook');
    const progress = new ActProgress();
    const parts = { app, tracker, registry, words, rendermime, progress };
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

    app.commands.addCommand(NEW_RUN, {
      label: args => (args['selected'] ? words.__('New Run of This Runbook…') : words.__('New Run…')),
      caption: words.__('Make a fresh run of this runbook, or of that of this run'),
      icon: phasesIcon,
      describedBy,
      execute: async args => {
        const path = pathFor(args, false) ?? pathFor(args, true) ?? (await chooseTemplate());
        if (path !== null) {
          await (await load()).makeNewRun(path, parts);
        }
      }
    });

    const addForRun = (
      id: string,
      texts: Partial<CommandRegistry.ICommandOptions>,
      act: 'resetRun' | 'archiveRun' | 'reportRun' | 'learnFromRun' | 'showRunStatus'
    ): void => {
      app.commands.addCommand(id, {
        ...texts,
        describedBy,
        isEnabled: args => pathFor(args, true) !== null,
        isVisible: args => pathFor(args, true) !== null,
        execute: async args => {
          const run = pathFor(args, true);
          if (run !== null) {
            await (await load())[act](run, parts);
          }
        }
      });
    };
    addForRun(
      RESET,
      {
        label: words.__('Reset Run…'),
        caption: words.__('Begin the run again from its runbook; what it was before is kept beside it')
      },
      'resetRun'
    );
    addForRun(
      ARCHIVE_RUN,
      {
        label: words.__('Archive Run…'),
        caption: words.__('Commit the run as the record of what happened')
      },
      'archiveRun'
    );
    addForRun(
      REPORT_RUN,
      {
        label: words.__('Report of Run'),
        caption: words.__('Show what happened, who decided what, and what differed from the plan')
      },
      'reportRun'
    );
    addForRun(
      LEARN_RUN,
      {
        label: words.__('Learn from Run'),
        caption: words.__('Offer what was changed in this run to its runbook, as a branch')
      },
      'learnFromRun'
    );
    addForRun(
      STATUS,
      {
        label: words.__('Run Status'),
        caption: words.__('Show how far the run is, whom it waits for and what comes next'),
        icon: phasesIcon
      },
      'showRunStatus'
    );
    const forRuns = [RESET, ARCHIVE_RUN, REPORT_RUN, LEARN_RUN, STATUS];
    for (const command of [NEW_RUN, ...forRuns]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
    launcher?.add({ command: NEW_RUN, category: words.__('Launchbook'), rank: 1 });
    const update = (): void => forRuns.forEach(command => app.commands.notifyCommandChanged(command));
    tracker.currentChanged.connect((_tracker, panel) => {
      update();
      // Whether it is a run is known once it has been read.
      void panel?.context.ready.then(update);
    });
    return progress;

    async function chooseTemplate(): Promise<string | null> {
      if (!documents) {
        return null;
      }
      const { value, button } = await FileDialog.getOpenFiles({
        manager: documents,
        title: words.__('Which runbook?'),
        label: words.__('A notebook in git. The run becomes a fresh copy of it.'),
        filter: item => (item.type === 'notebook' || item.type === 'directory' ? {} : null),
        ...(translator ? { translator } : {})
      });
      const [chosen] = value ?? [];
      return button.accept && chosen?.type === 'notebook' ? chosen.path : null;
    }

    /** The path given, the notebook selected in the file browser, or the current notebook when it is a run (or when it is none). */
    function pathFor(args: { readonly [name: string]: unknown }, isForRun: boolean): string | null {
      if (typeof args['path'] === 'string') {
        return args['path'];
      }
      if (args['selected'] === true) {
        const [item] = [...(browsers?.tracker.currentWidget?.selectedItems() ?? [])];
        return item?.type === 'notebook' ? item.path : null;
      }
      const panel = tracker.currentWidget;
      const isRun = runIn(panel?.context.model?.getMetadata(METADATA_KEY)) !== null;
      return panel && isRun === isForRun ? panel.context.path : null;
    }
  }
};
