// The history of a user across kernels: JSON lines in one file to which every kernel appends. Each kernel takes the next session
// number when it keeps its first cell. A full file becomes the older generation beside it, in place of the one before, so the
// size is bounded. History is a convenience: whatever fails here is logged and never fails a cell.
import { appendFile, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { whileLocked } from './file-lock.js';
import { rangeOf, searchIn, tailOf } from './find-history.js';
import type { HistoryEntry, HistoryStore } from '../ports/ports.js';

export interface FileHistoryOptions {
  readonly path: string;
  /** The file gives way to a new one beyond this, in bytes; with the older generation at most twice as much is kept. @default 4 MiB */
  readonly limitBytes?: number;
  readonly onLog?: (line: string) => void;
  /** Takes the secrets out of a cell's text, which may not come onto the disk. @default the text as it is */
  readonly mask?: (source: string) => string;
}

const LIMIT_BYTES = 4 * 1024 * 1024;

/** A line of the file: a cell, or without `source` the mark that a session number is taken. */
interface Line {
  readonly session: number;
  readonly line?: number;
  readonly source?: string;
  readonly at?: string;
}

/** History kept on disk. Reads what other kernels have written as well. */
export class FileHistory implements HistoryStore {
  readonly #path: string;
  readonly #limitBytes: number;
  readonly #log: (line: string) => void;
  readonly #mask: (source: string) => string;
  #session: number | null = null;
  #work: Promise<void> = Promise.resolve();
  readonly #waiting: WaitingCell[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FileHistoryOptions) {
    this.#path = options.path;
    this.#limitBytes = options.limitBytes ?? LIMIT_BYTES;
    this.#log = options.onLog ?? (() => {});
    this.#mask = options.mask ?? (source => source);
  }

  append({ line, source }: HistoryEntry): void {
    this.#waiting.push({ line, source: this.#mask(source) });
    this.#timer ??= setTimeout(() => void this.flush(), GATHERING_MS);
  }

  async tail(count: number): Promise<readonly HistoryEntry[]> {
    return tailOf((await this.#read()).entries, count);
  }

  /** `session` 0 is this kernel's, negative numbers count back from it. */
  async range(session: number, start: number, stop: number | null): Promise<readonly HistoryEntry[]> {
    const { entries, lastSession } = await this.#read();
    const own = this.#session ?? lastSession + 1;
    return rangeOf(entries, session > 0 ? session : own + session, start, stop);
  }

  async search(pattern: string, count: number, isUnique: boolean): Promise<readonly HistoryEntry[]> {
    return searchIn((await this.#read()).entries, pattern, count, isUnique);
  }

  /** Resolves when everything appended so far is in the file. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const cells = this.#waiting.splice(0);
    this.#work = this.#work
      .then(() => (cells.length === 0 ? undefined : this.#write(cells)))
      .catch(thrown => this.#tellLost(cells.length, thrown));
    await this.#work;
  }

  async #write(cells: readonly WaitingCell[]): Promise<void> {
    const session = (this.#session ??= await this.#takeSession());
    const texts = cells.map(({ line, source }) => toText({ session, line, source }));
    for (const text of joinUpTo(
      this.#limitBytes / 8,
      texts.filter(one => this.#fits(one))
    )) {
      await this.#writeText(text);
    }
  }

  async #writeText(text: string): Promise<void> {
    await appendFile(this.#path, text, { mode: 0o600 });
    if ((await stat(this.#path)).size > this.#limitBytes) {
      await whileLocked(`${this.#path}.lock`, () => this.#rotate());
    }
  }

  #tellLost(cells: number, thrown: unknown): void {
    const what = cells === 1 ? 'A cell was' : `${cells} cells were`;
    this.#log(`${what} not kept in the history ${this.#path}: ${String(thrown)}`);
  }

  #fits(text: string): boolean {
    const fits = text.length <= this.#limitBytes;
    if (!fits) {
      const reason = `its ${text.length} characters are more than the file may have bytes (${this.#limitBytes})`;
      this.#log(`A cell was not kept in the history ${this.#path}: ${reason}`);
    }
    return fits;
  }

  async #takeSession(): Promise<number> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    return await whileLocked(`${this.#path}.lock`, async () => {
      const session = (await this.#readFiles()).lastSession + 1;
      // A line that a crash has cut short ends here.
      const mark = `\n${toText({ session, at: new Date().toISOString() })}`;
      await appendFile(this.#path, mark, { mode: 0o600 });
      return session;
    });
  }

  // The path always names a whole file, also for kernels that append at this moment.
  async #rotate(): Promise<void> {
    if ((await stat(this.#path)).size <= this.#limitBytes) {
      return; // another kernel was faster
    }
    const { lastSession } = await this.#readFiles();
    const fresh = `${this.#path}.new`;
    await writeFile(fresh, toText({ session: lastSession, at: new Date().toISOString() }), { mode: 0o600 });
    await rm(olderOf(this.#path), { force: true });
    await link(this.#path, olderOf(this.#path));
    await rename(fresh, this.#path);
  }

  async #read(): Promise<Content> {
    await this.flush();
    return await this.#readFiles();
  }

  async #readFiles(): Promise<Content> {
    const texts = await Promise.all([olderOf(this.#path), this.#path].map(readIfThere));
    const lines = texts.join('').split('\n').flatMap(fromText);
    return {
      entries: lines.flatMap(({ session, line, source }) =>
        source === undefined || line === undefined ? [] : [{ session, line, source }]
      ),
      lastSession: lines.reduce((last, { session }) => Math.max(last, session), 0)
    };
  }
}

type WaitingCell = Pick<HistoryEntry, 'line' | 'source'>;

/** A burst of cells is written at once. */
const GATHERING_MS = 100;

/** Joins texts to pieces of about `length`, so that the file is never much longer than it may be. */
function joinUpTo(length: number, texts: readonly string[]): string[] {
  const pieces: string[] = [];
  for (const text of texts) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + text.length <= length) {
      pieces[pieces.length - 1] = last + text;
    } else {
      pieces.push(text);
    }
  }
  return pieces;
}

interface Content {
  readonly entries: readonly HistoryEntry[];
  readonly lastSession: number;
}

function olderOf(path: string): string {
  return `${path}.1`;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}

function toText(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}

function fromText(text: string): Line[] {
  try {
    const line = JSON.parse(text) as Partial<Line> | null;
    const isLine =
      Number.isSafeInteger(line?.session) &&
      (line?.source === undefined || (typeof line.source === 'string' && Number.isSafeInteger(line.line)));
    return isLine ? [line as Line] : [];
  } catch {
    return [];
  }
}
