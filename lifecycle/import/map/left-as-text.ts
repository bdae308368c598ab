// What stays text though a reader of the document may do it: the report names it, because a step that nobody made is easily passed over.
import type { Nodes } from 'mdast';
import { isCommand, looksTyped } from '../shell/prompts.js';
import { excerpt } from './short-text.js';

/** Each a sentence of the report. */
export function leftAsText(node: Nodes): string[] {
  if (node.type === 'code') {
    return node.lang
      ? PROGRAMS.test(node.lang)
        ? [`the block is ${node.lang}, which no step runs as it stands`]
        : []
      : ['the block has no language, and does not begin like a command'];
  }
  if (node.type === 'html') {
    return /<pre\b/i.test(node.value) ? ['a block of code is written in HTML, which stays text'] : [];
  }
  if (node.type === 'blockquote') {
    return holdsSteps(node) ? ['commands or boxes stand in a quotation, which stays text'] : [];
  }
  const commands = [...new Set(commandsIn(node))];
  const more = commands.length > MOST ? `, and ${commands.length - MOST} more` : '';
  return commands.length === 0
    ? []
    : [
        `${commands
          .slice(0, MOST)
          .map(command => `“${excerpt(command)}”`)
          .join(', ')}${more} in a sentence or a table: no step runs it`
      ];
}

/** Languages of a shell. */
export const SHELL =
  /^(?:bash|sh|shell|zsh|ksh|console|terminal|shell-?session|sh-session|shellscript|commandline|cmdline)$/i;

const MOST = 3;

/** Languages of what is run, not of what is configured or printed. */
const PROGRAMS =
  /^(?:(?:pl|my|p)?sql|python\d?|py|ruby|rb|perl|powershell|pwsh|ps1?|bat|cmd|batch|fish|groovy|javascript|js|go|java|php|lua|promql|http)$/i;

function holdsSteps(node: Nodes): boolean {
  return node.type === 'code'
    ? SHELL.test(node.lang ?? '') || looksTyped(node.value)
    : 'children' in node &&
        ((node.type === 'listItem' && typeof node.checked === 'boolean') || node.children.some(holdsSteps));
}

/** Code within text that begins with a program and goes on. */
function commandsIn(node: Nodes): string[] {
  return node.type === 'inlineCode'
    ? /\S\s+\S/.test(node.value) && isCommand(node.value)
      ? [node.value]
      : []
    : 'children' in node
      ? node.children.flatMap(commandsIn)
      : [];
}
