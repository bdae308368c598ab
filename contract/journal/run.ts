// Records of the run as a whole: the journal's opening, the processes that ran it, the outline, remarks.
import type { Outline } from '../notebook/outline.js';
import type { Person } from '../base/person.js';
import type { RunInfo } from '../base/run.js';

/** First record of every journal. `run` is null in a scratch notebook. */
export interface JournalOpened {
  readonly kind: 'journal-opened';
  readonly format: number;
  readonly version: string;
  readonly notebook: string;
  readonly run: RunInfo | null;
  /** A person began the run anew without the journal that it had. Absent: this is its first one. */
  readonly anew?: BegunAnew;
}

/** Why a run has a second journal. */
export interface BegunAnew {
  readonly by: Person;
  readonly reason: string;
  /** What was wrong with the one before: the code of the error that refused it. */
  readonly because: string;
}

/** A kernel took up the journal. Attempts that were running before are inconclusive from here on. */
export interface KernelStarted {
  readonly kind: 'kernel-started';
  readonly version: string;
  readonly pid: number;
  readonly by: Person;
  /** Where the notebook was: from the root of its repository, absolute where there is none. Absent: a console, or an older version. */
  readonly place?: string;
}

/** The process that runs the cells was replaced; what was running in it is inconclusive. */
export interface ExecutorReplaced {
  readonly kind: 'executor-replaced';
  readonly reason: string;
}

/** The phases and steps of the notebook, written when they changed. */
export interface OutlineRecorded {
  readonly kind: 'outline';
  readonly outline: Outline;
}

/**
 * The run was archived: its outputs, times and summary were written into its notebook, and nothing is added to it from here on.
 * Written before the files are committed, so that the archive holds it.
 */
export interface RunArchived {
  readonly kind: 'run-archived';
  readonly by: Person;
  /** SHA-256 (hex) of the outputs of cells of which the journal has none, as they were archived, by the cell's id. Absent: there are none. */
  readonly kept?: { readonly [cell: string]: string };
}

/** A person goes on with a run that was archived. What is archived afterwards is another archive. */
export interface RunReopened {
  readonly kind: 'run-reopened';
  readonly by: Person;
  readonly reason: string;
}

/** A person says that the clock of the machine is right, although the record has later times: whoever wrote those had a clock that was ahead. */
export interface ClockAccepted {
  readonly kind: 'clock-accepted';
  readonly by: Person;
  readonly reason: string;
  /** The latest time of the record until then, ISO 8601 UTC. */
  readonly latest: string;
}

/** A remark of a person. */
export interface NoteRecorded {
  readonly kind: 'note';
  readonly text: string;
  readonly step: string | null;
  readonly by: Person;
}
