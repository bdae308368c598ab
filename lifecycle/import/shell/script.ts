// A block that needs a shell: one step with the lines as they are written, for bash. Parameters reach it as variables of its environment,
// so that none of them is ever read as shell.
import type { ByHand } from './unrunnable.js';
import type { Statement } from './grammar.js';
import { MARK, type Placeholder } from './placeholders.js';
import type { Session } from './session.js';
import type { ExpectedCommand } from './statement.js';
import { wordsOf } from './words.js';

/** The code of the step, or why a person has to do it. */
export function scriptOf(
  written: string,
  marked: { readonly text: string; readonly found: readonly Placeholder[] },
  statements: readonly Statement[],
  session: Session,
  number: number
):
  | {
      readonly code: string;
      readonly guesses: readonly string[];
      readonly expected: readonly ExpectedCommand[];
    }
  | ByHand {
  const hosts = marked.found.filter(({ kind }) => kind === 'host');
  const text = hosts
    .reduce((rest, { name, written: host }) => rest.replaceAll(`LBq${name}qLB`, host), marked.text)
    .trim();
  const gaps = marked.found.filter(({ kind }) => kind !== 'host');
  const filled = gaps.length === 0 ? text : withShellVariables(text);
  if (filled === null) {
    return {
      reason: 'it needs a shell, and a gap to fill in stands in single quotes or a here-document',
      proposal: 'fill the gap in, or divide the block',
      isRefused: true
    };
  }
  const own = new Set(
    [
      ...written.matchAll(
        /(?:^|[;&|(\s])(?:export\s+|local\s+|read\s+(?:-\w+\s+)*|for\s+)?([A-Za-z_]\w*)(?==|\s+in\b)/gm
      )
    ].map(([, name]) => name!)
  );
  const used = [...new Set([...written.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name!))];
  const given = used.filter(
    name => session.variables.has(name) && !own.has(name) && !session.exported.has(name)
  );
  const more: (readonly [string, string])[] = [
    ...given.map(name => [name, session.variables.get(name)!] as const),
    ...[...new Set(gaps)].map(({ name }) => [`LB_${name}`, name] as const)
  ];
  const options = session.options(more);
  const isLeft = statements.some(({ text: each }) =>
    /^(?:(?:export|source|\.|alias|umask|ulimit|unset|pushd|declare|readonly)\s|cd\s[^]*(?:[$`~]|LBq))/.test(
      each
    )
  );
  const guesses = unknownVariables(used, own, session);
  statements.forEach(({ text: each }) => leaveFor(each, session, number));
  const set = written.matchAll(
    /(?:^|[;&|({]|\bdo|\bthen|\belse)\s*(?:export\s+|readonly\s+)?([A-Za-z_]\w*)\+?=/gm
  );
  session.end([...set].map(([, name]) => name!));
  const code = `const script = ${templateText(filled)};\nawait $${options === '' ? '' : `(${options})`}\`bash -ceu \${script}\`;`;
  return {
    code,
    guesses: [
      ...(isLeft ? ['variables and folders that the script sets end with this step'] : []),
      ...(hosts.length > 0 ? [`it names the host ${hosts[0]!.written}`] : []),
      ...guesses
    ],
    expected: [{ kind: 'script', text: filled }]
  };
}

/** What the reader's shell would be in afterwards: a plain `cd` of the block. */
function leaveFor(statement: string, session: Session, number: number): void {
  const words = /^cd\s/.test(statement) ? wordsOf(statement) : null;
  const to = words?.length === 2 ? words[1]!.value : '-';
  if (!to.startsWith('-') && to.search(MARK) < 0) {
    session.enter(to);
    session.changedBy = number;
  }
}

/** bash -u stops at a variable that nobody sets; the environment may have it. */
function unknownVariables(used: readonly string[], own: ReadonlySet<string>, session: Session): string[] {
  const unset = used.filter(
    name =>
      !own.has(name) &&
      !session.variables.has(name) &&
      !/^(?:HOME|USER|PATH|PWD|SHELL|LANG|TMPDIR|HOSTNAME|RANDOM|UID)$/.test(name)
  );
  return unset.map(name => `${session.originOf(name)}, so it has to be in the environment`);
}

/** Marks as variables: in double quotes as they are, elsewhere in quotes of their own. Null for one that a shell would not replace. */
function withShellVariables(text: string): string | null {
  if (/<<-?\s*['"]?\w/.test(text)) {
    return null;
  }
  let quote = '';
  let filled = '';
  for (const [part, name] of text.matchAll(/LBq([A-Za-z0-9]+)qLB|\\[^]|[^]/g)) {
    if (name !== undefined) {
      if (quote === "'") {
        return null;
      }
      filled += quote === '"' ? `\${LB_${name}}` : `"\${LB_${name}}"`;
    } else {
      quote = part === quote ? '' : quote === '' && /^['"]$/.test(part) ? part : quote;
      filled += part;
    }
  }
  return filled.search(MARK) >= 0 ? null : filled;
}

/** As it is written where that is possible. */
function templateText(text: string): string {
  return /`|\$\{|\\$/.test(text)
    ? `\`${text.replace(/[\\`]|\$\{/g, sign => `\\${sign}`)}\``
    : `String.raw\`${text}\``;
}
