// What status and board show of a run: from its snapshot when its files are as they were, else from its journal, which is read once.
import { runOf } from '../../contract/notebook/notebook.js';
import { hashLine } from '../../record/journal/chain.js';
import { findJournal, placeOfJournal } from '../../record/journal/find-journal.js';
import { archiveFacts, type ArchiveFacts } from '../facts/archive-facts.js';
import { lookAtRun, type LookedAtRun } from '../notebook/read-run.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { signersAt } from '../signers/allowed-signers.js';
import { runObjections } from '../signers/run-objections.js';
import { sha256 } from '../../record/hash.js';
import { summarizeRun } from './summarize-run.js';
import { keepSnapshot, readSnapshot, stampOf } from './run-snapshot.js';

/** A run without its records. */
export interface RunGlance {
  /** Changes with the files of the run. */
  readonly stamp: string;
  readonly files: Omit<LookedAtRun, 'records' | 'journalText'>;
  readonly facts: ArchiveFacts;
  readonly objections: readonly string[];
}

/**
 * Looks at a run for showing it.
 *
 * @param before - What was seen before, which is seen again when nothing has changed.
 * @throws RefusedError when `path` is no notebook.
 */
export async function glanceAtRun(path: string, before: RunGlance | null = null): Promise<RunGlance> {
  const stamp = stampOfRun(path);
  if (before?.stamp === stamp) {
    return before;
  }
  return glanceAtSnapshot(path, stamp) ?? (await glanceAtJournal(path, stamp));
}

function glanceAtSnapshot(path: string, stamp: string): RunGlance | null {
  const snapshot = readSnapshot(path, stamp);
  if (snapshot === null) {
    return null;
  }
  const notebook = readNotebook(path);
  const run = runOf(notebook);
  const { state, outline, torn, facts, objections } = snapshot;
  const journalPath = placeOfJournal(path, run).file;
  const files = { path, notebook, run, journalPath, torn, state, outline, fault: null };
  try {
    findJournal(path, { run, cells: notebook.cells });
    summarizeRun({ files, facts, objections, earlier: [], now: new Date().toISOString() });
  } catch {
    return null; // the journal is lost, or this is no snapshot: reading it tells
  }
  return { stamp, files, facts, objections };
}

async function glanceAtJournal(path: string, stamp: string): Promise<RunGlance> {
  const { records, journalText, ...files } = lookAtRun(path);
  const whole = { ...files, records, journalText };
  const facts = archiveFacts(whole, []);
  const objections = await runObjections(path, whole);
  if (files.fault === null && stampOfRun(path) === stamp) {
    const { state, outline, torn } = files;
    const end = journalText.length - (torn ?? '').length;
    const hash = hashLine(journalText.slice(journalText.lastIndexOf('\n', end - 2) + 1, end - 1));
    const prefix = { bytes: Buffer.byteLength(journalText), hash };
    keepSnapshot(path, { stamp, prefix, state, outline, torn, facts, objections });
  }
  return { stamp, files, facts, objections };
}

/** With the keys that signatures are checked with, and the file that names them. */
function stampOfRun(path: string): string {
  const { content } = signersAt(path);
  return `${stampOf(path)} ${content === null ? '-' : sha256(content)}`;
}
