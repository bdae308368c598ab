// What stays text though a reader of the document may do it: the report names it, because a step that nobody made is easily passed over.
import type { Nodes } from 'mdast';
import { isCommand, looksTyped } from '../shell/prompts.js';
import { excerpt } from '../document/short-text.js';
import { SHELL } from './languages.js';
import { placeOf, plainTextOf } from './tree.js';

/** Something that stays text, as a sentence of the report, and its line. */
export interface LeftAsText {
  readonly reason: string;
  readonly line: number;
}

/** What stays text in a node: each item of a list and each row of a table on its own. `where`: what the node is, for its reader. */
export function leftAsText(node: Nodes, where = 'a sentence or a table'): LeftAsText[] {
  return node.type === 'list' || node.type === 'listItem' || node.type === 'table'
    ? node.children.flatMap(child => leftAsText(child, where))
    : reasonsFor(node, where).map(reason => ({ reason, line: placeOf(node).line }));
}

function reasonsFor(node: Nodes, where: string): string[] {
  if (node.type === 'code') {
    return !node.lang
      ? ['the block has no language, and does not begin like a command']
      : PROGRAMS.test(node.lang)
        ? [`the block is ${node.lang}, which no step runs as it stands`]
        : PLAIN.test(node.lang) && looksTyped(node.value)
          ? [`the block says that it is ${node.lang}, and begins like a command`]
          : [];
  }
  if (node.type === 'html') {
    return /<pre\b/i.test(node.value) ? ['a block of code is written in HTML, which stays text'] : [];
  }
  if (node.type === 'blockquote') {
    return holdsSteps(node) ? ['commands or boxes stand in a quotation, which stays text'] : [];
  }
  const commands = [...new Set(commandsIn(node))];
  const more = commands.length > MOST ? `, and ${commands.length - MOST} more` : '';
  const boxes = boxesIn(node);
  return [
    ...(commands.length === 0
      ? []
      : [
          `${commands
            .slice(0, MOST)
            .map(command => `“${excerpt(command)}”`)
            .join(', ')}${more} in ${where}: no step runs it`
        ]),
    ...(boxes === null ? [] : [`“${excerpt(boxes)}” reads like a box, and nobody is asked to tick it`])
  ];
}

const MOST = 3;

/** Languages of what is none. */
const PLAIN = /^(?:te?xt|plain\w*|none|output|noformat)$/i;

/** Languages of what is run, not of what is configured or printed. */
const PROGRAMS =
  /^(?:(?:pl|my|p)?sql|python\d?|py|ruby|rb|perl|powershell|pwsh|ps1?|bat|cmd|batch|fish|groovy|javascript|js|go|java|php|lua|promql|http)$/i;

function holdsSteps(node: Nodes): boolean {
  return node.type === 'code'
    ? SHELL.test(node.lang ?? '') || looksTyped(node.value)
    : 'children' in node &&
        ((node.type === 'listItem' && typeof node.checked === 'boolean') || node.children.some(holdsSteps));
}

/** Code within text that begins with a program and goes on; paragraphs and fields of a table that read like it. */
function commandsIn(node: Nodes): string[] {
  if (node.type === 'inlineCode') {
    return /\S\s+\S/.test(node.value) && isCommand(node.value) ? [node.value] : [];
  }
  const own =
    (node.type === 'paragraph' || node.type === 'tableCell') && node.children[0]?.type === 'text'
      ? plainTextOf(node)
      : '';
  return isTyped(own) ? [own] : 'children' in node ? node.children.flatMap(commandsIn) : [];
}

/** No sentence, and more than a word of English at its beginning. */
function isTyped(text: string): boolean {
  return (
    /^\S+\s+\S/.test(text) &&
    isCommand(text) &&
    !/[.:!?,;]\s*$|[.,:;!?] \w/.test(text) &&
    (!ENGLISH.test(text) || /\s[-–—]{1,2}\w|\s\S*[/=]\S/.test(text))
  );
}

const ENGLISH =
  /^(?:sudo|set|test|for|while|if|make|find|watch|date|sort|service|node|cut|which|source|less|more|top|id|go|head|tail|kill|patch|touch|sleep|echo|diff|export|free|vault|consul|nomad|flux|salt|chef|puppet|su|env|git|helm|hub|time|who\w*)\b/;

/** The first box that is none to a reader of Markdown: in a table, or as a sign. */
function boxesIn(node: Nodes): string | null {
  if (node.type === 'paragraph' || node.type === 'tableCell') {
    const text = plainTextOf(node);
    const isBox = /^\s*(?:[-*•]\s+)?(?:\[[ xX]\](?:\s|$)|[☐☑☒])/u;
    return isBox.test(text) ? text : null;
  }
  return 'children' in node ? (node.children.map(boxesIn).find(text => text !== null) ?? null) : null;
}
