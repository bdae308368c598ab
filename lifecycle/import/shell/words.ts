// The words of a simple command as a shell reads them. Written apart from the reader of `$` (runbook/shell/parse-command.ts), because one
// is held against the other: arguments count as equal only when both say so.

/** A word with the offsets of what it was written as. */
export interface ShellWord {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|[^\s\\'"])+/g;

/** A line break that a backslash takes away, in as many letters. */
const GLUE = '\u{F8FF}\u{F8FF}';

/** The words of `text`; null for what a shell would expand, redirect or group. */
export function wordsOf(text: string): readonly ShellWord[] | null {
  const joined = text.replace(/'[^']*'|\\[^]|"(?:\\[^]|[^"\\])*"/g, part =>
    part === '\\\n'
      ? GLUE
      : part.startsWith('"')
        ? part.replace(/\\[^]/g, sign => (sign === '\\\n' ? GLUE : sign))
        : part
  );
  const words: ShellWord[] = [];
  let rest = joined;
  for (const { 0: written, index } of joined.matchAll(WORD)) {
    const value = unquoted(written.replaceAll('\u{F8FF}', ''));
    if (value === null) {
      return null;
    }
    rest = rest.slice(0, index) + ' '.repeat(written.length) + rest.slice(index + written.length);
    if (written.replaceAll('\u{F8FF}', '') !== '') {
      const lead = /^\u{F8FF}*/u.exec(written)![0].length;
      words.push({ value, start: index + lead, end: index + written.replace(/\u{F8FF}+$/u, '').length });
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
