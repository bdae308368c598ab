// Folds a long journal in threads of its own: whoever waits for people and cells is not held up, and what reading leaves behind goes with
// the threads. Each reads a part; that the parts continue each other is looked at when all of them have been read.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { FoldedJournal } from '../../decisions/folded-journal.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { keyOfEffect, type CondensedPart } from './condense.js';
import type { FoldedFile } from './fold-file.js';
import type { ProvenPart } from '../written-parts.js';
import { lineStartAfter } from './whole-lines.js';

/** What a thread is to read: the lines between two places. `parts` were proven before. */
export interface FoldingOrder {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly parts: readonly ProvenPart[];
}

/** What it has found; the records as text. */
export interface FoldingAnswer extends Omit<CondensedPart, 'records'> {
  readonly text: string;
}

/** A thread costs as much as reading so many bytes. */
const PART_BYTES = 8 * 1024 * 1024;
/** The same of bytes that are compared by their hash. */
const PROVEN_BYTES = 48 * 1024 * 1024;
const MOST_PARTS = 4;

/** What is folded, and which parts of it are proven. */
export interface FoldedAside extends FoldedFile {
  readonly proven: readonly ProvenPart[];
}

/** As `foldFile`, without holding anybody up. Rejects with what it throws. @param parts - Those that were proven before. @default none */
export async function foldAside(
  path: string,
  bytes: number,
  parts: readonly ProvenPart[] = []
): Promise<FoldedAside> {
  const proven = parts.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
  const worth = Math.max(0, bytes - proven) / PART_BYTES + proven / PROVEN_BYTES;
  const count = Math.max(1, Math.min(MOST_PARTS, availableParallelism(), Math.ceil(worth)));
  const inner = Array.from({ length: count - 1 }, (_, index) => {
    const place = Math.floor((bytes * (index + 1)) / count);
    const cut = parts.find(({ from, to }) => from < place && place < to);
    return lineStartAfter(path, cut ? cut.to - 1 : place, bytes);
  });
  const places = [0, ...inner, bytes];
  const answers = await Promise.all(
    inner.concat(bytes).map((to, index) => readFrom(path, places[index]!, to, parts))
  );
  // Where they do not continue each other, one thread finds the line that is to blame.
  return foldParts(answers) ?? foldParts([await readFrom(path, 0, bytes, [])])!;
}

/** Null when several parts do not make one journal without a fault, or when one has left out what another began. */
export function foldParts(parts: readonly FoldingAnswer[]): FoldedAside | null {
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
  return { folded, end, bytes, fault, proven: parts.flatMap(({ proven }) => proven) };
}

/** Whatever was said of the parts: where they cannot be read as that says, they are read line by line. */
async function readFrom(
  path: string,
  from: number,
  to: number,
  parts: readonly ProvenPart[]
): Promise<FoldingAnswer> {
  const answer = readPart({ path, from, to, parts });
  return parts.length === 0 ? answer : answer.catch(() => readPart({ path, from, to, parts: [] }));
}

function readPart(workerData: FoldingOrder): Promise<FoldingAnswer> {
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
