// One statement of bash as lines of TypeScript: a command, a pipe, commands in a row, a variable, another folder.
import type { Statement } from './grammar.js';
import { MARK, type Placeholders } from './placeholders.js';
import { literalOf } from './literal.js';
import { type Session } from './session.js';
import { commandsOf, templateOf, withVariables } from './template.js';
import { wordsOf } from './words.js';

/** What a step must run, as the source says it; marks stand for parameters. `--check` holds the cell against it. */
export type ExpectedCommand =
  | {
      readonly kind: 'words';
      /** Of each command of a pipe: as it is written, and the words in it. */
      readonly stages: readonly { readonly written: string; readonly words: readonly string[] }[];
      readonly stdin: string | null;
    }
  | { readonly kind: 'constant'; readonly name: string; readonly value: string }
  | { readonly kind: 'script'; readonly text: string };

/** The lines, why a person should look, and what they must run. */
export interface StatementLines {
  readonly lines: readonly string[];
  readonly guesses: readonly string[];
  readonly expected: readonly ExpectedCommand[];
}

/** Null: it has no direct form. */
export function linesOfStatement(
  { text, redirections, isNegated }: Statement,
  session: Session,
  placeholders: Placeholders,
  line: number,
  number: number
): StatementLines | null {
  const document = redirections.length === 1 && redirections[0]!.body !== null ? redirections[0]! : null;
  if (isNegated || (redirections.length > 0 && document === null)) {
    return null;
  }
  const stdin = document === null ? null : plainDocument(document.operator, document.word, document.body!);
  if (document !== null && stdin === null) {
    return null;
  }
  const written = document === null ? text : withoutDocument(text, document.start, document.end);
  const commands = written === null ? null : commandsOf(written);
  if (commands === null || (stdin !== null && (commands.length > 1 || commands[0]!.length > 1))) {
    return null;
  }
  const made = commands.map(stages => linesOfCommand(stages, stdin, session, placeholders, line, number));
  if (made.some(each => each === null)) {
    return null;
  }
  const whole = made as StatementLines[];
  return {
    lines: whole.flatMap(({ lines }) => lines),
    guesses: whole.flatMap(({ guesses }) => guesses),
    expected: whole.flatMap(({ expected }) => expected)
  };
}

function linesOfCommand(
  stages: readonly string[],
  stdin: string | null,
  session: Session,
  placeholders: Placeholders,
  line: number,
  number: number
): StatementLines | null {
  const unset: string[] = [];
  const texts = stages.map(stage => {
    const read = withVariables(stage, session, placeholders, line);
    unset.push(...(read?.unset ?? []));
    return read?.text ?? null;
  });
  const guesses = [...new Set(unset)].map(name => `${session.originOf(name)}, so it is a parameter`);
  if (texts.includes(null)) {
    return null;
  }
  const [first] = texts as string[];
  if (stages.length === 1 && stdin === null) {
    const special = assignment(first!, session, placeholders, number) ?? folder(first!, session, number);
    if (special !== null) {
      return { ...special, guesses };
    }
  }
  const templates = texts.map(text => templateOf(text!));
  const words = texts.map(text => wordsOf(text!));
  if (templates.includes(null) || words.includes(null)) {
    return null;
  }
  const options = session.options();
  const head = stdin === null ? options : withStdin(options, stdin);
  const [start, ...rest] = templates;
  const pipes = rest.map(text => (options === '' ? `.pipe\`${text}\`` : `.pipe($(${options})\`${text}\`)`));
  return {
    lines: [`await $${head === '' ? '' : `(${head})`}\`${start}\`${pipes.join('')};`],
    guesses,
    expected: [
      {
        kind: 'words',
        stages: words.map((stage, index) => ({
          written: texts[index]!,
          words: stage!.map(({ value }) => value)
        })),
        stdin
      }
    ]
  };
}

function withStdin(options: string, stdin: string): string {
  const text = `stdin: ${literalOf(stdin)}`;
  return options === '' ? `{ ${text} }` : `{ ${text}, ${options.slice(2)}`;
}

type Special = Pick<StatementLines, 'lines' | 'expected'>;

/** `NAME=value` or `export NAME=value` as a constant; null for everything else. */
function assignment(
  text: string,
  session: Session,
  placeholders: Placeholders,
  number: number
): Special | null {
  const [, exporting, name = '', rest = ''] = /^(export\s+)?([A-Za-z_]\w*)=([^]*)$/.exec(text) ?? [];
  const words = rest === '' ? [{ value: '' }] : wordsOf(rest);
  if (
    name === '' ||
    words?.length !== 1 ||
    /^\s/.test(rest) ||
    NOT_SET.test(name) ||
    session.setBy.get(name) === number ||
    /password|passwd|secret|token|api_?key|credential/i.test(name)
  ) {
    return null;
  }
  const { value } = words[0]!;
  const constant = placeholders.constantFor(name);
  session.variables.set(name, constant);
  session.setBy.set(name, number);
  session.divided.delete(name);
  if (/^$|[\s*?[\]]/.test(value)) {
    session.divided.add(name);
  }
  if (exporting !== undefined || session.exported.has(name)) {
    session.exported.set(name, constant);
    session.changedBy = number;
  }
  const isMade = value.search(MARK) >= 0;
  const literal = isMade
    ? `\`${value.replace(/[\\`]|\$\{/g, sign => `\\${sign}`).replace(MARK, '${$1}')}\``
    : literalOf(value);
  return {
    lines: [`const ${constant}: string = ${literal};`],
    expected: [{ kind: 'constant', name: constant, value }]
  };
}

/** Programs look these up themselves. */
const NOT_SET = /^(?:PATH|HOME|PWD|IFS|SHELL|LD_\w+|PS\d)$/;

/** `cd folder`; nothing is run, the commands behind it get the option `cwd`. */
function folder(text: string, session: Session, number: number): Special | null {
  const words = /^cd\s/.test(text) ? wordsOf(text) : null;
  const to = words?.length === 2 ? words[1]!.value : '';
  if (to === '' || to.startsWith('-') || to.search(MARK) >= 0) {
    return null;
  }
  session.enter(to);
  session.changedBy = number;
  return { lines: [`// cd ${to.replace(/\n/g, ' ')}: the commands below start there`], expected: [] };
}

/** The text of a here-document that a shell would hand on as it is; null when it would replace something in it. */
function plainDocument(operator: string, word: string, body: string): string | null {
  const text = body.replace(/\n[ \t]*\S*$/, '\n').replace(/^\S*$/, '');
  const isQuoted = /^['"]/.test(word);
  if (operator !== '<<' || (!isQuoted && /[$`\\]/.test(text)) || text.search(MARK) >= 0) {
    return null;
  }
  return text;
}

/** The command line without the redirection and the lines of its body. */
function withoutDocument(text: string, start: number, end: number): string | null {
  const lineEnd = text.indexOf('\n', end);
  const behind = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
  return behind.trim() === '' ? text.slice(0, start).trimEnd() : null;
}
