// The commands behind "Run phase", "Run step" and "Go to what runs". They run cells as JupyterLab's own commands do, so that
// every other extension sees it, and the kernel's gate decides in the end what may run.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, showDialog, type ISessionContextDialogs } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import { NotebookActions, type INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';
import { revealCell } from '../../page/cell/reveal-cell.js';
import type { Words } from '../../page/words.js';
import type { IRunGuard, IRunModel, IRunRegistry, Leave } from '../../tokens.js';
import { RUN_STEP } from '../../resume/commands.js';
import { GO_TO_RUNNING, RUN_PHASE } from '../look/phase-actions.js';
import { planPhase, type RunPlan } from './run-plan.js';
import { runSteps } from './run-steps.js';
import { stoppedStep } from './stopped-step.js';

export interface PhaseCommandParts {
  readonly app: JupyterFrontEnd;
  readonly tracker: INotebookTracker;
  readonly registry: IRunRegistry;
  readonly words: Words;
  readonly translator: ITranslator;
  readonly dialogs: ISessionContextDialogs | null;
  /** Null when the guard plugin is switched off. */
  readonly guard: IRunGuard | null;
}

/** Adds the commands; a command without `cell` means the next phase, the active cell, or what runs. */
export function addPhaseCommands(parts: PhaseCommandParts): void {
  const { app, tracker, registry, words } = parts;
  /** Notebooks that are being run: a second click does not begin the same phase again. */
  const busy = new WeakSet<NotebookPanel>();
  const current = (): { panel: NotebookPanel; run: IRunModel } | null => {
    const panel = tracker.currentWidget;
    return panel ? { panel, run: registry.runOf(panel) } : null;
  };
  const describedBy = {
    args: { type: 'object', properties: { cell: { type: 'string', description: words.__('Id of a cell') } } }
  };

  app.commands.addCommand(RUN_PHASE, {
    label: words.__('Run Next Phase'),
    caption: words.__('Run the steps of a phase in order; stops at a failure and at a hold point'),
    describedBy,
    isEnabled: () => tracker.currentWidget !== null,
    execute: async args => {
      const open = current();
      const plan = open && planOf(open.run, args['cell']);
      if (!open || !plan || busy.has(open.panel)) {
        return;
      }
      busy.add(open.panel);
      try {
        const cells = cellsOf(
          open.panel,
          plan.steps.map(step => step.id)
        );
        const leave = await mayRun(parts, open.panel, cells);
        // One question is enough.
        if (leave === 'asked' || (leave === 'yes' && (await isConfirmed(plan, words)))) {
          await runPlan(parts, open.panel, plan);
        }
      } finally {
        busy.delete(open.panel);
      }
    }
  });
  app.commands.addCommand(RUN_STEP, {
    label: words.__('Run Step'),
    caption: words.__('Run one step; the kernel refuses it while it is locked'),
    describedBy,
    isEnabled: () => tracker.currentWidget !== null,
    execute: async args => {
      const open = current();
      const cell = args['cell'] ?? open?.panel.content.activeCell?.model.id;
      if (open && typeof cell === 'string') {
        await revealCell(app, open.panel, cell);
        if ((await mayRun(parts, open.panel, cellsOf(open.panel, [cell]))) !== 'no') {
          await runCells(parts, open.panel, [cell]);
        }
      }
    }
  });
  app.commands.addCommand(GO_TO_RUNNING, {
    label: words.__('Go to What Runs'),
    caption: words.__('Go to the cell that runs now'),
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => runningStep(current()?.run) !== undefined,
    execute: async () => {
      const open = current();
      const step = runningStep(open?.run);
      if (open && step !== undefined) {
        await revealCell(app, open.panel, step);
      }
    }
  });
}

function planOf(run: IRunModel, phase: unknown): RunPlan | null {
  return planPhase({
    outline: run.outline,
    state: run.state,
    isRun: run.run !== null,
    isOurs: run.source === 'kernel',
    phase: typeof phase === 'string' ? phase : undefined
  });
}

/** Closing the dialog in any other way than by its button means no. */
async function isConfirmed({ ask, title, about }: RunPlan, words: Words): Promise<boolean> {
  if (ask === 'nothing') {
    return true;
  }
  const list = about.map(step => `• ${step}`).join('\n');
  const { button } = await showDialog({
    title:
      ask === 'again'
        ? words.__('Run “%1” again?', title)
        : words.__('Run again what may have happened already?', title),
    body:
      ask === 'again'
        ? words.__('Every step of this phase has passed. What it did would be done again:\n%1', list)
        : words.__('These steps began, and nobody can tell whether they finished:\n%1', list),
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: words.__('Run') })],
    defaultButton: 0
  });
  return button.accept;
}

/** Shows the step at which the phase stopped. */
async function runPlan(parts: PhaseCommandParts, panel: NotebookPanel, plan: RunPlan): Promise<void> {
  let last: readonly string[] = [];
  const hasPassed = await runSteps(plan.steps, {
    run: steps => {
      last = steps;
      return runCells(parts, panel, steps);
    },
    mayGoOn: () => !panel.isDisposed && !panel.sessionContext.isTerminating,
    now: () => performance.now()
  });
  const stopped = hasPassed ? undefined : await stoppedStep(parts.registry.runOf(panel), last);
  if (stopped !== undefined && !panel.isDisposed) {
    await revealCell(parts.app, panel, stopped);
  }
}

/** A step whose cell is gone counts as not passed: what follows may rely on it. */
async function runCells(
  { dialogs, translator }: PhaseCommandParts,
  panel: NotebookPanel,
  steps: readonly string[]
): Promise<boolean> {
  const cells = cellsOf(panel, steps);
  return (
    cells.length === steps.length &&
    (await NotebookActions.runCells(
      panel.content,
      cells,
      panel.sessionContext,
      dialogs ?? undefined,
      translator
    ))
  );
}

function cellsOf(panel: NotebookPanel, steps: readonly string[]): Cell[] {
  const wanted = new Set(steps);
  return panel.content.widgets.filter(cell => wanted.has(cell.model.id));
}

async function mayRun(
  { guard }: PhaseCommandParts,
  panel: NotebookPanel,
  cells: readonly Cell[]
): Promise<Leave> {
  return guard === null ? 'yes' : guard.mayRun(panel, cells, false);
}

function runningStep(run: IRunModel | undefined): string | undefined {
  return Object.values(run?.state.steps ?? {}).find(
    step => step.status === 'running' || step.status === 'waiting'
  )?.id;
}
