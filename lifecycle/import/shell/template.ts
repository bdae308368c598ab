// A simple command of bash as the text of a `$` template. What `$` would refuse is no template: then a script keeps the command.
import { readCommand } from '../../../runbook/shell/parse-command.js';
import { isVariable } from '../../../runbook/shell/refused-signs.js';
import { MARK, markOf, type Placeholders } from './placeholders.js';
import type { Session } from './session.js';

/** The command between backticks, with `${name}` for every mark; null when it means something else there. */
export function templateOf(text: string): string | null {
  const escaped = text.replace(/`|\$\{/g, sign => `\\${sign}`);
  if (/\\\\(?:`|\$\{)/.test(escaped) || /\\$/.test(escaped)) {
    return null; // A backslash of the command would take away ours.
  }
  const parts = escaped.split(MARK);
  const raw = parts.filter((_, index) => index % 2 === 0);
  const names = parts.filter((_, index) => index % 2 === 1);
  const { faults } = readCommand({ raw } as unknown as TemplateStringsArray, names);
  return faults.length > 0 ? null : escaped.replace(MARK, (_, name: string) => `\${${name}}`);
}

/** Divides `a && b | c` outside of quotes: commands, each a list of the stages of a pipe. Null for other operators. */
export function commandsOf(text: string): string[][] | null {
  const commands: string[][] = [['']];
  for (const [part] of text.matchAll(
    /\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|&&|\|\||\|&|[|;&\n]|[^\\'"|;&\n]+|['"\\]/g
  )) {
    const command = commands.at(-1)!;
    if (part === '&&') {
      commands.push(['']);
    } else if (part === '|') {
      command.push('');
    } else if (part === '\n' && command.at(-1)!.trim() === '') {
      continue; // A line may end behind an operator.
    } else if (/^(?:\|\||\|&|[;&\n])$/.test(part)) {
      return null;
    } else {
      command[command.length - 1] += part;
    }
  }
  const all = commands.map(stages => stages.map(stage => stage.trim()));
  return all.some(stages => stages.includes('')) ? null : all;
}

/**
 * The text with marks for its shell variables: those that the document has set, and parameters for those that nobody sets. Null when a
 * shell has to replace something in it.
 */
export function withVariables(
  text: string,
  session: Session,
  placeholders: Placeholders,
  line: number
): { readonly text: string; readonly unset: readonly string[] } | null {
  const unset: string[] = [];
  let marked = '';
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const sign = text[index]!;
    const [written = '', braced, bare] = /^\$(?:\{(\w+)\}|(\w+))/.exec(text.slice(index, index + 80)) ?? [];
    const name = braced ?? bare;
    if (sign === '\\' && quote !== "'") {
      marked += text.slice(index, index + 2);
      index++;
    } else if (quote === "'" || (sign !== '$' && sign !== '`')) {
      quote = sign === quote ? '' : quote === '' && /['"]/.test(sign) ? sign : quote;
      marked += sign;
    } else if (name !== undefined) {
      const isDivided = quote === '' && session.divided.has(name) && !/^(?:export )?\w+=/.test(text);
      if (/^\d|^_$/.test(name) || OF_SHELL.has(name) || isDivided) {
        return null;
      }
      const constant = session.variables.get(name);
      if (constant === undefined) {
        unset.push(name);
      }
      marked += markOf(constant ?? placeholders.add(`$${name}`, name, 'variable', line).name);
      index += written.length - 1;
    } else if (sign === '`' || isVariable(text[index + 1] ?? '', quote === '"')) {
      return null;
    } else {
      marked += sign;
    }
  }
  return { text: marked, unset };
}

/** Variables that the shell or the system sets. */
const OF_SHELL: ReadonlySet<string> = new Set(
  'HOME USER PATH PWD OLDPWD SHELL LANG TERM TMPDIR HOSTNAME RANDOM SECONDS UID EUID PPID IFS PS1 LOGNAME EDITOR BASH BASH_SOURCE LINENO PIPESTATUS REPLY'.split(
    ' '
  )
);
