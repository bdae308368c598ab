// The journal file: append-only JSON lines, each with the hash of the line before, on disk before a promise resolves.
// Trick: group commit. While one write is being synced, further records queue up and share the next write and sync.
// Records that need not be synced at once (output) are only written.
import { constants, fstatSync, statSync, type Stats } from 'node:fs';
import { link, open, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { isLaunchbookError } from '../../contract/base/error.js';
import type { JournalOpened, JournalRecord, RecordBody, RecordKind } from '../../contract/journal/journal.js';
import { JournalBrokenError } from '../errors/journal-broken-error.js';
import { JournalWriteError } from '../errors/journal-write-error.js';
import { openFileOfRun } from '../files/read-file.js';
import { CHAIN_START, freezeBody, linkLine, type ChainEnd } from './chain.js';
import type { Durability, Journal, JournalReach, TornLine } from './journal.js';
import { linesOfFile } from './lines-of-file.js';
import { takeLock, type HeldLock } from './lock-file.js';
import { moveJournal } from './move-journal.js';
import { readJournal, type JournalFault } from './read-journal.js';
import { WrittenParts } from './written-parts.js';

/** What opening needs. */
export interface FileJournalOptions {
  /** First record, written when the file is new or empty. When a person begins anew, the file is set aside before. */
  readonly first: JournalOpened;
  /** The clock: milliseconds since 1970. */
  readonly now: () => number;
  /** Jupyter's id of the kernel that opens it, which its lock tells. Absent: it is none. */
  readonly kernel?: string | undefined;
  /** Reads a long file otherwise than as a whole; resolves with null for one that is to be read so. @default each file is */
  readonly read?: ((path: string, bytes: number) => Promise<JournalStart | null>) | undefined;
}

/** What the file held when it was opened. */
export interface JournalStart {
  readonly records: readonly JournalRecord[];
  /** Where the next record continues. */
  readonly end: ChainEnd;
  /** Bytes of the whole lines. */
  readonly bytes: number;
  readonly fault: JournalFault | null;
}

/** The longest time that a written record waits for its sync. */
const LAZY_SYNC_MS = 1_000;

interface Waiting {
  readonly at: string;
  readonly durability: Durability;
  readonly frozenBody: string;
  readonly resolve: (record: JournalRecord) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A journal in a file, held by one process at a time. Readable only by its owner (mode 0600).
 *
 * A record that cannot be written (disk full, read-only) rejects with `JournalWriteError`; whatever part of it reached the file is cut off
 * again. A deleted file is put back; one that was moved, replaced or changed by another program takes no further record.
 *
 * @example
 * const journal = await FileJournal.open('release.journal.jsonl', { first, now: Date.now });
 * (await journal.append({ kind: 'checkpoint', name: 'schema updated', step: 'a1' })).seq // 2
 */
export class FileJournal implements Journal {
  #initialRecords: readonly JournalRecord[];
  /** The torn line that opening set aside, or null. */
  readonly torn: TornLine | null;
  #path: string;
  #file: FileHandle;
  #lock: HeldLock;
  readonly #options: FileJournalOptions;
  #end: ChainEnd;
  #soundBytes: number;
  readonly #written: WrittenParts;
  #isCutNeeded = false;
  #lazySync: NodeJS.Timeout | null = null;
  #queue: Waiting[] = [];
  /** Done before what is queued is written. */
  #moves: (() => Promise<void>)[] = [];
  #writing: Promise<void> | null = null;
  #isClosed = false;

  private constructor(parts: {
    path: string;
    file: FileHandle;
    lock: HeldLock;
    options: FileJournalOptions;
    start: JournalStart;
    torn: TornLine | null;
  }) {
    this.#path = parts.path;
    this.#initialRecords = parts.start.records;
    this.torn = parts.torn;
    this.#file = parts.file;
    this.#lock = parts.lock;
    this.#options = parts.options;
    this.#end = parts.start.end;
    this.#soundBytes = parts.start.bytes;
    this.#written = new WrittenParts(parts.start.bytes);
  }

  /**
   * Opens the journal at `path`, or creates it with its first record. The chain of an existing file is verified; a torn
   * last line is moved to a file of its own.
   *
   * @throws {@link JournalLockedError} when another process has it open.
   * @throws {@link JournalBrokenError} when a link of the chain is broken or the format is newer. The file is left as it is.
   * @throws {@link JournalWriteError} when it cannot be created or opened for writing.
   */
  static async open(path: string, options: FileJournalOptions): Promise<FileJournal> {
    let lock: HeldLock | null = null;
    let file: FileHandle | null = null;
    try {
      lock = await takeLock(path, new Date(options.now()).toISOString(), options.kernel);
      if (options.first.anew) {
        await setAside(path);
      }
      await createWhenAbsent(path, options);
      file = await openFileOfRun(path, 'journal', constants.O_RDWR | constants.O_APPEND);
      const { size } = await file.stat();
      const start = (await options.read?.(path, size)) ?? startOf(await file.readFile());
      if (start.fault) {
        throw new JournalBrokenError(path, start.fault);
      }
      const torn = await setTornAside(path, file, start);
      const journal = new FileJournal({ path, file, lock, options, start, torn });
      if (start.end.seq > 0) {
        return journal;
      }
      journal.#initialRecords = [await journal.append(options.first)];
      return journal;
    } catch (error) {
      await file?.close();
      await lock?.release();
      throw isLaunchbookError(error) ? error : new JournalWriteError(path, 'opened', error);
    }
  }

  get initialRecords(): readonly JournalRecord[] {
    return this.#initialRecords;
  }

  forgetInitialRecords(): void {
    this.#initialRecords = [];
  }

  get path(): string {
    return this.#path;
  }

  get reach(): JournalReach {
    return { path: this.#path, bytes: this.#soundBytes, end: this.#end, written: this.#written };
  }

  append(body: RecordBody, durability: Durability = 'synced'): Promise<JournalRecord> {
    if (this.#isClosed) {
      return Promise.reject(new JournalWriteError(this.#path, 'written', { code: 'closed' }));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({
        at: new Date(this.#options.now()).toISOString(),
        durability,
        frozenBody: freezeBody(body),
        resolve,
        reject
      });
      this.#writing ??= this.#writeQueue();
    });
  }

  async *read(kind?: RecordKind): AsyncIterable<JournalRecord> {
    const named = kind === undefined ? '' : `"kind":"${kind}"`;
    for await (const line of linesOfFile(this.#path, this.#soundBytes)) {
      if (line.includes(named)) {
        yield JSON.parse(line) as JournalRecord;
      }
    }
  }

  /** @throws JournalLockedError, JournalWriteError when there is another journal. It stays where it is then. */
  moveTo(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#moves.push(() => this.#moveTo(path).then(resolve, reject));
      this.#writing ??= this.#writeQueue();
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    await this.#writing;
    await this.#syncLazily();
    await this.#file.close();
    await this.#lock.release();
  }

  async #writeQueue(): Promise<void> {
    // One turn of the event loop, so that records announced together are written together.
    await Promise.resolve();
    while (this.#queue.length > 0 || this.#moves.length > 0) {
      await this.#moves.shift()?.();
      const group = this.#queue;
      this.#queue = [];
      if (group.length === 0) {
        continue;
      }
      try {
        const records = await this.#writeGroup(group);
        group.forEach((waiting, index) => waiting.resolve(records[index]!));
      } catch (error) {
        await this.#cutUnsound().catch(() => undefined);
        const failure = isLaunchbookError(error)
          ? error
          : new JournalWriteError(this.#path, 'written', error);
        group.forEach(waiting => waiting.reject(failure));
      }
    }
    this.#writing = null;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<JournalRecord[]> {
    await this.#refuseUnlessOurs();
    await this.#cutUnsound();
    let end = this.#end;
    const lines: string[] = [];
    for (const waiting of group) {
      const linked = linkLine(end, waiting.at, waiting.frozenBody);
      lines.push(linked.line);
      end = linked.end;
    }
    const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''));
    this.#isCutNeeded = true;
    await this.#file.appendFile(bytes);
    if (group.some(({ durability }) => durability === 'synced')) {
      this.#forgetLazySync();
      await this.#file.datasync();
    } else {
      this.#lazySync ??= setTimeout(() => void this.#syncLazily(), LAZY_SYNC_MS).unref();
    }
    this.#isCutNeeded = false;
    this.#end = end;
    this.#soundBytes += bytes.length;
    this.#written.take(bytes);
    return lines.map(line => JSON.parse(line) as JournalRecord);
  }

  async #moveTo(path: string): Promise<void> {
    await this.#refuseUnlessOurs();
    const lock = await takeLock(path, new Date(this.#options.now()).toISOString(), this.#options.kernel);
    try {
      if ((await statIfPresent(path)) !== null) {
        throw new JournalWriteError(path, 'moved', { code: 'replaced' });
      }
      await moveJournal(this.#path, path);
    } catch (error) {
      await lock.release();
      throw error;
    }
    const before = this.#lock;
    this.#path = path;
    this.#lock = lock;
    await before.release();
    await syncFolder(dirname(path));
  }

  /** Syncs what was only written. A failure shows with the next synced record, which then rejects. */
  async #syncLazily(): Promise<void> {
    if (this.#lazySync) {
      this.#forgetLazySync();
      await this.#file.datasync().catch(() => undefined);
    }
  }

  #forgetLazySync(): void {
    clearTimeout(this.#lazySync ?? undefined);
    this.#lazySync = null;
  }

  /**
   * A file can be renamed, deleted or replaced under the process that has it open (by git, by a person), and then goes on to take what
   * nobody will ever read. Looked at before each write, at once, because a turn in the thread pool takes longer than the look; what another
   * program has written is left as it is.
   */
  async #refuseUnlessOurs(): Promise<void> {
    const here = statSync(this.#path, { throwIfNoEntry: false }) ?? null;
    const own = fstatSync(this.#file.fd);
    if (here === null && own.nlink === 0 && !this.#isCutNeeded) {
      await this.#putBack(own.size);
      return;
    }
    if (here?.ino !== own.ino || here.dev !== own.dev) {
      throw new JournalWriteError(this.#path, 'written', { code: here === null ? 'moved' : 'replaced' });
    }
    const isChanged = this.#isCutNeeded ? own.size < this.#soundBytes : own.size !== this.#soundBytes;
    if (isChanged) {
      throw new JournalWriteError(this.#path, 'written', { code: 'changed' });
    }
  }

  /** Somebody has deleted it: the open file still has every record. */
  async #putBack(bytes: number): Promise<void> {
    if (bytes !== this.#soundBytes) {
      throw new JournalWriteError(this.#path, 'written', { code: 'changed' });
    }
    const content = Buffer.alloc(bytes);
    await this.#file.read(content, 0, bytes, 0);
    await createWhole(this.#path, content);
    const deleted = this.#file;
    this.#file = await openFileOfRun(this.#path, 'journal', constants.O_RDWR | constants.O_APPEND);
    await deleted.close();
  }

  /** Cuts off what a failed write left behind; until that succeeds nothing more is written. */
  async #cutUnsound(): Promise<void> {
    if (this.#isCutNeeded) {
      await this.#file.truncate(this.#soundBytes);
      await this.#file.datasync();
      this.#isCutNeeded = false;
    }
  }
}

/** What was there stays beside it as `NAME.aside-N`. */
async function setAside(path: string): Promise<void> {
  for (let number = 1; (await statIfPresent(path)) !== null; number++) {
    const target = `${path}.aside-${number}`;
    if ((await statIfPresent(target)) === null) {
      await rename(path, target);
    }
  }
}

async function createWhenAbsent(path: string, options: FileJournalOptions): Promise<void> {
  const { line } = linkLine(CHAIN_START, new Date(options.now()).toISOString(), freezeBody(options.first));
  await createWhole(path, `${line}\n`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  });
}

/** The file appears whole or not at all: written beside, synced, linked into place. */
async function createWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { mode: 0o600, flag: 'wx', flush: true });
    await link(draft, path);
    await syncFolder(dirname(path));
  } finally {
    await rm(draft, { force: true });
  }
}

async function statIfPresent(path: string): Promise<Stats | null> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return null;
    }
    throw error;
  });
}

function startOf(content: Buffer): JournalStart {
  const { records, end, fault } = readJournal(content.toString('utf8'));
  return { records, end, bytes: content.lastIndexOf('\n') + 1, fault };
}

/** What stands after the whole lines; null: nothing. */
async function setTornAside(
  path: string,
  file: FileHandle,
  { bytes: soundBytes, end }: JournalStart
): Promise<TornLine | null> {
  const { size } = await file.stat();
  if (size === soundBytes) {
    return null;
  }
  const content = Buffer.alloc(size - soundBytes);
  await file.read(content, 0, content.length, soundBytes);
  const torn: TornLine = { path: `${path}.torn-${end.seq + 1}`, bytes: content.length };
  await writeFile(torn.path, content, { mode: 0o600, flush: true });
  await file.truncate(soundBytes);
  await file.datasync();
  await syncFolder(dirname(path));
  return torn;
}

/** Makes a new name in a folder survive a power failure. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
