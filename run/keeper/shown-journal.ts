// A long journal is shown from what was kept of it, while threads read all of it; what is decided waits for them. What was kept
// is a fold of the beginning; the lines that came since are folded too, so that only somebody who writes the user's own files can make it
// tell anything else, and not for longer than the reading takes. The threads parse all lines that can change what the journal comes to;
// the others they parse again only where the bytes are not those that were read before.
import type { FoldedJournal } from '../../record/decisions/folded-journal.js';
import { foldedOfText, textOfFolded } from '../../record/decisions/folded-journal.js';
import { JournalBrokenError } from '../../record/errors/journal-broken-error.js';
import { hashLine } from '../../record/journal/chain.js';
import type { JournalStart } from '../../record/journal/file-journal.js';
import { foldAside, type FoldedAside } from '../../record/journal/folding/fold-aside.js';
import { foldFile, type FoldedFile, type FoldedPart } from '../../record/journal/folding/fold-file.js';
import type { ProvenPart } from '../../record/journal/written-parts.js';
import { wholeLines } from '../../record/journal/folding/whole-lines.js';
import type { JournalFolding, JournalReach } from '../../record/journal/journal.js';
import {
  dropOwnSnapshot,
  keepOwnSnapshot,
  ownSnapshotFile,
  readOwnSnapshot,
  SHORT_BYTES
} from '../../lifecycle/notebook/own-snapshot.js';

/** Lines that came since something was kept are folded before anything is shown. */
const MOST_SINCE_BYTES = 4 * 1024 * 1024;

/** What is shown and the first cell come first: the threads take a core each. */
const AT_REST_MS = 1_000;

/** What is kept of a journal beside its fold. */
interface KeptFold {
  readonly bytes: number;
  readonly seq: number;
  /** SHA-256 of the last of its lines, which carries those of all lines before. */
  readonly hash: string;
  readonly fold: string;
  readonly proven: readonly ProvenPart[];
}

/** Reads the journal of the run `run` (null: none) when it is opened. */
export class ShownJournal {
  /** What it comes to; undefined for a short one, which is read as a whole. */
  folding: JournalFolding | undefined;
  readonly #run: string | null;
  readonly #check: (folded: FoldedJournal) => void;

  /** @param check - Throws when the run must not be opened with what the journal has come to. */
  constructor(run: string | null, check: (folded: FoldedJournal) => void) {
    this.#run = run;
    this.#check = check;
  }

  /** For `FileJournal.open`. */
  readonly read = async (path: string, bytes: number): Promise<JournalStart | null> => {
    if (bytes < SHORT_BYTES) {
      return null;
    }
    const kept = readKept(path);
    const parts = provenIn(kept);
    const shown = this.#shown(path, bytes, kept);
    if (shown === null) {
      const { proven, ...read } = await foldAside(path, bytes, parts);
      this.folding = { shown: read.folded, truth: null, proven };
      return { ...read, records: read.folded.kept };
    }
    let proven: readonly ProvenPart[] = [];
    let isStopped = false;
    const begin = soon(AT_REST_MS);
    const truth = begin.reached.then(async () => {
      const found = await this.#truth(path, shown, parts, () => isStopped);
      ({ proven } = found);
      return found.folded;
    });
    truth.catch(() => undefined);
    this.folding = {
      shown: shown.folded,
      truth,
      hurry: begin.now,
      stop: () => {
        isStopped = true;
        begin.never();
      },
      get proven() {
        return proven;
      }
    };
    return { ...shown, records: [] };
  };

  /** The kept fold with what came since; null when there is none that fits. */
  #shown(path: string, bytes: number, kept: KeptFold | null): FoldedFile | null {
    try {
      if (kept === null || bytes < kept.bytes || bytes - kept.bytes > MOST_SINCE_BYTES) {
        return null;
      }
      const { seq, hash } = kept;
      const part = { folded: foldedOfText(kept.fold), end: { seq, hash }, bytes: kept.bytes };
      const isIts = part.folded.state.seq === seq && lastHash(path, kept.bytes) === hash;
      const shown = isIts ? foldFile(path, bytes, part) : null;
      const { run, archived } = part.folded.state;
      const isWhole = shown?.fault === null && shown.bytes === bytes;
      return isWhole && (run?.id ?? null) === this.#run && !archived ? shown : null;
    } catch {
      return null;
    }
  }

  async #truth(
    path: string,
    shown: FoldedPart,
    parts: readonly ProvenPart[],
    isStopped: () => boolean
  ): Promise<FoldedAside> {
    try {
      const found = await foldAside(path, shown.bytes, parts);
      const { folded, end, fault } = found;
      const other = {
        line: end.seq,
        code: 'journal.broken' as const,
        message: 'is not the one that was shown'
      };
      if (fault !== null || end.hash !== shown.end.hash || end.seq !== shown.end.seq) {
        throw new JournalBrokenError(path, fault ?? other);
      }
      this.#check(folded);
      return found;
    } catch (error) {
      // Another one may have kept something of another journal there since.
      if (!isStopped()) {
        dropOwnSnapshot(ownSnapshotFile(path));
      }
      throw error;
    }
  }
}

/** Keeps what a journal has come to, when it is long; false when it is short. Only what was read may be kept. */
export function keepFold(
  { path, bytes, end, written }: JournalReach,
  folded: FoldedJournal,
  read: readonly ProvenPart[]
): boolean {
  if (bytes < SHORT_BYTES) {
    return false;
  }
  // Where a record could not be read, nothing is proven.
  const proven = folded.judged.isUnreadable ? [] : [...read, ...written.all()];
  const kept: KeptFold = { bytes, ...end, fold: textOfFolded(folded), proven };
  keepOwnSnapshot(ownSnapshotFile(path), JSON.stringify(kept));
  return true;
}

/** Resolves when it is asked for, and after a time anyway, unless it is never to be. */
function soon(mostMs: number): {
  readonly reached: Promise<void>;
  readonly now: () => void;
  readonly never: () => void;
} {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, mostMs).unref();
  const now = (): void => {
    clearTimeout(timer);
    resolve();
  };
  return { reached: promise, now, never: () => clearTimeout(timer) };
}

function readKept(path: string): KeptFold | null {
  try {
    return JSON.parse(readOwnSnapshot(ownSnapshotFile(path)) ?? 'null') as KeptFold | null;
  } catch {
    return null;
  }
}

function provenIn(kept: KeptFold | null): readonly ProvenPart[] {
  const parts: unknown = kept?.proven;
  return (Array.isArray(parts) ? (parts as (Partial<ProvenPart> | null)[]) : []).flatMap(part => {
    const { from, to, hash } = part ?? {};
    const isPart =
      Number.isSafeInteger(from) && from! >= 0 && Number.isSafeInteger(to) && typeof hash === 'string';
    return isPart ? [{ from: from!, to: to!, hash }] : [];
  });
}

/** Hash of the last whole line before a place; empty when none ends there. */
function lastHash(path: string, end: number): string {
  for (let from = end - 4096; ; from -= end - from) {
    const text = [...wholeLines(path, Math.max(0, from), end)].join('');
    const start = text.lastIndexOf('\n', text.length - 2);
    if (start >= 0 || from <= 0) {
      return hashLine(text.slice(start + 1, -1));
    }
  }
}
