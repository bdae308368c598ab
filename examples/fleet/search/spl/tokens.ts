// Splits the text of one command into tokens with their positions. Quoted text keeps its blanks and may contain \" and \\.
// A caller says what a word is: the search command has words such as `tea-*`, an expression has names and numbers.
import { SearchFault } from './row.ts';

export interface Token {
  /** `string` is in double quotes, `name` in single quotes, `symbol` is an operator or bracket. */
  readonly kind: 'word' | 'string' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Lexicon {
  /** Sticky pattern of a word. */
  readonly word: RegExp;
  /** Longest first. */
  readonly symbols: readonly string[];
  readonly hasNames: boolean;
}

/** Words of search terms and of most arguments: anything up to a blank, bracket, comma, quote or comparison. */
export const ARGUMENT_LEXICON: Lexicon = {
  word: /(?:[^\s(),"=<>!]|!(?!=))+/y,
  symbols: ['!=', '>=', '<=', '(', ')', ',', '=', '<', '>'],
  hasNames: false
};

export function tokenize(text: string, { word, symbols, hasNames }: Lexicon): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const letter = text.charAt(at);
    if (/\s/.test(letter)) {
      at += 1;
      continue;
    }
    if (letter === '"' || (hasNames && letter === "'")) {
      const quoted = readQuoted(text, at, letter);
      at = quoted.end;
      tokens.push({ kind: letter === '"' ? 'string' : 'name', text: quoted.text, start, end: at });
      continue;
    }
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    const symbol =
      found === undefined ? symbols.find(candidate => text.startsWith(candidate, at)) : undefined;
    const piece = found ?? symbol;
    if (piece === undefined) throw new SearchFault(`unexpected character "${letter}" in "${text.trim()}".`);
    at += piece.length;
    tokens.push({ kind: found === undefined ? 'symbol' : 'word', text: piece, start, end: at });
  }
  return tokens;
}

function readQuoted(text: string, start: number, quote: string): { text: string; end: number } {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    const next = text.charAt(at + 1);
    if (letter === '\\' && (next === quote || next === '\\')) {
      value += next;
      at += 1;
    } else if (letter === quote) {
      return { text: value, end: at + 1 };
    } else {
      value += letter;
    }
  }
  throw new SearchFault('Unbalanced quotes.');
}
