// The commands of resuming: each shows what it would do, asks what has to be said, and has the kernel do it. The kernel refuses
// what is not allowed, whoever asks; its reason is shown.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { askArmed } from '../page/armed-dialog.js';
import { askReason } from '../page/ask-reason.js';
import type { RollbackTarget } from '../../contract/base/rollback-target.js';
import { rollbackOfStep } from '../../contract/notebook/outline.js';
import { continuableAttempt } from '../../contract/plans/resume-plan.js';
import { emptyRunState, type RunState } from '../../contract/state/state.js';
import { revealCell } from '../page/cell/reveal-cell.js';
import type { IRunModel, IRunRegistry } from '../tokens.js';
import { loadPart } from '../page/load-part.js';
import type { Words } from '../page/words.js';
import { ask, showRefusal } from './ask-kernel.js';
import { CONTINUE, DISCARD, RESUME, ROLL_BACK, RUN_STEP, SKIP } from './commands.js';
import { continueText } from './continue-text.js';
import type { PlanView } from './plan/plan-view.js';
import { needsResume, openEffects } from './resume-look.js';
import { hasRun, likelyTarget } from './going-back/rollback-targets.js';
import { looksOn } from '../run/drives.js';

export interface ResumeCommandsParts {
  readonly app: JupyterFrontEnd;
  readonly tracker: INotebookTracker;
  readonly registry: IRunRegistry;
  readonly words: Words;
}

interface Open {
  readonly panel: NotebookPanel;
  readonly run: IRunModel;
}

/** Adds the commands. A command without its argument means the active cell, or asks. */
export function addResumeCommands(parts: ResumeCommandsParts): void {
  const { app, tracker, registry, words } = parts;
  const current = (): Open | null => {
    const panel = tracker.currentWidget;
    const run = panel && registry.runOf(panel);
    return panel && run?.source === 'kernel' ? { panel, run } : null;
  };
  const cellOf = (open: Open, cell: unknown): string | null =>
    typeof cell === 'string' ? cell : (open.panel.content.activeCell?.model.id ?? null);
  const describedByCell = {
    args: { type: 'object', properties: { cell: { type: 'string', description: words.__('Id of a cell') } } }
  };

  app.commands.addCommand(RESUME, {
    label: words.__('Resume Run…'),
    caption: words.__('Bring back the variables of finished steps; nothing is done twice'),
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => needsResume(current()?.run.state ?? emptyRunState()),
    execute: () => withOpen(current(), open => resume(open, parts))
  });
  app.commands.addCommand(DISCARD, {
    label: words.__('Run Steps Again…'),
    caption: words.__('Give lost variables up and run finished steps again, from the active cell on'),
    describedBy: describedByCell,
    isEnabled: () => canDiscard(current()?.run.state ?? emptyRunState()),
    execute: args => withOpen(current(), open => discard(open, cellOf(open, args['cell']), words))
  });
  app.commands.addCommand(CONTINUE, {
    label: words.__('Continue Step…'),
    caption: words.__('Go on where the step failed; what has passed in it is not done again'),
    describedBy: describedByCell,
    isEnabled: () => current() !== null,
    execute: args => withOpen(current(), open => continueStep(open, cellOf(open, args['cell']), parts))
  });
  app.commands.addCommand(SKIP, {
    label: words.__('Skip Step…'),
    caption: words.__('Leave the step out, with a reason that is recorded'),
    describedBy: describedByCell,
    isEnabled: () => current() !== null,
    execute: args => withOpen(current(), open => skip(open, cellOf(open, args['cell']), words))
  });
  app.commands.addCommand(ROLL_BACK, {
    label: words.__('Roll Back…'),
    caption: words.__(
      'Undo a step and those after it, or what was done since a checkpoint; the plan is shown first'
    ),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          cell: {
            type: 'string',
            description: words.__('Id of the cell of a step or a phase; empty for the whole run')
          },
          checkpoint: { type: 'string', description: words.__('Name of a checkpoint') }
        }
      }
    },
    isEnabled: () => current()?.run.state.undoing?.error !== null,
    execute: args =>
      withOpen(current(), async open => {
        const { run } = open;
        const isLooker = looksOn(run.state, run.session);
        // What undoes may need the variables of what passed, and of what was cut off in an undo step a person has to speak.
        if (!isLooker && needsWords(run.state)) {
          await resume(open, parts);
        }
        if (isLooker || !needsWords(run.state)) {
          const { rollBack } = await loadPart(() => import('./roll-back.js'), words);
          await rollBack(run, targetOf(open, args['cell'], args['checkpoint']), words);
        }
      })
  });
}

/** Lost variables, and attempts that died and would be gone on with. */
function isDiscardable({ recovery, steps }: RunState, step: string): boolean {
  return recovery?.lost.includes(step) === true || continuableAttempt(steps[step]) !== null;
}

function canDiscard(state: RunState): boolean {
  return state.recovery !== null || Object.keys(state.steps).some(step => isDiscardable(state, step));
}

function needsWords(state: RunState): boolean {
  return state.recovery !== null || openEffects(state).some(({ step }) => rollbackOfStep(step) !== null);
}

