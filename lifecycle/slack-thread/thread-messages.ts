// What the thread of a run says, derived from its journal: record by record the same messages under the same keys, so that a kernel that
// was started again, or the command, goes on with the thread that is there.
import type { JournalRecord, RecordKind } from '../../contract/journal/journal.js';
import { formatDuration } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import { holdOf } from '../../contract/holds/pending.js';
import { EMPTY_OUTLINE, isCellStep, type PhaseOutline } from '../../contract/notebook/outline.js';
import { isHeld, type AttemptState, type RunState } from '../../contract/state/state.js';
import { STATUS_WORDS } from '../../contract/state/status-words.js';
import { shortReasonOf } from '../../runbook/errors/short-reason.js';
import type { ActFacts } from '../facts/acts/act-facts.js';
import { ActTeller } from '../facts/acts/acts-of.js';
import { StepTitles } from '../facts/acts/step-titles.js';
import { hasPassed } from '../../contract/state/run-outcome.js';
import { toldPhases } from '../../contract/state/told-status.js';
import { actMessage, isToldInThread } from './act-message.js';
import { firstMessage } from './first-message.js';
import { holdMessage } from './hold-message.js';
import { phaseWords } from './phase-words.js';
import type { ThreadMessage, ThreadWriter } from './thread-writer.js';

/** Key of the message that begins the thread. */
export const FIRST_MESSAGE = 'run';

/** A message below the first, written anew for each state. */
interface Reply {
  readonly key: string;
  readonly write: (state: RunState) => Omit<ThreadMessage, 'key'>;
}

/** Records that change no phase, among them the most frequent ones. */
const QUIET: ReadonlySet<RecordKind> = new Set([
  'output',
  'effect-started',
  'effect-ended',
  'effect-planned',
  'note',
  'rollback-registered',
  'rollback-values'
]);

/** The messages of one run. */
export class ThreadMessages {
  readonly #writer: ThreadWriter;
  readonly #names = new StepTitles([], EMPTY_OUTLINE);
  readonly #teller = new ActTeller(this.#names);
  readonly #replies = new Map<string, Reply>();
  /** Ids of the phases of which nothing is left to do. */
  readonly #done = new Set<string>();
  #hasFinished = false;
  #rolledBack: ActFacts | null = null;

  constructor(writer: ThreadWriter) {
    this.#writer = writer;
  }

  /** Sequence number of the last record that was taken. */
  get seq(): number {
    return this.#teller.state.seq;
  }

  /** When the journal began, ISO 8601 UTC: one that is begun anew has a thread of its own. */
  get openedAt(): string {
    return this.#teller.state.openedAt ?? '';
  }

  /** Takes the next record; true when the thread may say something else now. */
  take(record: JournalRecord): boolean {
    const { driver } = this.#teller.state;
    this.#names.take(record);
    const told = this.#teller.take(record);
    if (record.kind === 'rolled-back' && told) {
      this.#rolledBack = told.act;
    }
    if (told && isToldInThread(record, told.act)) {
      const { act } = told;
      this.#add(`act:${act.seq}`, state => actMessage(act, record, { driver }, state, this.#writer));
    }
    if (QUIET.has(record.kind)) {
      return false;
    }
    this.#noteHold(record);
    this.#noteFailures(record);
    this.#notePhases(record);
    return true;
  }

