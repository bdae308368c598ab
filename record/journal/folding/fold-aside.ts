// Folds a long journal in threads of its own: whoever waits for people and cells is not held up, and what reading leaves behind goes with
// the threads. Each reads a part; that the parts continue each other is looked at when all of them have been read.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { FoldedJournal } from '../../decisions/folded-journal.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { keyOfEffect, type CondensedPart } from './condense.js';
import { lineStartAfter, type FoldedFile } from './fold-file.js';

/** What a thread is to read: the lines between two places. */
export interface FoldingOrder {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** What it has found; the records as text. */
export interface FoldingAnswer extends Omit<CondensedPart, 'records'> {
  readonly text: string;
}

const PART_BYTES = 8 * 1024 * 1024;
const MOST_PARTS = 4;

/** As `foldFile`, without holding anybody up. Rejects with what it throws. */
export async function foldAside(path: string, bytes: number): Promise<FoldedFile> {
  const count = Math.min(MOST_PARTS, availableParallelism(), Math.ceil(bytes / PART_BYTES));
  const inner = Array.from({ length: count - 1 }, (_, index) =>
    lineStartAfter(path, Math.floor((bytes * (index + 1)) / count), bytes)
  );
  const places = [0, ...inner, bytes];
  const parts = await Promise.all(inner.concat(bytes).map((to, index) => readPart(path, places[index]!, to)));
  // Where they do not continue each other, one thread finds the line that is to blame.
  return foldParts(parts) ?? foldParts([await readPart(path, 0, bytes)])!;
}

/** Null when several parts do not make one journal without a fault, or when one has left out what another began. */
export function foldParts(parts: readonly FoldingAnswer[]): FoldedFile | null {
  const isWhole = parts.every(({ start, fault }, index) => {
    const before = parts[index - 1]?.end ?? start;
    return fault === null && before.seq === start.seq && before.hash === start.hash;
  });
  if (parts.length > 1 && !isWhole) {
    return null;
  }
  const folded = new FoldedJournal();
  for (const { text, leftOut } of parts) {
    if (Object.keys(folded.state.openEffects).some(id => leftOut.includes(keyOfEffect(id)))) {
      return null;
    }
    for (const record of JSON.parse(text) as readonly JournalRecord[]) {
      folded.judged.goOnAt(record.seq);
      folded.read(record);
    }
  }
  const { end, bytes, fault } = parts.at(-1)!;
  return { folded, end, bytes, fault };
}

function readPart(path: string, from: number, to: number): Promise<FoldingAnswer> {
  const workerData: FoldingOrder = { path, from, to };
  // As deep as the bundled programs are.
  const file = new URL('../../../record/journal/folding/fold-thread.js', import.meta.url);
  const resourceLimits = { maxYoungGenerationSizeMb: 32 };
  const thread = new Worker(file, { workerData, execArgv: [], resourceLimits });
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('The thread that reads the journal has ended.')));
  });
}