async function withOpen(open: Open | null, act: (open: Open) => Promise<void>): Promise<void> {
  if (open) {
    await act(open);
  }
}

async function resume(open: Open, { app, words }: ResumeCommandsParts): Promise<void> {
  const { run, panel } = open;
  const plan = (await ask(run, { type: 'plan-resume', texts: run.texts() }, words))?.resume;
  if (!plan) {
    return;
  }
  const part = await loadPart(() => import('./plan/plan-view.js'), words);
  let view: PlanView | null = null;
  let again: string | null = null;
  const said = await askArmed({
    title: run.state.recovery ? words.__('Resume the run') : words.__('What became of it?'),
    accept: run.state.recovery ? words.__('Resume') : words.__('Record'),
    body: (changed, close) =>
      (view = new part.PlanView({
        plan,
        lost: run.state.recovery?.lost ?? [],
        texts: run.texts(),
        words,
        changed,
        again: step => {
          again = step;
          close();
        }
      })).node,
    value: () => view?.said ?? null
  });
  if (again !== null) {
    await discard(open, again, words);
  }
  if (!said) {
    return;
  }
  for (const each of said) {
    if (!(await ask(run, { type: 'judge', ...each }, words))) {
      return;
    }
  }
  if (run.state.recovery && !(await bringBack(run, words))) {
    return;
  }
  if (plan.next !== null && !panel.isDisposed) {
    await revealCell(app, panel, plan.next);
  }
}

/** What stops a replay is shown by the bar, where it stays; a refusal before anything began is shown at once. */
async function bringBack(run: IRunModel, words: Words): Promise<boolean> {
  try {
    await run.ask({ type: 'resume', texts: run.texts() });
    return true;
  } catch (error) {
    if (run.state.recovery?.error?.code !== (error as { readonly code?: string }).code) {
      await showRefusal(error, words);
    }
    return false;
  }
}

async function discard({ run }: Open, cell: string | null, words: Words): Promise<void> {
  const from = cell !== null && isDiscardable(run.state, cell) ? cell : null;
  const title = titleOf(run, from);
  const about =
    from === null
      ? words.__(
          'The variables of all finished steps are given up, and the steps may be run again: everything that they did is done again.'
        )
      : words.__(
          '“%1” and what passed after it may be run again: everything that they did is done again. What passed before can still be resumed.',
          title
        );
  const reason = await askReason({
    title: from === null ? words.__('Run all steps again?') : words.__('Run again from “%1” on?', title),
    about,
    accept: words.__('Run again'),
    words
  });
  if (reason !== null) {
    await ask(run, { type: 'discard', from, reason }, words);
  }
}

/** Shows what is done again and what is not, then runs the step on. An edited text needs a reason. */
async function continueStep(
  open: Open,
  cell: string | null,
  { app, words }: ResumeCommandsParts
): Promise<void> {
  if (cell === null) {
    return;
  }
  const { run } = open;
  const texts = run.texts();
  const plan = (await ask(run, { type: 'plan-continue', step: cell, texts }, words))?.continued;
  if (!plan) {
    return;
  }
  const title = words.__('Continue “%1”?', titleOf(run, cell));
  const accept = words.__('Continue');
  const about = continueText(plan, words);
  const reason = plan.isEdited
    ? await askReason({ title, about, accept, words })
    : (await askArmed({ title, accept, body: () => paragraph(about), value: () => true }))
      ? ''
      : null;
  if (reason !== null && (await ask(run, { type: 'continue', step: cell, reason, texts }, words))) {
    await app.commands.execute(RUN_STEP, { cell });
  }
}

function paragraph(text: string): HTMLElement {
  const node = document.createElement('p');
  node.className = 'lb-Dialog-body';
  node.style.whiteSpace = 'pre-line';
  node.textContent = text;
  return node;
}

async function skip({ run }: Open, cell: string | null, words: Words): Promise<void> {
  if (cell === null) {
    return;
  }
  const reason = await askReason({
    title: words.__('Skip “%1”?', titleOf(run, cell)),
    about: words.__(
      'The step is not run, and what follows may go on without it. Who skipped it and why is recorded.'
    ),
    accept: words.__('Skip'),
    words
  });
  if (reason !== null) {
    await ask(run, { type: 'skip', step: cell, reason }, words);
  }
}

/** Without an argument it is what people most likely want; they choose in the dialog. */
function targetOf({ run, panel }: Open, cell: unknown, checkpoint: unknown): RollbackTarget {
  if (typeof checkpoint === 'string') {
    return { checkpoint, step: null };
  }
  return typeof cell === 'string'
    ? { checkpoint: null, step: firstStepOf(run, cell) || null }
    : likelyTarget(run.state, run.outline, panel.content.activeCell?.model.id ?? null);
}

/** The first step of a phase that has run; a step is itself. */
function firstStepOf({ outline, state }: IRunModel, cell: string): string {
  const steps = outline.phases.find(({ id }) => id === cell)?.steps ?? [];
  return (steps.find(({ id }) => hasRun(state, id)) ?? steps[0])?.id ?? cell;
}

function titleOf(run: IRunModel, step: string | null): string {
  const steps = run.outline.phases.flatMap(phase => phase.steps);
  return steps.find(({ id }) => id === step)?.title ?? step ?? '';
}
