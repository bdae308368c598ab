// Folds a journal file of any length piece by piece: neither its text nor its records are ever held as a whole.
import { FoldedJournal } from '../../decisions/folded-journal.js';
import { CHAIN_START, type ChainEnd } from '../chain.js';
import { CheckedChain, type JournalFault } from '../read-journal.js';
import { wholeLines } from './whole-lines.js';

/** How far a fold has come. */
export interface FoldedPart {
  readonly folded: FoldedJournal;
  readonly end: ChainEnd;
  /** Bytes of the whole lines up to there. */
  readonly bytes: number;
}

/** What the lines of a file come to, up to the first one with a fault. */
export interface FoldedFile extends FoldedPart {
  readonly fault: JournalFault | null;
}

/**
 * Reads, checks and folds the whole lines of the first `bytes` bytes of the journal at `path`.
 *
 * @param from - A fold of its beginning, which goes on. @default the empty one
 * @throws FileRefusedError for what is no regular file or is too large.
 */
export function foldFile(path: string, bytes: number, from: FoldedPart = nothing()): FoldedFile {
  const { folded } = from;
  const chain = new CheckedChain(from.end);
  let sound = from.bytes;
  for (const text of wholeLines(path, from.bytes, bytes)) {
    const start = chain.takeAll(text, record => folded.read(record));
    sound += Buffer.byteLength(chain.fault ? text.slice(0, start) : text);
    if (chain.fault) {
      break;
    }
  }
  return { folded, end: chain.end, bytes: sound, fault: chain.fault };
}

function nothing(): FoldedPart {
  return { folded: new FoldedJournal(), end: CHAIN_START, bytes: 0 };
}
