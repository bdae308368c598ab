// Plugin `launchbook:phases`: the sidebar with the phases of the current notebook, and the ways to jump in it.
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, ISessionContextDialogs } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { summarizePhases } from '../../contract/state/phase-status.js';
import { ENABLE_NOTIFICATIONS } from '../notify/commands.js';
import { makeButton } from '../page/element.js';
import { phasesIcon } from '../page/phases-icon.js';
import { revealCell } from '../page/cell/reveal-cell.js';
import { IActProgress, IRunGuard, IRunRegistry } from '../tokens.js';
import { RUN_STEP } from '../resume/commands.js';
import { GO_TO_RUNNING, RELEASE_PHASE, RUN_PHASE } from './look/phase-actions.js';
import { openPanelWithRun } from './open-panel-with-run.js';
import { PhasesPanel } from './phases-panel.js';
import { addReleasePhase } from './release-phase.js';
import { addPhaseCommands } from './run-phase/phase-commands.js';

const SHOW = 'launchbook:show-phases';
const GO_TO_WAITING = 'launchbook:go-to-waiting';
const GO_TO_CELL = 'launchbook:go-to-cell';
const PANEL_ID = 'launchbook-phases';

export const phasesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:phases',
  description: 'Shows the phases and steps of the release, how far each one is, and whom the run waits for.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [
    IRunRegistry,
    ITranslator,
    ICommandPalette,
    ILayoutRestorer,
    ISettingRegistry,
    IStateDB,
    ISessionContextDialogs,
    IRunGuard,
    IActProgress
  ],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    registry: IRunRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    settings: ISettingRegistry | null,
    memory: IStateDB | null,
    dialogs: ISessionContextDialogs | null,
    guard: IRunGuard | null,
    progress: IActProgress | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    const bell = makeButton({ class: 'lb-Button lb-mod-bell', text: words.__('Notify me') }, () => {
      void app.commands.execute(ENABLE_NOTIFICATIONS);
    });
    const drawBell = (): void => {
      bell.hidden =
        !app.commands.hasCommand(ENABLE_NOTIFICATIONS) || !app.commands.isVisible(ENABLE_NOTIFICATIONS);
      bell.title = bell.hidden ? '' : app.commands.caption(ENABLE_NOTIFICATIONS);
    };
    app.commands.commandChanged.connect((_commands, change) => {
      if (change.id === ENABLE_NOTIFICATIONS || change.id === undefined) {
        drawBell();
      }
    });
    drawBell();

    const panel = new PhasesPanel({
      tracker,
      registry,
      words,
      bell,
      progress,
      act: (command, id) => void app.commands.execute(command, id === null ? {} : { cell: id }),
      jump: (notebook, cell) => void revealCell(app, notebook, cell)
    });
    panel.id = PANEL_ID;
    panel.title.icon = phasesIcon;
    panel.title.caption = words.__('Release phases');
    panel.node.setAttribute('role', 'region');
    panel.node.setAttribute('aria-label', words.__('Release phases'));
    app.shell.add(panel, 'left', { rank: 550, type: 'Launchbook' });
    restorer?.add(panel, PANEL_ID);
    void openPanelWithRun({ app, tracker, panel, settings, memory });

    app.commands.addCommand(SHOW, {
      label: words.__('Show Release Phases'),
      caption: words.__('Show the phases of the current runbook and how far each one is'),
      icon: phasesIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => {
        app.shell.activateById(PANEL_ID);
        panel.focusTree();
      }
    });
    app.commands.addCommand(GO_TO_WAITING, {
      label: words.__('Go to What Waits'),
      caption: words.__('Go to the hold point that waits for a decision'),
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => waitingStep() !== null,
      execute: async () => {
        const step = waitingStep();
        if (tracker.currentWidget && step) {
          await revealCell(app, tracker.currentWidget, step);
        }
      }
    });
    app.commands.addCommand(GO_TO_CELL, {
      label: words.__('Go to Cell'),
      caption: words.__('Go to the cell with the given id in the current notebook'),
      describedBy: {
        args: {
          type: 'object',
          properties: { cell: { type: 'string', description: words.__('Id of the cell') } },
          required: ['cell']
        }
      },
      execute: async args => {
        if (tracker.currentWidget && typeof args['cell'] === 'string') {
          await revealCell(app, tracker.currentWidget, args['cell']);
        }
      }
    });
    if (registry) {
      addPhaseCommands({
        app,
        tracker,
        registry,
        words,
        translator: translator ?? nullTranslator,
        dialogs,
        guard
      });
      addReleasePhase({ app, tracker, registry, words });
    }
    const offered = registry
      ? [SHOW, GO_TO_WAITING, RUN_PHASE, RUN_STEP, GO_TO_RUNNING, RELEASE_PHASE]
      : [SHOW];
    for (const command of offered) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }

    function waitingStep(): string | null {
      const run = tracker.currentWidget && registry?.runOf(tracker.currentWidget);
      const phases = run ? summarizePhases(run.state, run.outline) : [];
      return phases.flatMap(({ waiting }) => waiting)[0]?.step ?? null;
    }
  }
};
