// Reads a token list from left to right; every parser of the search language is written against it.
import { SearchFault } from './row.ts';
import type { Token } from './tokens.ts';

export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #command: string;
  #at = 0;

  /** @param command name of the command, for messages */
  constructor(tokens: readonly Token[], command: string) {
    this.#tokens = tokens;
    this.#command = command;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(ahead = 0): Token {
    const last = this.#tokens.at(-1)?.end ?? 0;
    return this.#tokens[this.#at + ahead] ?? { kind: 'end', text: '', start: last, end: last };
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Takes the next token when it is this symbol. */
  takeSymbol(...symbols: readonly string[]): string | undefined {
    const token = this.peek();
    return token.kind === 'symbol' && symbols.includes(token.text) ? this.next().text : undefined;
  }

  /** Takes the next token when it is this word, in any case of letters. */
  takeWord(...words: readonly string[]): string | undefined {
    const token = this.peek();
    return token.kind === 'word' && words.includes(token.text.toLowerCase())
      ? this.next().text.toLowerCase()
      : undefined;
  }

  expectSymbol(symbol: string): Token {
    const token = this.next();
    if (token.kind !== 'symbol' || token.text !== symbol)
      this.fail(`expected "${symbol}", found ${describe(token)}`);
    return token;
  }

  /** A field name or a value: a word, or anything quoted. */
  expectText(what: string): string {
    const token = this.next();
    if (token.kind === 'symbol' || token.kind === 'end')
      this.fail(`expected ${what}, found ${describe(token)}`);
    return token.text;
  }

  /** Field names separated by commas or blanks, up to the end or to a word of `until`. */
  expectFields(...until: readonly string[]): string[] {
    const fields: string[] = [];
    while (
      !this.isAtEnd &&
      !(this.peek().kind === 'word' && until.includes(this.peek().text.toLowerCase()))
    ) {
      fields.push(this.expectText('a field name'));
      this.takeSymbol(',');
    }
    if (fields.length === 0) this.fail('expected at least one field name');
    return fields;
  }

  /** `name=value`, when it comes next. */
  takeOption(name: string): string | undefined {
    const isNext =
      this.peek().text.toLowerCase() === name && this.peek(1).kind === 'symbol' && this.peek(1).text === '=';
    if (!isNext) return undefined;
    this.next();
    this.next();
    return this.expectText(`a value for ${name}`);
  }

  expectEnd(): void {
    if (!this.isAtEnd) this.fail(`unexpected ${describe(this.peek())}`);
  }

  fail(problem: string): never {
    throw new SearchFault(`Error in '${this.#command}' command: ${problem}.`);
  }
}

function describe({ kind, text }: Token): string {
  return kind === 'end' ? 'the end' : `"${text}"`;
}
