// A tree of HTML as Markdown, block by block, so that each keeps the line of its source. Pictures and scripts are never fetched or run.
import type { Element, ElementContent, RootContent } from 'hast';
import { toMdast } from 'hast-util-to-mdast';
import type { Root } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { htmlText } from '../../../contract/base/escape.js';
import type { Chunk } from './chunks.js';

/** An element; children may be texts. */
export function element(
  tagName: string,
  children: readonly (ElementContent | string)[],
  properties: Element['properties'] = {}
): Element {
  const nodes = children.map(child => (typeof child === 'string' ? textNode(child) : child));
  return { type: 'element', tagName, properties, children: nodes };
}

/** A text. */
export function textNode(value: string): ElementContent {
  return { type: 'text', value };
}

/** A block of code in a language; null: nobody says which. */
export function codeBlock(text: string, language: string | null): Element {
  const properties = language === null ? {} : { className: [`language-${language}`] };
  return element('pre', [element('code', [text.replace(/^\n|\s+$/g, '')], properties)]);
}

/** An item of a list with a box. */
export function boxItem(isTicked: boolean, children: readonly ElementContent[]): Element {
  const box = element('input', [], { type: 'checkbox', checked: isTicked });
  return element('li', [element('p', [box, ' ', ...children.flatMap(inlineOf)])]);
}

/** The only paragraph of an item is the item. */
function inlineOf(node: ElementContent): readonly ElementContent[] {
  return node.type === 'element' && /^(?:p|div)$/.test(node.tagName)
    ? [...node.children, textNode(' ')]
    : [node];
}

/** The blocks as Markdown. */
export function chunksOf(blocks: readonly { readonly node: RootContent; readonly place: string }[]): Chunk[] {
  return blocks.map(({ node, place }) => ({ place, markdown: markdownOf(node) }));
}

function markdownOf(node: RootContent): string {
  const tree = toMdast({ type: 'root', children: [node] }, { document: true }) as Root;
  return toMarkdown(tree, {
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
    bullet: '-',
    fences: true,
    listItemIndent: 'one',
    rule: '-'
  })
    .replace(/^> \\\[!(NOTE|TIP|WARNING|CAUTION)]/gm, '> [!$1]')
    .replace(/^\u{E010}(.*)$/gmu, (_, title: string) => `<details><summary>${htmlText(title)}</summary>`)
    .replace(/^\u{E011}$/gmu, '</details>')
    .replace(/\u{E010}(.*)$/gmu, '**$1**')
    .replace(/\u{E011}/gu, '');
}

/** What is folded under a title. In a list or a quotation the title alone is kept. No document has the letters that mark it. */
export function folded(title: string, children: readonly ElementContent[]): ElementContent[] {
  const shown = title.replace(/\s+/g, ' ').trim();
  return [element('p', [`\u{E010}${shown}`]), ...children, element('p', ['\u{E011}'])];
}

/** Every text in a tree, for the proof that none is lost. */
export function wordsOfTree(node: RootContent): string {
  return node.type === 'text'
    ? node.value
    : 'children' in node
      ? node.children.map(wordsOfTree).join(' ')
      : '';
}

/** A quotation of GitHub's kind: `> [!WARNING]`. */
export function callout(
  kind: 'NOTE' | 'TIP' | 'WARNING' | 'CAUTION',
  children: readonly ElementContent[]
): Element {
  return element('blockquote', [element('p', [`[!${kind}]`]), ...children]);
}
