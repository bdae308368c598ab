// Records of the run as a whole: the journal's opening, the processes behind it, the outline, remarks.
import type { Outline } from '../outline.js';
import type { Person } from '../person.js';
import type { RunInfo } from '../run.js';

/** First record of every journal. `run` is null in a scratch notebook. */
export interface JournalOpened {
  readonly kind: 'journal-opened';
  readonly format: number;
  readonly version: string;
  readonly notebook: string;
  readonly run: RunInfo | null;
}

/** A kernel took up the journal. Attempts that were running before are inconclusive from here on. */
export interface KernelStarted {
  readonly kind: 'kernel-started';
  readonly version: string;
  readonly pid: number;
  readonly by: Person;
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

/** A remark of a person. */
export interface NoteRecorded {
  readonly kind: 'note';
  readonly text: string;
  readonly step: string | null;
  readonly by: Person;
}
