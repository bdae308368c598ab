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

/** An item of a list with a box; lists and code in it stand below. */
export function boxItem(isTicked: boolean, children: readonly ElementContent[]): Element {
  const box = element('input', [], { type: 'checkbox', checked: isTicked });
  const parts = children.flatMap(inlineOf);
  const inline = parts.filter(part => !isBlock(part));
  return element('li', [element('p', [box, ' ', ...inline]), ...parts.filter(isBlock)]);
}

/** The only paragraph of an item is the item. */
function inlineOf(node: ElementContent): readonly ElementContent[] {
  if (node.type !== 'element' || isBlock(node)) {
    return [node];
  }
  return /^(?:p|div)$/.test(node.tagName)
    ? [...node.children.flatMap(inlineOf), textNode(' ')]
    : node.children.some(child => child.type === 'element' && inlineOf(child).some(isBlock))
      ? node.children.flatMap(inlineOf)
      : [node];
}

function isBlock(node: ElementContent): boolean {
  return node.type === 'element' && /^(?:ul|ol|pre|table|blockquote)$/.test(node.tagName);
}

/** A field of a table: Markdown has no blocks there, so each line of its code is code in a line, and items get a sign. */
export function fieldOf(children: readonly ElementContent[]): ElementContent[] {
  const lines = linesOf(children).filter(line =>
    line.some(part => wordsOfTree(part).trim() !== '' || isPicture(part))
  );
  return lines.flatMap((line, index) => (index === 0 ? line : [textNode('\u{E015}'), ...line]));
}

function linesOf(children: readonly ElementContent[]): ElementContent[][] {
  const lines: ElementContent[][] = [[]];
  for (const child of children) {
    const { tagName = '', children: inner = [] } = child.type === 'element' ? child : {};
    if (tagName === 'br') {
      lines.push([]);
    } else if (tagName === 'pre') {
      const code = wordsOfTree(child)
        .split('\n')
        .filter(line => line.trim() !== '');
      lines.push(...code.map(line => [element('code', [line])]), []);
    } else if (/^(?:p|div|ul|ol|blockquote|h[1-6])$/.test(tagName)) {
      lines.push(...linesOf(inner), []);
    } else if (tagName === 'li') {
      const [first = [], ...rest] = linesOf(inner).filter(line => line.length > 0);
      lines.push([textNode('• '), ...first], ...rest, []);
    } else {
      lines.at(-1)!.push(child);
    }
  }
  return lines;
}

function isPicture(node: ElementContent): boolean {
  return node.type === 'element' && (node.tagName === 'img' || node.children.some(isPicture));
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
    .replace(/^\u{E010}(.*)$/gmu, (_, title: string) => `<details><summary>${htmlText(title)}</summary>`)
    .replace(/^\u{E011}$/gmu, '</details>')
    .replace(/ ?\u{E015} ?/gu, '<br>')
    .replace(/\u{E012}(\w+)\u{E013}/gu, '[^$1]')
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

/** A quotation under its kind. `[!WARNING]`, as GitHub writes it, is shown as these letters by every reader of notebooks. */
export function callout(kind: keyof typeof KINDS, children: readonly ElementContent[]): Element {
  return element('blockquote', [element('p', [element('strong', [KINDS[kind]])]), ...children]);
}

const KINDS = { NOTE: 'Note', TIP: 'Tip', WARNING: 'Warning', CAUTION: 'Caution' } as const;
