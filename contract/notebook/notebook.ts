// The parts of the notebook format that we read and write, and our one metadata key.
import type { OutlineCell } from './outline.js';
import type { RunInfo } from '../base/run.js';

/** The one key of ours in notebook and cell metadata. */
export const METADATA_KEY = 'launchbook';

/** A notebook (nbformat 4.5) as far as we use it. */
export interface Notebook {
  readonly cells: readonly OutlineCell[];
  readonly metadata: { readonly [key: string]: unknown };
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** `metadata.launchbook` of a notebook. */
export interface NotebookRecord {
  readonly run?: RunInfo;
}

/** One attempt as it is kept in `metadata.launchbook.attempts` of a cell, newest last; timing-text.ts makes it one line. */
export interface TimingRecord {
  /** Attempt number, 1-based. */
  readonly n: number;
  /** ISO 8601 UTC with milliseconds. */
  readonly queued: string;
  readonly started: string;
  readonly ended: string;
  readonly outcome: 'passed' | 'failed' | 'rejected' | 'inconclusive' | 'aborted';
  readonly by: string;
}

/** The run a notebook belongs to, or null for a scratch notebook or a damaged record. */
export function runOf(notebook: { readonly metadata?: { readonly [key: string]: unknown } }): RunInfo | null {
  return runIn(notebook.metadata?.[METADATA_KEY]);
}

/** As `runOf`, from the value under our key of the metadata. */
export function runIn(record: unknown): RunInfo | null {
  const run = (record as NotebookRecord | undefined)?.run;
  return run && typeof run.id === 'string' && typeof run.environment === 'string' ? run : null;
}

/** Path of the journal that belongs to a notebook: beside a run, under `.launchbook/` for a scratch notebook. */
export function journalPathOf(notebookPath: string, isRun: boolean): string {
  const slash = notebookPath.lastIndexOf('/');
  const folder = notebookPath.slice(0, slash + 1);
  const name = notebookPath.slice(slash + 1).replace(/\.ipynb$/, '');
  return `${folder}${isRun ? '' : '.launchbook/'}${name}.journal.jsonl`;
}

/** Folder of the signed decisions of a notebook: beside it, `NAME.approvals`. */
export function tokenFolderOf(notebookPath: string): string {
  return notebookPath.replace(/(\.ipynb)?$/, '.approvals');
}

/** The manifest of the archive of a notebook: beside it, `NAME.archive.json`. */
export function manifestPathOf(notebookPath: string): string {
  return notebookPath.replace(/\.ipynb$/, '.archive.json');
}
