// What checking an archive gives: what was checked, and each place that does not hold.
import type { TokenFile } from '../notebook/token-files.js';

/** A place that does not hold. */
export interface Finding {
  /** Name of the file. */
  readonly file: string;
  /** 1-based line of the file. */
  readonly line: number;
  /** Stable dotted word, for example `notebook.changed`. */
  readonly code: string;
  /** What was seen and expected; continues `FILE line N`. */
  readonly text: string;
}

/** The answer of `launchbook verify`. */
export interface Verification {
  /** True when nothing was found. */
  readonly holds: boolean;
  /** In the order of the checks: manifest, journal, notebook, notebook against journal, approvals, decisions, signed files. */
  readonly findings: readonly Finding[];
  /** Id of the run, or null when no file tells it. */
  readonly run: string | null;
  readonly records: number;
  readonly cells: number;
  /** Approvals that were held against what they approved. */
  readonly approvals: number;
  /** Signed decisions whose signatures were verified. */
  readonly signatures: number;
  /** What a person should know and what is no fault, one sentence each. */
  readonly notes: readonly string[];
  /** False: the run was never archived, so only the journal and the texts of the steps can be checked. */
  readonly isArchived: boolean;
}

/** The files of an archive, by their bytes. Null: the file is not there. */
export interface ArchiveFiles {
  /** Paths as findings name them; `tokens` is the folder of signed decisions. */
  readonly names: {
    readonly notebook: string;
    readonly journal: string;
    readonly manifest: string;
    readonly tokens: string;
  };
  readonly notebook: Buffer;
  readonly journal: Buffer | null;
  readonly manifest: Buffer | null;
  /** In the order of their names. */
  readonly tokens: readonly TokenFile[];
}
