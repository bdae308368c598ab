// The command that is being written at the cursor: the text of a template with the tag `$` that is open there. Code that is being written is
// no syntax, so a scanner of strings, templates and comments reads it; a regular expression with a quote in it may mislead it, and then
// nothing is completed as a command.

/** A word of a command that ends at the cursor. */
export interface CommandWord {
  /** As it is written, without an opening quote. */
  readonly text: string;
  /** Offset of its first character in the code. */
  readonly start: number;
  /** True for the name of a program, false for an argument. */
  readonly isProgram: boolean;
}

/** The word at `offset`; null when no command is open there. */
export function commandWordAt(code: string, offset: number): CommandWord | null {
  const begin = openCommand(code.slice(0, offset));
  return begin === null ? null : lastWord(code.slice(begin, offset), begin);
}

interface Open {
  readonly kind: 'template' | 'braces';
  /** Of the text of a template with the tag `$`, or null. */
  readonly command: number | null;
}

/** Where the text of the innermost open command begins, or null. */
function openCommand(code: string): number | null {
  const stack: Open[] = [];
  for (let at = 0; at < code.length; at++) {
    const open = stack.at(-1);
    const sign = code[at]!;
    if (open?.kind === 'template') {
      if (sign === '\\') {
        at += 1;
      } else if (sign === '`') {
        stack.pop();
      } else if (code.startsWith('${', at)) {
        stack.push({ kind: 'braces', command: null });
        at += 1;
      }
    } else if (sign === '`') {
      stack.push({ kind: 'template', command: TAG.test(code.slice(0, at)) ? at + 1 : null });
    } else if (sign === '{') {
      stack.push({ kind: 'braces', command: null });
    } else if (sign === '}') {
      stack.pop();
    } else {
      at = endOfSkipped(code, at);
    }
  }
  return stack.at(-1)?.command ?? null;
}

/** `$`, and `$({ … })` with options. */
const TAG = /(?:^|[^\w$.])\$(?:\([^`]*\))?$/;

/** The last character of the string or comment that begins at `at`; `at` where none does. */
function endOfSkipped(code: string, at: number): number {
  const sign = code[at]!;
  const end = code.startsWith('//', at)
    ? code.indexOf('\n', at)
    : code.startsWith('/*', at)
      ? code.indexOf('*/', at + 2) + 1
      : sign === '"' || sign === "'"
        ? at + (STRING.exec(code.slice(at))?.[0].length ?? 1) - 1
        : at;
  return end < at ? code.length : end;
}

const STRING = /^(["'])(?:\\.|(?!\1)[^\\\n])*\1?/;

/** Words are parted by blanks; a new command begins behind `|`, `;`, `&&` and `||`. A value that is put in belongs to its word. */
function lastWord(text: string, begin: number): CommandWord {
  const [, word = ''] = /((?:\$\{[^}]*\}|[^\s|;&'"]|(?<=\S)['"])*)$/.exec(text) ?? [];
  const before = text
    .slice(0, text.length - word.length)
    .replace(/['"]$/, '')
    .trimEnd();
  return {
    text: word,
    start: begin + text.length - word.length,
    isProgram: before === '' || /[|;&]$/.test(before)
  };
}
