// Which blocks of code say that they are shell, and the programs that this team uses in them.
import type { Code, Nodes } from 'mdast';
import { programsOf } from '../shell/prompts.js';

/** Languages of a shell. */
export const SHELL =
  /^(?:bash|sh|shell|zsh|ksh|console|terminal|shell-?session|sh-session|shellscript|commandline|cmdline)$/i;

/** What the blocks that say that they are shell begin their lines with: the programs of this team. */
export function programsIn(node: Nodes): ReadonlySet<string> {
  if (node.type === 'code') {
    return new Set(SHELL.test(languageOf(node)) ? programsOf(node.value) : []);
  }
  return new Set('children' in node ? node.children.flatMap(child => [...programsIn(child)]) : []);
}

/** `{.bash}`, `bash{1,3}` and `bash:name.sh` are bash; the words of other tools stand behind it. */
export function languageOf({ lang }: Code): string {
  return /^\{?\.?([\w-]*)/.exec(lang ?? '')![1]!;
}
