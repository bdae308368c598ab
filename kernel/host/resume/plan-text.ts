// Plans as text, for line commands and the command line.
import { formatDuration, formatUtc } from '../../../contract/format.js';
import type { PlannedStep, ResumePlan } from '../../../contract/resume-plan.js';
import type { RewindPlan } from '../../../contract/rewind-plan.js';
import type { PlannedUndo, RollbackPlan } from '../../../contract/rollback-plan.js';

/** One line a step, with what is asked below it. */
export function resumePlanText({ steps, replay, next }: ResumePlan): string {
  const count = (action: PlannedStep['action']): number =>
    steps.filter(step => step.action === action).length;
  const first = steps.find(({ step }) => step === next);
  return [
    `Resume: ${replay.length} to replay, ${count('ask')} to ask about, ${count('keep')} to keep, ${count('run')} to run.`,
    ...steps.flatMap(linesOf),
    first ? `Next: ${first.title}` : 'Nothing is left to run.'
  ].join('\n');
}

/** What becomes stale, what is undone, what falls. */
export function rewindPlanText({ checkpoint, steps, rollbacks, approvals, expectedMs }: RewindPlan): string {
  return [
    `Back to “${checkpoint.name}”, reached ${formatUtc(checkpoint.at)}:`,
    ...section(
      'Undo steps, in this order',
      rollbacks.map(({ name }, index) => `${index + 1}. ${name}`)
    ),
    ...section(
      'Steps that become stale',
      steps.map(({ title }) => title)
    ),
    ...section(
      'Approvals that fall',
      approvals.map(({ name }) => name)
    ),
    `Expected time to be here again: ${formatDuration(expectedMs)}, and the undo steps.`
  ].join('\n');
}

/** What is undone and what cannot be, what becomes stale, what falls. */
export function rollbackPlanText(plan: RollbackPlan): string {
  const { step, title, rollbacks, broughtBack, without, asks, steps, approvals, expectedMs, undoMs } = plan;
  return [
    step === null ? 'Roll everything back:' : `Roll back to before “${title}”:`,
    ...asks.map(
      ({ id, label, startedAt }) =>
        `  “${label}” started ${formatUtc(startedAt)} and has no end: %judge ${id} passed|failed|again REASON`
    ),
    ...optional(
      'Evaluated again first, from the record, to have their undo steps back',
      broughtBack.map(each => each.title)
    ),
    ...section(
      'Undo steps, in this order',
      rollbacks.map((rollback, index) => `${index + 1}. ${rollback.name}${noteOf(rollback)}`)
    ),
    ...section(
      'Cannot be undone, because no undo step is registered',
      without.map(each => `${each.title}: ${each.effects.join('; ')}`)
    ),
    ...section(
      'Steps that become stale',
      steps.map(each => each.title)
    ),
    ...section(
      'Approvals that fall',
      approvals.map(({ name }) => name)
    ),
    `Expected time: ${undoMs === null ? 'not known' : formatDuration(undoMs)} to undo, ${formatDuration(expectedMs)} to be here again.`
  ].join('\n');
}

function noteOf({ status }: PlannedUndo): string {
  return status === 'registered' ? '' : ` (tried before: ${status})`;
}

function optional(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : section(title, lines);
}

function linesOf({ action, title, step, asks }: PlannedStep): string[] {
  const lines = asks.map(ask =>
    ask.kind === 'inconclusive'
      ? `          “${ask.effect.label}” started ${formatUtc(ask.effect.startedAt)} and has no end: %judge ${ask.effect.id} passed|failed|again REASON`
      : ask.isGone
        ? `          its cell is gone: %discard "${step}" REASON`
        : `          its text has changed since it passed: put it back, or %discard "${step}" REASON`
  );
  return [`  ${action.padEnd(6)}  ${title}`, ...lines];
}

function section(title: string, lines: readonly string[]): string[] {
  return [`  ${title}:`, ...(lines.length === 0 ? ['    none'] : lines.map(line => `    ${line}`))];
}
