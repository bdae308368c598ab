// Plans as text, for line commands and the command line.
import { formatCount, formatDuration, formatUtc } from '../../contract/base/format.js';
import { formatValues } from '../../contract/base/kept-text.js';
import type { ContinuePlan } from '../../contract/plans/continue-plan.js';
import type { PlannedStep, ResumePlan } from '../../contract/plans/resume-plan.js';
import type { PlannedUndo, RollbackPlan } from '../../contract/plans/rollback-plan.js';

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

/** What is not done again, what is, and what running the step from its start would do twice. */
export function continuePlanText(plan: ContinuePlan, title: string): string {
  const { kept, failed, repeated, fromStart, isEdited } = plan;
  return [
    `Continue “${title}” after attempt ${plan.attempt}:`,
    ...(isEdited
      ? ['  Its text was edited: what has passed counts up to the first difference; a reason is needed.']
      : []),
    ...section('Passed, not done again', kept),
    ...section('Failed, done again', failed),
    ...optional('Passed after the failure, done a second time', repeated),
    `From its start it would do ${formatCount(fromStart.length, 'effect')} a second time.`
  ].join('\n');
}

/** What is undone and what cannot be, what becomes stale, which approvals no longer count. */
export function rollbackPlanText(plan: RollbackPlan): string {
  const { rollbacks, broughtBack, without, asks, steps, approvals, expectedMs, undoMs } = plan;
  return [
    headOf(plan),
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
      rollbacks.map(
        (rollback, index) => `${index + 1}. ${rollback.name}${noteOf(rollback)}${valuesOf(rollback)}`
      )
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
      'Approvals that no longer count',
      approvals.map(({ name }) => name)
    ),
    `Expected time: ${undoMs === null ? 'not known' : formatDuration(undoMs)} to undo, ${formatDuration(expectedMs)} to be here again.`
  ].join('\n');
}

function headOf({ checkpoint, step, title, reachedAt }: RollbackPlan): string {
  if (checkpoint !== null) {
    return `Roll back to “${checkpoint}”, reached ${formatUtc(reachedAt ?? '')}:`;
  }
  return step === null ? 'Roll everything back:' : `Roll back to before “${title}”:`;
}

function noteOf({ status }: PlannedUndo): string {
  return status === 'registered' ? '' : ` (tried before: ${status})`;
}

function valuesOf({ values }: PlannedUndo): string {
  const text = formatValues(values);
  return text === '' ? '' : `, with ${text}`;
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
