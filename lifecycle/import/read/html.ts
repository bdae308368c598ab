// A page of HTML: an export of Confluence, Google Docs, Notion or Quip, or one that a browser has saved. What is no text of the page
// (scripts, styles, navigation) is left out and named.
import type { Element, ElementContent, Root, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { textOfDocument, type ImportedFile } from '../document/file-text.js';
import type { ImportedSource, ReaderNote } from '../document/source.js';
import { joinChunks } from './chunks.js';
import { isBox, isTicked } from './html-boxes.js';
import {
  codeOfLines,
  isCodeOrSpace,
  isOfLines,
  joinedCode,
  languageOf,
  monospaced,
  textIn
} from './html-code.js';
import { classesOf, elementsIn, find } from './html-elements.js';
import {
  boxItem,
  callout,
  chunksOf,
  codeBlock,
  element,
  fieldOf,
  folded,
  wordsOfTree
} from './hast-to-markdown.js';
import { withoutPictures } from './pictures.js';

/** Reads a page. */
export function readHtml(file: ImportedFile, format: string): ImportedSource {
  const text = textOfDocument(file);
  const root = fromHtml(text);
  const title = find(root, ({ tagName }) => tagName === 'title');
  const content = CONTENTS.map(is => find(root, is)).find(found => found !== null) ?? null;
  return {
    ...pageOf(content?.children ?? root.children, file.name, { root, places: null, text }),
    format,
    ...(title === null ? {} : { title: wordsOfTree(title).trim() || file.name })
  };
}

/** Elements of a page as a document. `places`: of each, when they are not those of the tree; `text`: the source, when places are its lines. */
export function pageOf(
  nodes: readonly RootContent[],
  name: string,
  {
    root,
    places,
    text
  }: { readonly root: Root | null; readonly places: readonly string[] | null; readonly text: string | null }
): Omit<ImportedSource, 'format'> {
  const page = new Page(root === null ? new Set() : monospaced(root));
  const read = nodes.map((node, index) => ({
    node,
    place: places?.[index] ?? `line ${node.position?.start.line ?? 1}`
  }));
  const blocks = joinedCode(
    read
      .flatMap(({ node, place }) =>
        page.read(node as ElementContent, place).map(made => ({
          node: made,
          place: places === null && made.position ? `line ${made.position.start.line}` : place
        }))
      )
      .filter(({ node }) => node.type !== 'comment' && wordsOrPicture(node))
  );
  const { markdown, placeOf } = joinChunks(chunksOf(blocks), text);
  const words = nodes.map(shownWords).join(' ');
  const cleaned = withoutPictures(markdown, name);
  return { name, markdown: cleaned.markdown, placeOf, words, notes: page.notes, pictures: cleaned.pictures };
}

const CONTENTS: readonly ((node: Element) => boolean)[] = [
  ({ properties }) => properties['id'] === 'main-content',
  ({ tagName }) => tagName === 'article',
  ({ tagName }) => tagName === 'main',
  ({ tagName }) => tagName === 'body'
];

const LEFT_OUT =
  /^(?:script|style|head|nav|footer|noscript|template|iframe|object|embed|svg|button|link|meta|title)$/;
const CALLOUTS: readonly (readonly [words: RegExp, kind: Parameters<typeof callout>[0]])[] = [
  [/information-macro-(?:warning|problem)\b/, 'CAUTION'],
  [/information-macro-note\b/, 'WARNING'],
  [/information-macro-tip\b/, 'TIP'],
  [/information-macro-information\b|(?:^|\s)callout(?:\s|$)|^(?!code\b)(?:.*\s)?panel(?:\s|$)/, 'NOTE']
];

class Page {
  readonly notes: ReaderNote[] = [];

  constructor(readonly mono: ReadonlySet<string>) {}

  /** What is made of a node, with the place of the node. */
  read(node: ElementContent, place: string): ElementContent[] {
    const { position } = node;
    const made = node.type === 'element' ? this.readElement(node, place) : [node];
    return made.map(each => (each.position || !position ? each : { ...each, position }));
  }

  readElement(node: Element, place: string): ElementContent[] {
    const { tagName, properties } = node;
    const classes = classesOf(node);
    if (LEFT_OUT.test(tagName)) {
      this.notes.push({ place, text: `the element <${tagName}>` });
      return [];
    }
    if (tagName === 'pre') {
      return [isOfLines(node) ? codeOfLines(textIn(node)) : codeBlock(textIn(node), languageOf(node))];
    }
    if (tagName === 'details') {
      const isSummary = (child: ElementContent): boolean =>
        child.type === 'element' && child.tagName === 'summary';
      const title = node.children.filter(isSummary).map(wordsOfTree).join(' ');
      const rest = node.children.filter(child => !isSummary(child)).flatMap(child => this.read(child, place));
      return folded(title || 'Details', isOfBlocks(rest) ? rest : [element('p', rest)]);
    }
    const field = tagName === 'table' ? onlyFieldOf(node) : null;
    if (field !== null) {
      // A frame around what stands in it, mostly code.
      return this.read(element('div', field.children), place);
    }
    const [, language] = /\bhighlight-source-([\w-]+)/.exec(classes) ?? [];
    node.children
      .filter(child => child.type === 'element' && child.tagName === 'pre' && language !== undefined)
      .forEach(child => ((child as Element).properties['lang'] = language));
    const children = node.children.flatMap(child => this.read(child, place));
    if (/^t[dh]$/.test(tagName)) {
      return [{ ...node, properties: plainProperties(properties), children: fieldOf(children) }];
    }
    const kind = CALLOUTS.find(([words]) => words.test(classes))?.[1];
    if (tagName === 'li' && isBox(node)) {
      return [
        boxItem(
          isTicked(node),
          children.filter(child => child.type !== 'element' || !/^(?:input|img)$/.test(child.tagName))
        )
      ];
    }
    if (kind !== undefined && /^(?:div|figure|aside)$/.test(tagName)) {
      return [callout(kind, children)];
    }
    if (tagName === 'summary') {
      return children;
    }
    // A container of blocks is nothing by itself.
    if (/^(?:form|div|section|article|main|center|figure)$/.test(tagName)) {
      return isOfBlocks(children) ? children : [element('p', children)];
    }
    if (tagName === 'span' && classes.split(' ').some(name => this.mono.has(name))) {
      return [element('code', [wordsOfTree(element('span', children))])];
    }
    if (tagName === 'p' && children.length > 0 && children.every(isCodeOrSpace)) {
      const lines = children.map(child =>
        child.type === 'element' && child.tagName === 'br' ? '\n' : wordsOfTree(child)
      );
      return [codeOfLines(lines.join(''))];
    }
    return [{ ...node, properties: plainProperties(properties), children }];
  }
}

/** Every text in a tree but in what is left out. */
function shownWords(node: RootContent): string {
  return node.type === 'text'
    ? node.value
    : 'children' in node && !(node.type === 'element' && LEFT_OUT.test(node.tagName))
      ? node.children.map(shownWords).join(' ')
      : '';
}

/** The field of a table that has one. */
function onlyFieldOf(table: Element): Element | null {
  const [field, ...more] = elementsIn(table).filter(({ tagName }) => /^t[dh]$/.test(tagName));
  return field !== undefined && more.length === 0 ? field : null;
}

function isOfBlocks(children: readonly ElementContent[]): boolean {
  return children.some(child => child.type === 'element' && BLOCK.test(child.tagName));
}

const BLOCK = /^(?:p|h[1-6]|ul|ol|pre|table|blockquote|div|hr|dl)$/;

/** What of an element is kept; links through Google lead where they lead. */
function plainProperties({
  href,
  src,
  alt,
  colSpan,
  start,
  type,
  checked
}: Element['properties']): Element['properties'] {
  const address =
    typeof href === 'string' && /^https:\/\/www\.google\.com\/url\?/.test(href)
      ? (URL.parse(href)?.searchParams.get('q') ?? href)
      : href;
  const isActive = typeof address === 'string' && /^\s*(?:javascript|vbscript|data):/i.test(address);
  return Object.fromEntries(
    Object.entries({ href: isActive ? undefined : address, src, alt, colSpan, start, type, checked }).filter(
      ([, value]) => value !== undefined
    )
  );
}

function wordsOrPicture(node: RootContent): boolean {
  return (
    node.type !== 'doctype' &&
    (wordsOfTree(node).trim() !== '' ||
      find({ children: [node] }, ({ tagName }) => tagName === 'img' || tagName === 'hr') !== null)
  );
}
