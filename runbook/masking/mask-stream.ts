// Masks a text that arrives in chunks. What could be the beginning of a secret is held back until the next chunk decides;
// matches that overlap become one mark, so that no end of a secret stays beside the mark of another one.
import { ROOT, type Automaton } from './automaton.js';

/** A masked stretch, in offsets from the beginning of the whole text. */
interface Mark {
  start: number;
  end: number;
  label: string;
  length: number;
  isShown: boolean;
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const ESCAPE = 27;
const SPACE = 32;
const AT_SIGN = 64;
const BRACKET = 91;
const DELETE = 127;

/** Fewer characters before a line break are not held back: nearly every line ends with them. */
const HELD_BEFORE_LINE_BREAK = 4;

/** One text in chunks. */
export class MaskStream {
  #automaton: Automaton | null;
  #state = ROOT;
  #held = '';
  /** Offset of the first held character. */
  #base = 0;
  #marks: Mark[] = [];
  /** Offsets of what was passed over since the state left the root. */
  #passed: number[] = [];
  /** The last character was a line break that was passed over. */
  #isAfterBreak = false;
  /** How far a terminal's colour has been read. */
  #style: 'none' | 'begun' | 'open' = 'none';

  /** Without an automaton nothing is masked. */
  constructor(automaton: Automaton | null) {
    this.#automaton = automaton;
  }

  /** What may be shown after this chunk. */
  push(chunk: string): string {
    const automaton = this.#automaton;
    if (!automaton) {
      return chunk;
    }
    const from = this.#base + this.#held.length;
    this.#scan(automaton, chunk, from);
    const end = from + chunk.length;
    const isPlain = this.#state === ROOT && this.#held === '' && this.#marks.length === 0;
    if (isPlain) {
      this.#base = end;
      return chunk;
    }
    return this.#release(this.#held + chunk, end - this.#pendingLength(automaton, end));
  }

  /** What was held back at the end of the text. */
  end(): string {
    const rest = this.#release(this.#held, this.#base + this.#held.length);
    this.#state = ROOT;
    this.#style = 'none';
    this.#marks = [];
    this.#passed = [];
    return rest;
  }

  /** Goes on with other secrets. Returns what may be shown now. */
  adopt(automaton: Automaton | null): string {
    const shown = this.#marks.find(mark => mark.isShown);
    const rest = this.#held.slice(Math.max(0, (shown?.end ?? 0) - this.#base));
    this.#automaton = automaton;
    this.#state = ROOT;
    this.#style = 'none';
    this.#held = '';
    this.#marks = [];
    this.#passed = [];
    return this.push(rest);
  }

  #scan(automaton: Automaton, chunk: string, from: number): void {
    const { table, columns, firstMatch } = automaton;
    let state = this.#state;
    for (let index = 0; index < chunk.length; index++) {
      const unit = chunk.charCodeAt(index);
      let next = table[state + columns[unit]!]!;
      const isStyled = state !== ROOT && (this.#style !== 'none' || (unit === ESCAPE && next === ROOT));
      if (isStyled && this.#isOfStyle(unit)) {
        this.#passed.push(from + index);
        continue;
      }
      if (next === ROOT && state !== ROOT) {
        next = this.#afterGap(automaton, state, unit, from + index);
        if (next !== ROOT) {
          this.#passed.push(from + index);
          state = next;
          continue;
        }
      }
      state = next;
      if (state >= firstMatch) {
        this.#mark(automaton, state, from + index + 1);
        state = automaton.settle(state);
      }
      if (state === ROOT && this.#passed.length > 0) {
        this.#passed = [];
      }
    }
    this.#state = state;
    const last = chunk.charCodeAt(chunk.length - 1);
    this.#isAfterBreak =
      this.#passed.at(-1) === from + chunk.length - 1 && (last === LINE_FEED || last === CARRIAGE_RETURN);
  }

  /** The state that goes on when the character at the offset `at` does not count; the root when it does. */
  #afterGap(automaton: Automaton, state: number, unit: number, at: number): number {
    if (unit === LINE_FEED || unit === CARRIAGE_RETURN) {
      return automaton.afterBreak(state);
    }
    if (unit !== SPACE && unit !== TAB) {
      return ROOT;
    }
    return this.#passed.at(-1) === at - 1 ? automaton.afterBreak(state) : automaton.afterBlank(state);
  }

  /** True for a character of a terminal's colour (`ESC [ 31 m`), which does not end the text around it. */
  #isOfStyle(unit: number): boolean {
    const before = this.#style;
    this.#style =
      unit === ESCAPE
        ? 'begun'
        : (before === 'begun' && unit === BRACKET) || (before === 'open' && unit >= SPACE && unit < AT_SIGN)
          ? 'open'
          : 'none';
    return this.#style !== 'none' || (before === 'open' && unit >= AT_SIGN && unit < DELETE);
  }

  #mark(automaton: Automaton, state: number, end: number): void {
    const pattern = automaton.matchOf(state);
    if (!pattern) {
      return;
    }
    const { label, text } = pattern;
    const start = this.#startOf(text.length, end);
    let mark: Mark = { start, end, label, length: text.length, isShown: false };
    for (let last = this.#marks.at(-1); last && last.end > mark.start; last = this.#marks.at(-1)) {
      const longer = last.isShown || last.length >= mark.length ? last : mark;
      mark = { ...longer, start: Math.min(last.start, mark.start), end, isShown: last.isShown };
      this.#marks.pop();
      if (last.isShown) {
        break;
      }
    }
    this.#marks.push(mark);
  }

  /** Where the last `length` characters before `end` begin when what was passed over does not count. */
  #startOf(length: number, end: number): number {
    let start = end - length;
    for (let index = this.#passed.length - 1; index >= 0 && this.#passed[index]! >= start; index--) {
      start--;
    }
    return start;
  }

  #pendingLength(automaton: Automaton, end: number): number {
    const depth = automaton.depthOf(this.#state);
    return this.#isAfterBreak && depth < HELD_BEFORE_LINE_BREAK ? 0 : end - this.#startOf(depth, end);
  }

  /** Gives away `text`, which begins at the base, up to the offset `limit`, with its marks. */
  #release(text: string, limit: number): string {
    const safe = Math.max(limit, this.#base);
    let shown = '';
    let cursor = this.#base;
    while (this.#marks.length > 0 && this.#marks[0]!.start < safe) {
      const mark = this.#marks[0]!;
      shown += text.slice(cursor - this.#base, Math.max(cursor, mark.start) - this.#base);
      shown += mark.isShown ? '' : mark.label;
      mark.isShown = true;
      cursor = Math.max(cursor, Math.min(mark.end, safe));
      if (mark.end > safe) {
        break;
      }
      this.#marks.shift();
    }
    shown += text.slice(cursor - this.#base, safe - this.#base);
    this.#held = text.slice(safe - this.#base);
    this.#base = safe;
    return shown;
  }
}
