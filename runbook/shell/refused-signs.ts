// What bash understands and `$` does not: each sign with its name and what to write instead. Read in the shape of a word, which has
// QUOTED for every character that stands in quotes, after a backslash, or comes from a value: those mean nothing to bash either.

/** In the shape of a word: a character that means nothing but itself. */
export const QUOTED = '\0';

const SCRIPT = 'or give a script to a shell of your own: $`bash -c ${script}`';

/** Operators, the longest first. They end a word, wherever they stand. */
const OPERATORS: readonly (readonly [sign: string, words: string])[] = [
  ['<<<', 'gives text to a command; use the option stdin'],
  ['<<', 'begins a here-document; give the text with the option stdin'],
  ['<(', `gives the output of a command as a file; write it to a file first, ${SCRIPT}`],
  ['>(', `gives a command as a file; use .pipe\`…\`, ${SCRIPT}`],
  ['||', `runs a command when the one before it fails; use try and catch of TypeScript, ${SCRIPT}`],
  ['&&', 'separates commands; await them one by one: a failed one ends the step'],
  ['&>', `redirects output; use stdout and stderr of the result, ${SCRIPT}`],
  ['>|', `redirects output; use stdout of the result, ${SCRIPT}`],
  ['>&', `redirects output; use stdout and stderr of the result, ${SCRIPT}`],
  ['|', `pipes commands together; use .pipe\`…\`, ${SCRIPT}`],
  ['>', `redirects output; use stdout of the result, ${SCRIPT}`],
  ['<', 'redirects input; give the text with the option stdin'],
  [';', 'separates commands; await them one by one'],
  ['&', 'runs a command in the background; use background(), or quotes to pass it on as it is'],
  ['(', 'begins a group of commands; await them one by one, or use quotes to pass it on as it is'],
  [')', 'ends a group of commands; await them one by one, or use quotes to pass it on as it is']
];

/** The operator with which `text` begins, and the fault that it is; or null. */
export function operatorAt(text: string): { readonly sign: string; readonly fault: string } | null {
  const found = OPERATORS.find(([sign]) => text.startsWith(sign));
  if (!found) {
    return null;
  }
  const [sign, words] = found;
  return { sign, fault: `The ${sign.length === 1 ? 'character' : 'characters'} ${sign} ${words}.` };
}

const WORD_SIGNS: readonly (readonly [pattern: RegExp, fault: string])[] = [
  [/\*/, patternFault('character *')],
  [/\?/, patternFault('character ?')],
  [/\[[!^]?[^][^\]]*\]/, patternFault('characters […]')],
  [
    /\{[^]*(?:,|\.\.)[^]*\}/,
    'The characters {…} stand for several words; give a list of TypeScript: ${[…]}, or put them in quotes to pass them on as they are.'
  ],
  [
    /^~|^[A-Za-z_]\w*\+?=(?:[^]*:)?~/,
    'A leading ~ means a home folder only to a shell; use ${process.env.HOME}, or put it in quotes to pass it on as it is.'
  ],
  [
    /^!(?:[!$#]|-?\d|[A-Za-z])/,
    'A leading ! recalls an earlier command at the prompt of a shell; write that command, or put it in quotes to pass it on as it is.'
  ]
];

function patternFault(name: string): string {
  return `The ${name} ${name.startsWith('characters') ? 'are' : 'is'} a pattern of file names; put the word in quotes to pass it on as it is, or list the files in TypeScript.`;
}

/** What bash would not take as it is in a word of this shape. */
export function faultsOfWord(shape: string): string[] {
  return WORD_SIGNS.filter(([pattern]) => pattern.test(shape)).map(([, fault]) => fault);
}

/** What bash would not run as a program: its own words, and what it does by itself. */
export function faultsOfProgram(shape: string): string[] {
  if (/^[A-Za-z_]\w*(?:\[[^]*\])?\+?=/.test(shape)) {
    return [
      `'${/^[^=]*/.exec(shape)![0]}=' sets a variable; use the option env: $({ env: { NAME: 'value' } })\`…\`.`
    ];
  }
  if (shape === '!') {
    return ['The word ! turns success into failure; use the option expect: $({ expect: [1] })`…`.'];
  }
  if (SHELL_WORDS.has(shape)) {
    return [`'${shape}' belongs to the language of the shell; use that of TypeScript, ${SCRIPT}.`];
  }
  const advice = Object.entries(SHELL_COMMANDS).find(([names]) => names.split(' ').includes(shape))?.[1];
  return advice === undefined ? [] : [`'${shape}' is a command of the shell itself; ${advice}.`];
}

const SHELL_WORDS: ReadonlySet<string> = new Set(
  '{ } [[ ]] if then else elif fi for while until do done case esac select function time coproc in'.split(' ')
);

/** What only changes the shell that it runs in. `echo`, `test`, `[`, `printf`, `pwd`, `kill` are programs too. */
const SHELL_COMMANDS: { readonly [names: string]: string } = {
  'cd pushd popd dirs': "use the option cwd: $({ cwd: 'folder' })`…`",
  'export declare typeset local readonly unset': "use the option env: $({ env: { NAME: 'value' } })`…`",
  'source . eval exec command builtin': SCRIPT.replace(/^or /, ''),
  'set shopt alias unalias trap umask ulimit read wait jobs fg bg disown let type hash exit return break continue shift getopts mapfile readarray history : enable': `write it in TypeScript, ${SCRIPT}`
};

/** What follows a $ that bash would replace, outside of single quotes. */
export function isVariable(next: string, isQuoted: boolean): boolean {
  return /[\w({[*@#?!$-]/.test(next) || (!isQuoted && /['"]/.test(next));
}

/** The fault of a $ with what follows it. */
export const VARIABLE_FAULT =
  'The character $ is a shell variable or what a command prints; use ${…} of TypeScript (${process.env.HOME}, ${await $`date`.text()}), or single quotes to pass it on as it is.';

/** The fault of a backtick. */
export const BACKTICK_FAULT =
  'The character ` takes in what a command prints; use ${await $`…`.text()}, or single quotes to pass it on as it is.';

/** The fault of a comment. */
export const COMMENT_FAULT =
  'The character # begins a comment; write it behind // in TypeScript, or put it in quotes to pass it on as it is.';

/** The fault of a command that goes on in another line. */
export const LINE_BREAK_FAULT =
  'A line break ends a command; end the line with a backslash, or await the commands one by one.';

/** What is wrong with a character that looks like another one or like none, or null. `sign`: one code point outside of quotes. */
export function lookalikeFault(sign: string): string | null {
  const kind = /[ \t\n]/.test(sign) ? undefined : LOOKALIKES.find(([pattern]) => pattern.test(sign));
  const code = `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return kind
    ? `The character ${kind[2] ? `${sign} (${code})` : code} is ${kind[1]}, or put it in quotes to pass it on as it is.`
    : null;
}

const LOOKALIKES: readonly (readonly [pattern: RegExp, words: string, isVisible: boolean])[] = [
  [/[\p{Zs}\p{Zl}\p{Zp}]/u, 'a space that separates nothing; write a plain space', false],
  [/[\p{Cf}\p{Cc}\u034F\u115F\u1160\u3164\uFFA0]/u, 'invisible; delete it', false],
  [
    /[\u2018-\u201F\u2032-\u2036\u00AB\u00BB\u2039\u203A\u00B4\uFF02\uFF07]/u,
    `a typographic quotation mark; write ' or "`,
    true
  ],
  [/[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/u, 'a typographic dash; write -', true]
];
