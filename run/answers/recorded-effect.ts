// One effect as the journal tells it.
import type { Json } from '../../contract/base/json.js';
import type { Judgement } from '../../contract/base/judgement.js';
import type { Outcome } from '../../contract/base/run.js';

/** An effect as the journal tells it. */
export interface RecordedEffect {
  readonly id: string;
  readonly helper: string;
  readonly label: string;
  readonly request: Json;
  readonly attempt: number;
  /** Id of the effect in which it began; Absent: none, or a journal of an earlier version. */
  readonly within?: string;
  /** The item of a scatter in which it began; Absent: none, or a journal of an earlier version. */
  readonly lane?: string;
  /** A command that changes something although it stands in a wait. Absent: its author has not said so. */
  readonly changes?: boolean;
  /** Sequence numbers of the records that began and ended it. */
  readonly startSeq: number;
  endSeq: number | null;
  end: { readonly outcome: Outcome; readonly result: Json } | null;
  /** How a person said that it ended; the last time that somebody did. */
  judged: { readonly judgement: Judgement; readonly by: string; readonly reason: string } | null;
}
