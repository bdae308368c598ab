// Replacements in a text, collected in any order and applied at once. A replacement keeps the number of lines, so that
// everything after it stays on the line where its author wrote it.

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Collects replacements. */
export class Edits {
  readonly #text: string;
  readonly #edits: Edit[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Replaces a range; the line breaks of the range follow the new text. */
  replace(start: number, end: number, text: string): void {
    const missing = countBreaks(this.#text.slice(start, end)) - countBreaks(text);
    this.#edits.push({ start, end, text: text + '\n'.repeat(Math.max(0, missing)) });
  }

  insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text });
  }

  /** Blanks a range: the text after it keeps its column too. */
  blank(start: number, end: number, first = ''): void {
    const rest = this.#text.slice(start + first.length, end).replace(/[^\r\n]/g, ' ');
    this.#edits.push({ start, end, text: first + rest });
  }

  apply(): string {
    let result = '';
    let at = 0;
    for (const edit of this.#edits.sort((one, other) => one.start - other.start || one.end - other.end)) {
      result += this.#text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return result + this.#text.slice(at);
  }
}

function countBreaks(text: string): number {
  return text.split('\n').length - 1;
}
