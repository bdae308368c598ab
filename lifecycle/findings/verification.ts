// The result of checking an archive: what was checked, and each place with a fault.
import type { TokenFile } from '../notebook/token-files.js';

/** A place with a fault. */
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
  /** Approvals that were compared with what they approved. */
  readonly approvals: number;
  /** Requests that were never released, and hold points that were left out against the policy; the notes name them. */
  readonly unreleased: number;
  /** Signed decisions whose signatures were verified. */
  readonly signatures: number;
  /** What of the run no signature covers; none when its tag is signed. Each continues “not covered by a signature: ”. */
  readonly notCovered: readonly string[];
  /** Who has signed the tag of the archive, and with which key, as git names them; null when nobody has, or nobody can tell. */
  readonly signedBy: string | null;
  /** What a person should know although it is no fault, one sentence each. */
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
