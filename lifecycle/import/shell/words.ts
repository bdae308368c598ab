// The words of a simple command as a shell reads them. Written apart from the reader of `$` (runbook/shell/parse-command.ts), because one
// is held against the other: arguments count as equal only when both say so.

/** A word with the offsets of what it was written as. */
export interface ShellWord {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|[^\s\\'"])+/g;

/** The words of `text`; null for what a shell would expand, redirect or group. */
export function wordsOf(text: string): readonly ShellWord[] | null {
  const joined = text.replace(/\\\n/g, mark => '\u{F8FF}'.repeat(mark.length));
  const words: ShellWord[] = [];
  let rest = joined;
  for (const { 0: written, index } of joined.matchAll(WORD)) {
    const value = unquoted(written.replaceAll('\u{F8FF}', ''));
    if (value === null) {
      return null;
    }
    rest = rest.slice(0, index) + ' '.repeat(written.length) + rest.slice(index + written.length);
    if (written.replaceAll('\u{F8FF}', '') !== '') {
      words.push({ value, start: index, end: index + written.length });
    }
  }
  return /[^ \t\n\u{F8FF}]/u.test(rest) ? null : words;
}

function unquoted(written: string): string | null {
  let value = '';
  for (const [part] of written.matchAll(/\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|[^\\'"]+/g)) {
    if (part.startsWith("'")) {
      value += part.slice(1, -1);
    } else if (part.startsWith('"')) {
      if (/(?<!\\)(?:\\\\)*[$`]/.test(part) || part.includes('!')) {
        return null;
      }
      value += part.slice(1, -1).replace(/\\(["\\$`])/g, '$1');
    } else if (part.startsWith('\\')) {
      value += part.slice(1);
    } else if (/[$`*?[\]{}()<>|&;!~#]/.test(part)) {
      // Some of these mean themselves in some places: that is for the reader of `$` to say, not for this one.
      const isPlain = /^[^$`*?()<>|&;[]*$/.test(part) && !/^[#~!]|\{[^]*(?:,|\.\.)/.test(part);
      if (!isPlain) {
        return null;
      }
      value += part;
    } else {
      value += part;
    }
  }
  return value;
}
