// Folds a long journal in a thread of its own: whoever waits for people and cells is not held up, and what reading leaves behind goes with
// the thread.
import { Worker } from 'node:worker_threads';
import { foldedOfText } from '../../decisions/folded-journal.js';
import type { FoldedFile } from './fold-file.js';

/** What the thread is to read. */
export interface FoldingOrder {
  readonly path: string;
  readonly bytes: number;
}

/** What it has found; the fold as text. */
export interface FoldingAnswer extends Omit<FoldedFile, 'folded'> {
  readonly text: string;
}

/** As `foldFile`, without holding anybody up. Rejects with what it throws. */
export function foldAside(path: string, bytes: number): Promise<FoldedFile> {
  const workerData: FoldingOrder = { path, bytes };
  // As deep as the bundled programs are.
  const file = new URL('../../../record/journal/folding/fold-thread.js', import.meta.url);
  const thread = new Worker(file, {
    workerData,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 32 }
  });
  return new Promise((resolve, reject) => {
    thread.once('message', ({ text, ...rest }: FoldingAnswer) =>
      resolve({ ...rest, folded: foldedOfText(text) })
    );
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('The thread that reads the journal has ended.')));
  });
}
