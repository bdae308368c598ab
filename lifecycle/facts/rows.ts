// Rows of tables that archive and report share, as plain texts; whoever writes them escapes.
import { TASK_WORDS } from '../../contract/holds/task-words.js';
import { statusWords } from '../../contract/state/status-words.js';
import { formatDuration, formatUtc } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import type { ArchiveFacts } from './archive-facts.js';

/** `☑ passed`. */
export function statusText(status: string): string {
  return `${statusWords(status).mark} ${statusWords(status).word}`;
}

/** A duration; nothing for what took no time, and for what nobody has planned. */
export function timeText(ms: number | null): string {
  return ms === null || ms === 0 ? '' : formatDuration(ms);
}

/** Heads of {@link stepRows}. */
export const STEP_HEADS = ['Phase', 'Step', 'Status', 'Planned', 'Actual', 'Attempts'];

/** Every step in the order of the notebook. */
export function stepRows({ phases }: Pick<ArchiveFacts, 'phases'>): string[][] {
  return phases.flatMap(phase =>
    phase.steps.map(({ title, status, plannedMs, elapsedMs, attempts }) => [
      phase.title,
      title,
      statusText(status),
      timeText(plannedMs),
      timeText(elapsedMs),
      String(attempts.length)
    ])
  );
}

/** Heads of {@link driverRows}. */
export const DRIVER_HEADS = ['Driver', 'From', 'To', 'How', 'Reason'];

/** Who drove when, in the order of time. */
export function driverRows({ drivers }: Pick<ArchiveFacts, 'drivers'>): string[][] {
  return drivers.map(({ person, from, to, how, reason, agreedBy }) => [
    describePerson(person),
    formatUtc(from),
    to === null ? 'the end of the record' : formatUtc(to),
    how === 'first'
      ? 'ran the first step'
      : how === 'replaced'
        ? 'took over'
        : `handed over by ${agreedBy ? describePerson(agreedBy) : 'the driver'}`,
    reason
  ]);
}

/** Heads of {@link taskRows}. */
export const TASK_HEADS = ['Task', 'Owner', 'Deputy', 'Due', 'State', 'Late', 'Last report'];

/** Every task of people, in the order in which they were given out. */
export function taskRows({ tasks }: Pick<ArchiveFacts, 'tasks'>): string[][] {
  return tasks.map(
    ({ list, title, owner, deputy, handedOverAt, dueAt, status, lateMs, heard, checkFault }) => [
      `${list}: ${title}`,
      owner.name,
      deputy === null
        ? ''
        : `${deputy.name}${handedOverAt === null ? '' : `, since ${formatUtc(handedOverAt)}`}`,
      dueAt === null ? '' : formatUtc(dueAt),
      `${statusWords(status === 'done' ? 'passed' : status).mark} ${TASK_WORDS[status]}${checkFault === '' ? '' : `, its check: ${checkFault}`}`,
      timeText(lateMs),
      heard === null
        ? ''
        : `${describePerson(heard.by)}, ${formatUtc(heard.at)}${heard.comment === '' ? '' : `: ${heard.comment}`}`
    ]
  );
}
