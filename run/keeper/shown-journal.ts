// A long journal is shown from what was kept of it, while threads read all of it; what is decided waits for them. What was kept
// is a fold of the beginning; the lines that came since are folded too, so that only somebody who writes the user's own files can make it
// tell anything else, and not for longer than the reading takes.
import type { FoldedJournal } from '../../record/decisions/folded-journal.js';
import { foldedOfText, textOfFolded } from '../../record/decisions/folded-journal.js';
import { JournalBrokenError } from '../../record/errors/journal-broken-error.js';
import { hashLine } from '../../record/journal/chain.js';
import type { JournalStart } from '../../record/journal/file-journal.js';
import { foldAside } from '../../record/journal/folding/fold-aside.js';
import {
  foldFile,
  wholeLines,
  type FoldedFile,
  type FoldedPart
} from '../../record/journal/folding/fold-file.js';
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

/** What is kept of a journal beside its fold. */
interface KeptFold {
  readonly bytes: number;
  readonly seq: number;
  /** SHA-256 of the last of its lines, which carries those of all lines before. */
  readonly hash: string;
  readonly fold: string;
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
    const shown = this.#shown(path, bytes);
    if (shown === null) {
      const read = await foldAside(path, bytes);
      this.folding = { shown: read.folded, truth: null };
      return { ...read, records: read.folded.kept };
    }
    this.folding = { shown: shown.folded, truth: this.#truth(path, shown) };
    this.folding.truth!.catch(() => undefined);
    return { ...shown, records: [] };
  };

  /** The kept fold with what came since; null when there is none that fits. */
  #shown(path: string, bytes: number): FoldedFile | null {
    try {
      const kept = JSON.parse(readOwnSnapshot(ownSnapshotFile(path)) ?? 'null') as KeptFold | null;
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

  async #truth(path: string, shown: FoldedPart): Promise<FoldedJournal> {
    try {
      const { folded, end, fault } = await foldAside(path, shown.bytes);
      const other = {
        line: end.seq,
        code: 'journal.broken' as const,
        message: 'is not the one that was shown'
      };
      if (fault !== null || end.hash !== shown.end.hash || end.seq !== shown.end.seq) {
        throw new JournalBrokenError(path, fault ?? other);
      }
      this.#check(folded);
      return folded;
    } catch (error) {
      dropOwnSnapshot(ownSnapshotFile(path));
      throw error;
    }
  }
}

/** Keeps what a journal has come to, when it is long; false when it is short. Only what was read may be kept. */
export function keepFold({ path, bytes, end }: JournalReach, folded: FoldedJournal): boolean {
  if (bytes < SHORT_BYTES) {
    return false;
  }
  const kept: KeptFold = { bytes, ...end, fold: textOfFolded(folded) };
  keepOwnSnapshot(ownSnapshotFile(path), JSON.stringify(kept));
  return true;
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