  /** Every message, in the order in which they came up; none before the first step. */
  all(): readonly ThreadMessage[] {
    const { state } = this.#teller;
    if (Object.keys(state.steps).length === 0) {
      return [];
    }
    const isRolledBack = Object.values(state.steps).some(({ stale }) => stale?.because === 'rolled-back');
    const first = {
      state,
      phases: toldPhases(state, state.outline),
      rolledBack: isRolledBack ? this.#rolledBack : null
    };
    return [
      { key: FIRST_MESSAGE, text: firstMessage(first, this.#writer) },
      ...[...this.#replies.values()].map(({ key, write }) => ({ key, ...write(state) }))
    ];
  }

  #add(key: string, write: Reply['write']): void {
    this.#replies.set(key, this.#replies.get(key) ?? { key, write });
  }

  #noteHold(record: JournalRecord): void {
    const id = askedFor(record);
    if (id !== null && holdOf(this.#teller.state, id)) {
      this.#add(`hold:${id}`, state => holdMessage(holdOf(state, id)!, this.#writer));
    }
  }

  /** Of an attempt that a dead process has left, the next kernel tells. */
  #noteFailures(record: JournalRecord): void {
    const { steps } = this.#teller.state;
    const ids =
      record.kind === 'attempt-ended'
        ? [record.step]
        : record.kind === 'kernel-started' || record.kind === 'executor-replaced'
          ? Object.keys(steps)
          : [];
    for (const id of ids.filter(isCellStep)) {
      const attempt = steps[id]?.attempts.at(-1);
      const isBad = attempt?.outcome === 'failed' || attempt?.outcome === 'inconclusive';
      if (attempt && isBad && !isHeld(attempt)) {
        const { attempt: number } = attempt;
        this.#add(`attempt:${id}:${number}`, state => this.#failure(id, number, state));
      }
    }
  }

  #failure(id: string, number: number, state: RunState): Omit<ThreadMessage, 'key'> {
    const { attempts = [], skipped = null } = state.steps[id] ?? {};
    const attempt = attempts.find(each => each.attempt === number);
    const later = attempts.findLast(each => each.attempt > number && each.outcome !== null);
    const { glyph, sentence } = STATUS_WORDS[attempt?.outcome ?? 'inconclusive'];
    const after = later
      ? `; attempt ${later.attempt} ${STATUS_WORDS[later.outcome!].sentence}`
      : skipped
        ? '; it was left out'
        : '';
    const words = `${this.#names.of(id)} ${sentence}${whyOf(attempt)}${after}`;
    return { text: `${glyph} ${this.#writer.text(words)}${this.#writer.link(id)}` };
  }

  /** Looks at the phase of the record alone, because a run has many steps; at all of them when it is about no step. */
  #notePhases(record: JournalRecord): void {
    const { state } = this.#teller;
    const step = 'step' in record ? record.step : null;
    const touched = state.outline.phases.filter(
      ({ steps }) => step === null || steps.some(({ id }) => id === step)
    );
    const done = touched.filter(phase => isDone(phase, state));
    const news = done.filter(({ id }) => !this.#done.has(id));
    touched.forEach(({ id }) => this.#done.delete(id));
    done.forEach(({ id }) => this.#done.add(id));
    // A step that nothing waits for, run at the end, does not end the run again.
    const isOptional = touched.some(({ steps }) =>
      steps.some(({ id, isOptional }) => id === step && isOptional)
    );
    this.#hasFinished &&= done.length === touched.length || isOptional;
    if (news.length === 0) {
      return;
    }
    const phases = toldPhases(state, state.outline);
    const ids = new Set(news.map(({ id }) => id));
    for (const phase of phases.filter(({ id, status }) => ids.has(id) && status === 'passed')) {
      const text = `${STATUS_WORDS.passed.glyph} ${this.#writer.text(phaseWords(phase))}`;
      this.#add(`phase:${phase.id}:${record.seq}`, () => ({ text }));
    }
    if (!this.#hasFinished && hasPassed(phases) && state.openedAt) {
      this.#hasFinished = true;
      const took = formatDuration(Date.parse(record.at) - Date.parse(state.openedAt));
      this.#add(`finished:${record.seq}`, () => ({
        text: `${STATUS_WORDS.passed.glyph} *Finished* after ${took}: every phase has passed${this.#writer.link(null)}`
      }));
    }
  }
}

/** True when nothing of the phase is left to do, as far as its steps tell. */
function isDone({ steps }: PhaseOutline, state: RunState): boolean {
  return (
    steps.length > 0 &&
    steps.every(({ id, isOptional }) => {
      const status = state.steps[id]?.status;
      return status === 'passed' || status === 'skipped' || (isOptional === true && status === undefined);
    })
  );
}

/** The hold that a record begins, or null. */
function askedFor(record: JournalRecord): string | null {
  switch (record.kind) {
    case 'approval-requested':
      return record.approval;
    case 'checklist-requested':
      return record.checklist;
    case 'tasks-assigned':
      return record.board;
    default:
      return null;
  }
}

/** ` (attempt 2, Ann Lee (claimed)): the last line`. */
function whyOf(attempt: AttemptState | undefined): string {
  if (!attempt) {
    return '';
  }
  const reason = attempt.error ? `: ${shortReasonOf(attempt.error)}` : '';
  return ` (attempt ${attempt.attempt}, ${describePerson(attempt.by)})${reason}`;
}
