// What comes next, for the person who reads it: theirs to decide, to tick or to do; else the step that is next, and who runs it.
import { tasksOf, waitsForViewer, type HoldState, type Viewer } from '../../../contract/holds/pending.js';
import { describePerson } from '../../../contract/base/person.js';
import { isUnneeded, type PhaseSummary } from '../../../contract/state/phase-status.js';
import type { RunState } from '../../../contract/state/state.js';
import { waitingText } from '../../approval/awaited-text.js';
import { DONE, wordOf } from '../../page/status-look.js';
import type { Words } from '../../page/words.js';

/** Who reads it, and what else it depends on. */
export interface NextInput {
  readonly state: RunState;
  readonly viewer: Viewer;
  /** Only the driver runs steps, and that is somebody else. */
  readonly isWatching: boolean;
  /** A step runs, or waits for somebody who is asked. */
  readonly isMoving: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One sentence, or '' when nothing is left, or something runs. `phases` as people are told them. */
export function nextText(
  phases: readonly PhaseSummary[],
  { state, viewer, isWatching, isMoving, now }: NextInput,
  words: Words
): string {
  const yours = [...yourHolds(phases, viewer, words), ...yourTasks(state, viewer, words)];
  if (yours.length > 0) {
    return yours.join(' ');
  }
  const steps = phases.flatMap(phase => phase.steps.map(step => ({ ...step, phase: phase.title })));
  const next = steps.find(step => !DONE.has(step.status) && !isUnneeded(step));
  if (!next || isMoving) {
    return '';
  }
  const name = words.__('%1 › %2', next.phase, next.title);
  const asked = phases.flatMap(({ waiting }) => waiting).filter(({ step }) => step === next.id);
  const word =
    asked.length > 0
      ? waitingText(asked, viewer, new Date(now).toISOString(), words)
      : wordOf(next.status, words);
  const what = next.status === 'not-started' ? name : words.__('%1 (%2)', name, word);
  return isWatching && state.driver
    ? words.__('Next, by %1: %2', describePerson(state.driver.person), what)
    : words.__('Next: %1', what);
}

function yourHolds(phases: readonly PhaseSummary[], viewer: Viewer, words: Words): string[] {
  const holds = phases
    .flatMap(({ waiting }) => waiting)
    .filter(hold => viewer.you !== null && waitsForViewer(hold, viewer));
  const namesOf = (isOne: (hold: HoldState) => boolean): string =>
    holds
      .filter(isOne)
      .map(({ name }) => `“${name}”`)
      .join(', ');
  const decide = namesOf(hold => !('items' in hold) && !('tasks' in hold));
  const tick = namesOf(hold => 'items' in hold);
  return [
    ...(decide === '' ? [] : [words.__('Yours to decide: %1.', decide)]),
    ...(tick === '' ? [] : [words.__('Yours to tick: %1.', tick)])
  ];
}

/** Tasks that a cell gathers, and those that were given before. */
function yourTasks({ taskLists }: RunState, { you }: Viewer, words: Words): string[] {
  const tasks = Object.values(taskLists)
    .filter(list => you !== null && list.status !== 'gathered')
    .flatMap(list => tasksOf(list, you!))
    .map(({ title }) => title);
  return tasks.length === 0 ? [] : [words.__('Yours to do: %1.', tasks.join(', '))];
}
