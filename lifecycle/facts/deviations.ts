// What did not go as planned, in sentences: a reader of the archive sees at the top what is worth reading further down.
import { formatCount, formatDuration, formatUtc } from '../../contract/base/format.js';
import type { StepChange } from '../../contract/notebook/outline-changes.js';
import type { AllowedGuesses, RunInfo } from '../../contract/base/run.js';
import { describeAct, type ActFacts } from './acts/act-facts.js';
import type { StepTitles } from './acts/step-titles.js';
import type { AttemptFacts } from './attempts.js';
import type { TaskFacts } from './holds.js';

/** What is looked at. */
export interface DeviationFacts {
  readonly run: Pick<RunInfo, 'uncommitted' | 'guesses'> | null;
  readonly acts: readonly ActFacts[];
  readonly events: readonly ActFacts[];
  readonly attempts: readonly AttemptFacts[];
  /** Ids of steps that were edited after they ran. */
  readonly edited: readonly string[];
  /** Ids of steps that ran and have no cell any more. */
  readonly gone: readonly string[];
  /** What has become of steps since the run began. */
  readonly changes: readonly StepChange[];
  readonly tasks: readonly TaskFacts[];
  readonly names: StepTitles;
  /** Ids of the steps in the order of the notebook. */
  readonly order: readonly string[];
}

/**
 * One sentence each: what was not committed; steps tried again, in the order of the notebook; steps edited after they ran, and
 * those deleted, added, moved or tagged since the run began; what people and
 * processes did beside the plan, in the order of time; tasks that are late.
 */
export function deviationsOf(facts: DeviationFacts): string[] {
  const { run, acts, events, edited, gone, changes, tasks, names } = facts;
  return [
    ...(run?.uncommitted ?? []).map(path => `The run was made although ${path} was not committed as it was.`),
    ...(run?.guesses ? [guessesText(run.guesses)] : []),
    ...attemptsInOrder(facts).flatMap(attempts => retryText(attempts, names)),
    ...edited.map(id => `${names.subject(id)} was edited after it ran; what ran is in the journal.`),
    ...gone
      .filter(id => !changes.some(change => change.id === id && change.how === 'deleted'))
      .map(
        id =>
          `The cell of the step ${names.of(id)} has been removed since it ran; what ran is in the journal.`
      ),
    ...changes.map(
      ({ title, phase, how }) => `The step “${title}” (${phase}) was ${how} after the run had begun.`
    ),
    ...[...acts, ...events]
      .filter(({ isDeviation }) => isDeviation)
      .sort((a, b) => a.seq - b.seq)
      .map(deviationText),
    ...tasks.flatMap(lateText)
  ];
}

function guessesText({ count, reason }: AllowedGuesses): string {
  return `The run was made although ${formatCount(count, 'guess')} of an import had not been accepted: ${reason}`;
}

/** The attempts of each step: those of the notebook in its order, then the others. */
function attemptsInOrder({ attempts, order }: DeviationFacts): (readonly AttemptFacts[])[] {
  const byStep = Map.groupBy(attempts, ({ step }) => step);
  return [...new Set([...order, ...byStep.keys()])].flatMap(step => {
    const found = byStep.get(step);
    return found ? [found] : [];
  });
}

function retryText(attempts: readonly AttemptFacts[], names: StepTitles): string[] {
  const name = names.subject(attempts[0]!.step);
  const bad = attempts.filter(({ end }) => end !== 'passed' && end !== null);
  if (bad.length === 0) {
    return attempts.length > 1 ? [`${name} was run ${formatCount(attempts.length, 'time')}.`] : [];
  }
  const words = [...new Set(bad.map(({ end }) => (end === 'failed' ? end : `was ${end}`)))].join(' or ');
  const last = attempts.at(-1)!;
  const end = last.end === 'passed' ? `; attempt ${last.attempt} passed` : '';
  return [`${name} ${words} in ${bad.length} of ${formatCount(attempts.length, 'attempt')}${end}.`];
}

/** With its time, and a full stop; a person's name at its beginning stays as it is written. */
function deviationText(act: ActFacts): string {
  const { at, what, ...told } = act;
  const text = describeAct({ ...told, at, what: `${what}, ${formatUtc(at)}` });
  const begun = act.by === null || act.isOfKernel ? `${text[0]!.toUpperCase()}${text.slice(1)}` : text;
  return `${begun}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** Of one that was done too late its report tells. */
function lateText({ title, list, status, lateMs, owner, dueAt }: TaskFacts): string[] {
  const isOpen = status === 'open' || status === 'accepted';
  return isOpen && lateMs > 0
    ? [
        `“${title}” of “${list}”, which ${owner.name} had to do, was due at ${formatUtc(dueAt!)} and ${formatDuration(lateMs)} late at the end of the record.`
      ]
    : [];
}
