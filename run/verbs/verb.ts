// What an entry in the table of verbs says: the work itself, and what becomes of it when its cell is evaluated again.
import type { RunState } from '../../contract/state/state.js';
import type { RecordedTimes } from '../../runbook/ports.js';
import type { Approvals } from '../holds/approvals.js';
import type { Checklists } from '../holds/checklists.js';
import type { StdinFallback } from '../holds/stdin-fallback.js';
import type { TaskLists } from '../holds/task-lists.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { RunningStep, StepRecord, StepRegister } from '../keeper/step-register.js';
import type { Masking } from '../masking/masking.js';
import type { People } from '../people/people.js';

/** A verb of a running step, with parameters `P`, which answers `A`. Both are plain JSON; `void` is null on its way. */
export interface StepVerb<P, A> {
  /** Does it. What it announces is on disk when this resolves. */
  readonly carryOut: (call: VerbCall, params: P) => Promise<A> | A;
  /** In a finished attempt that is evaluated again, of which nothing is done a second time. */
  readonly inReplay: FromRecord<P, A>;
  /** In an attempt that goes on where an earlier one died: only what that one had ended is answered. */
  readonly goingOn: FromRecord<P, A>;
  /** The cell waits for people: refused once it has ended, because nobody would wait for the answer. @default false */
  readonly asksPeople?: true;
  /** It begins something or announces it: refused once the step has ended. @default false */
  readonly changes?: true;
}

/** A verb that belongs to no step: carried out whoever asks, and each time that the cell is evaluated. */
export interface StepFreeVerb<P, A> {
  readonly isStepFree: true;
  readonly carryOut: (parts: VerbParts, params: P) => Promise<A> | A;
}

/** The recorded answer, or null when the verb is to be carried out. Throws code `resume.diverged` when it needs one and has none. */
export type FromRecord<P, A> = (
  call: RecordedCall,
  params: P
) => Answer<A> | null | Promise<Answer<A> | null>;

/** An answer that the record has. */
export interface Answer<A> {
  readonly value: A;
}

/** What the verbs work with. */
export interface VerbParts {
  readonly keeper: RunKeeper;
  readonly people: People;
  readonly register: StepRegister;
  readonly approvals: Approvals;
  readonly checklists: Checklists;
  readonly taskLists: TaskLists;
  readonly stdin: StdinFallback;
  readonly masking: Masking;
  /** Learns which undo functions the executor has, whether a cell runs or is replayed. */
  readonly undoFunctions: { note(rollback: string): void };
  /** When a step or phase ran. Throws when that cannot be said. */
  readonly times: (stepOrPhase: string) => RecordedTimes;
}

/** One call of a cell. */
export interface VerbCall extends VerbParts {
  readonly running: RunningStep;
  /** Aborts when the cell has ended or is interrupted. */
  readonly signal: AbortSignal;
}

/** A call of a cell that is evaluated again. */
export interface RecordedCall extends VerbCall {
  readonly record: StepRecord;
  readonly state: RunState;
}
