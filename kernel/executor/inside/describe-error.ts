// Any thrown value as Jupyter shows an error: name, message, and the frames of cells and of the author's own modules. Frames of
// Launchbook and of Node itself are left out, and paths are relative to the notebook's folder, because the traceback is
// committed with the notebook.
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import {
  isLaunchbookError,
  moreAbout,
  toErrorRecord,
  type ErrorRecord
} from '../../../contract/base/error.js';
import type { CellError } from '../../../contract/base/cell-error.js';
import { authorMessage, type AuthorTexts } from './author-texts.js';
import { withoutMark } from './modules/fresh-modules.js';
import { explainNativeAddon } from './modules/native-addon.js';
import { Array, Object, Set } from '../intrinsics.js';

/** Where an error without frames happened, for example a syntax error. */
export interface Place {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

const DEEPEST_CAUSE = 5;
const OF_NODE = /(?:\(|at |async )node:/;

/** Prints errors for one notebook folder. */
export class ErrorPrinter {
  readonly #folders: readonly string[];
  readonly #hidden: readonly string[];
  readonly #texts: AuthorTexts;

  /** `ownFolders` are absolute paths of our own compiled layers. */
  constructor(folder: string, ownFolders: readonly string[], texts: AuthorTexts) {
    this.#texts = texts;
    this.#folders = [`${pathToFileURL(folder).href}/`, `${folder}/`];
    this.#hidden = ['(<anonymous>)', ...ownFolders.flatMap(own => [own, pathToFileURL(own).href])];
  }

  describe(thrown: unknown, place?: Place): CellError {
    try {
      return this.#describe(explainNativeAddon(thrown), place);
    } catch {
      const evalue = 'The thrown value cannot be described: reading its name or message throws as well.';
      const record = { name: 'UnprintableError', code: 'foreign.unprintable', message: evalue };
      return { ename: record.name, evalue, traceback: [`${record.name}: ${evalue}`], record };
    }
  }

  /** What `console.trace()` prints: where the author's code stands. */
  trace(mark: Error, message: string): string {
    return [message === '' ? 'Trace' : `Trace: ${message}`, ...this.#frames(mark, undefined)].join('\n');
  }

  #describe(thrown: unknown, place: Place | undefined): CellError {
    const record = isError(thrown)
      ? withAuthorMessage(toErrorRecord(thrown))
      : {
          name: 'NonError',
          code: 'foreign.thrown',
          message: `A value that is not an error was thrown: ${inspect(thrown)}`
        };
    const frames = this.#frames(thrown, place);
    const traceback = this.#print(
      thrown,
      { name: record.name, message: record.message, frames },
      0,
      new Set([thrown])
    );
    return {
      ename: record.name,
      evalue: record.message,
      traceback: isLaunchbookError(thrown) ? [...traceback, moreAbout(thrown.code)] : traceback,
      record: { ...record, frames: frames.map(frame => frame.trim()) }
    };
  }

  #print(
    thrown: unknown,
    head: { readonly name: string; readonly message: string; readonly frames: readonly string[] },
    depth: number,
    seen: Set<unknown>
  ): string[] {
    const title = head.message === '' ? head.name : `${head.name}: ${head.message}`;
    const lines = [...title.split('\n'), ...head.frames, ...fieldsOf(thrown)];
    if (isLaunchbookError(thrown) && thrown.hint !== undefined) {
      lines.push(`Hint: ${thrown.hint}`);
    }
    for (const [label, inner] of innerErrors(thrown)) {
      if (depth < DEEPEST_CAUSE && !seen.has(inner)) {
        seen.add(inner);
        const [first = '', ...rest] = this.#print(inner, this.#head(inner), depth + 1, seen);
        lines.push(`${label}: ${first}`, ...rest.map(line => `  ${line}`));
      }
    }
    return lines;
  }

  #head(thrown: unknown): { name: string; message: string; frames: readonly string[] } {
    return isError(thrown)
      ? { name: thrown.name, message: authorMessage(thrown.message), frames: this.#frames(thrown, undefined) }
      : { name: inspect(thrown), message: '', frames: [] };
  }

  #frames(thrown: unknown, place: Place | undefined): string[] {
    const stack: unknown = isError(thrown) ? thrown.stack : undefined;
    const lines = typeof stack === 'string' ? stack.split('\n') : [];
    const frames = lines
      .filter(line => /^\s+at /.test(line) && !OF_NODE.test(line))
      .filter(line => !this.#hidden.some(part => line.includes(part)))
      .map(line => this.#shorten(this.#texts.frame(line)));
    return frames.length === 0 && place !== undefined
      ? [this.#shorten(`    at ${place.url}:${place.line}:${place.column}`)]
      : frames;
  }

  #shorten(line: string): string {
    const short = this.#folders.reduce((text, folder) => text.replaceAll(folder, ''), withoutMark(line));
    return this.#texts.named(short);
  }
}

function withAuthorMessage(record: ErrorRecord): ErrorRecord {
  return { ...record, message: authorMessage(record.message) };
}

function isError(value: unknown): value is Error {
  return (
    value instanceof Error ||
    Object.prototype.toString.call(value) === '[object Error]' ||
    isLaunchbookError(value)
  );
}

// Fields that somebody put on an error of Node or of a package, such as `code: 'ENOENT'`; ours are in the message already.
function fieldsOf(thrown: unknown): string[] {
  if (!isError(thrown) || isLaunchbookError(thrown)) {
    return [];
  }
  const shown = Object.entries(thrown).filter(
    ([name]) => !['name', 'message', 'stack', 'cause', 'errors'].includes(name)
  );
  return shown.flatMap(([name, value]) =>
    `    ${name}: ${inspect(value, { depth: 1, maxStringLength: 1000 })}`.split('\n')
  );
}

function innerErrors(thrown: unknown): [string, unknown][] {
  if (!isError(thrown)) {
    return [];
  }
  const { cause, errors } = thrown as Error & { readonly errors?: unknown };
  const several: unknown[] = Array.isArray(errors) ? errors : [];
  return [
    ...several.map((error, index): [string, unknown] => [`${index + 1} of ${several.length}`, error]),
    ...(cause === undefined ? [] : ([['Caused by', cause]] as [string, unknown][]))
  ];
}
