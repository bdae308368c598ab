// What V8 says of a cell, in its author's words. A cell is evaluated with a directive before its text and with marks at the names that its
// functions read and call; they are taken out of columns and messages where these are shown.
import { NAMES_OBJECT } from '../../../contract/notebook/names-object.js';
import { Map } from '../intrinsics.js';
import type { Script } from '../wire/messages.js';

/** Stands before the text of each cell: cells are strict, as the modules that they are checked as. It stands first, so that no line moves. */
export const STRICT = `'use strict';`;

const MOST_TEXTS = 256;
const MARK = new RegExp(`${NAMES_OBJECT}\\.|\\/\\*${NAMES_OBJECT}\\*\\/`, 'g');
const PLACE = /(file:\S*\/cell-\d+\.ts):(\d+):(\d+)/;

/** Knows the texts that have marks. */
export class AuthorTexts {
  /** By the name in stack traces, the oldest first. */
  readonly #texts = new Map<string, string>();
  /** The numbers that people see beside the cells, by the names of their texts in a stack. */
  readonly #counts = new Map<string, number>();

  /** A cell is evaluated. */
  note({ sourceUrl, js, count }: Pick<Script, 'sourceUrl' | 'js' | 'count'>): void {
    if (count !== undefined) {
      this.#counts.set(sourceUrl.slice(sourceUrl.lastIndexOf('/') + 1), count);
    }
    if (!js.includes(NAMES_OBJECT)) {
      return;
    }
    this.#texts.set(sourceUrl, js);
    if (this.#texts.size > MOST_TEXTS) {
      this.#texts.delete(this.#texts.keys().next().value!);
    }
  }

  /** A stack frame whose cells are named as people see them, as `[10]:3:5`. */
  named(frame: string): string {
    return frame.replace(/(?<![\w./-])(cell-\d+\.ts)(?=:\d+:\d+)/g, file =>
      this.#counts.has(file) ? `[${this.#counts.get(file)}]` : file
    );
  }

  /** A stack frame with the author's column. */
  frame(frame: string): string {
    const unmarked = frame.replace(PLACE, (place: string, url: string, line: string, column: string) => {
      const text = this.#texts.get(url)?.split('\n')[Number(line) - 1];
      const before = text?.slice(0, Number(column) - 1 - (line === '1' ? STRICT.length : 0)) ?? '';
      const marks = before.match(MARK)?.join('').length ?? 0;
      return marks === 0 ? place : `${url}:${line}:${Number(column) - marks}`;
    });
    return unmarked.replace(
      /(\/cell-\d+\.ts:1:|^\s+at user-expression:1:)(\d+)/,
      (_all, place: string, column: string) => place + Math.max(1, Number(column) - STRICT.length)
    );
  }
}

/** The message of an error with the author's names. */
export function authorMessage(message: string): string {
  return message.replace(MARK, '');
}
