// A Word document: paragraphs with their styles, lists, tables, boxes and pictures. Paragraphs in a monospaced font are code, which the usual
// converters lose. Macros, fields and linked content are never looked at. ECMA-376, part 1.
import type { Element, ElementContent } from 'hast';
import type { ImportedFile } from '../document/file-text.js';
import type { ImportedSource, ReaderNote } from '../document/source.js';
import { refuse } from '../../refused-error.js';
import { boxItem, element, textNode, wordsOfTree } from './hast-to-markdown.js';
import { codeOfLines } from './html-code.js';
import { pageOf } from './html.js';
import {
  childrenOf,
  footnoteSign,
  isMono,
  signOf,
  textOf,
  valueOf,
  withoutGlyph,
  writtenIn
} from './word-elements.js';
import { WordStyles } from './word-styles.js';
import { xmlChild, xmlDescendant, xmlTree, type XmlElement } from './xml-tree.js';
import { zipEntries } from './zip-entries.js';

/** Reads a document. @throws RefusedError */
export function readDocx(file: ImportedFile, format: string): ImportedSource {
  const doing = `Importing ${file.name}`;
  const files = zipEntries(
    file.bytes,
    name =>
      /^word\/(?:(?:document|styles|numbering|footnotes|endnotes|comments|(?:header|footer)\d*)\.xml|_rels\/document\.xml\.rels|media\/[\w.-]+\.(?:png|jpe?g|gif))$/.test(
        name
      ),
    doing
  );
  const part = (name: string): XmlElement | null => {
    const bytes = files.get(name);
    return bytes === undefined
      ? null
      : xmlTree(bytes.toString('utf8').replace(/^\uFEFF?<\?xml[^>]*\?>/, ''), doing);
  };
  const document = part('word/document.xml');
  const body = document === null ? null : xmlChild(document, 'w:body');
  if (body === null) {
    return refuse('import.no_document', doing, 'it is no Word document: it has no text', 'Save it as .docx.');
  }
  const reader = new WordReader(
    new WordStyles(part('word/styles.xml'), part('word/numbering.xml')),
    part('word/_rels/document.xml.rels'),
    files
  );
  const nodes = reader.blocks(body);
  const footnotes = ['footnotes', 'endnotes'].flatMap(name => reader.footnotes(part(`word/${name}.xml`)));
  const page = pageOf([...nodes, ...footnotes], file.name, {
    root: null,
    places: [
      ...nodes.map((_, index) => `paragraph ${reader.numbers[index]}`),
      ...footnotes.map((_, index) => `footnote ${index + 1}`)
    ],
    text: null
  });
  const margins = [...files.keys()].filter(name => /(?:header|footer)\d*\.xml$/.test(name)).sort();
  const notes = [
    ...reader.notes,
    ...reader.comments(part('word/comments.xml')),
    ...margins.flatMap(name => reader.margin(name.replace(/^word\/|\d*\.xml$/g, ''), part(name)))
  ];
  const words = `${reader.wordsOf(body)} ${footnotes.map(wordsOfTree).join(' ')}`;
  return { ...page, format, words, notes: [...page.notes, ...notes] };
}

interface Paragraph {
  readonly style: string;
  readonly list: { readonly level: number; readonly isOrdered: boolean; readonly number: string } | null;
  readonly content: ElementContent[];
  readonly isCode: boolean;
  /** True or false for one with a box; null for others. */
  readonly isTicked: boolean | null;
}

const NO_LIST = { level: 0, isOrdered: false, number: '' };

class WordReader {
  readonly notes: ReaderNote[] = [];
  /** Of each block, the number of its first paragraph. */
  readonly numbers: number[] = [];
  readonly #targets = new Map<string, string>();
  #number = 0;

  constructor(
    readonly styles: WordStyles,
    relations: XmlElement | null,
    readonly files: ReadonlyMap<string, Buffer>
  ) {
    for (const relation of childrenOf(relations, 'Relationship')) {
      this.#targets.set(relation.attributes['Id'] ?? '', relation.attributes['Target'] ?? '');
    }
  }

  blocks(body: XmlElement): Element[] {
    const blocks: Element[] = [];
    let hasTitle = false;
    const counts = new Map<string, number>();
    let open: { readonly lists: Element[] } | null = null;
    let code: string[] | null = null;
    const add = (node: Element): void => {
      blocks.push(node);
      this.numbers.push(this.#number);
    };
    for (const node of this.#flattened(body)) {
      this.#number++;
      if (node.name === 'w:p' && this.#isOfContents(node)) {
        this.#note('the table of contents');
        continue;
      }
      const paragraph = node.name === 'w:p' ? this.#paragraph(node) : null;
      if (paragraph?.isCode) {
        if (code === null) {
          add(codeOfLines(''));
        }
        code = [...(code ?? []), textOf(paragraph.content)];
        blocks[blocks.length - 1] = codeOfLines(code.join('\n'));
        open = null;
        continue;
      }
      code = null;
      if (paragraph?.list || (paragraph?.isTicked !== undefined && paragraph?.isTicked !== null)) {
        const { level, isOrdered, number: list } = paragraph.list ?? NO_LIST;
        const tag = isOrdered ? 'ol' : 'ul';
        const lists: Element[] = open?.lists ?? [];
        if (lists.length === 0 || (level === 0 && lists[0]!.tagName !== tag)) {
          // A numbered list goes on behind what stands between its items.
          const start = (counts.get(list) ?? 0) + 1;
          lists.splice(0, lists.length, element(tag, [], isOrdered && start > 1 ? { start } : {}));
          add(lists[0]!);
        }
        lists.length = Math.min(lists.length, level + 1);
        while (lists.length <= level) {
          const inner = element(tag, []);
          const parent = lists.at(-1)!;
          const item = parent.children.at(-1) as Element | undefined;
          if (item === undefined) {
            break;
          }
          item.children.push(inner);
          lists.push(inner);
        }
        lists
          .at(-1)!
          .children.push(
            paragraph.isTicked === null
              ? element('li', [element('p', paragraph.content)])
              : boxItem(paragraph.isTicked, paragraph.content)
          );
        counts.set(list, (counts.get(list) ?? 0) + (level === 0 ? 1 : 0));
        open = { lists };
        continue;
      }
      open = null;
      if (paragraph === null) {
        add(this.#table(node));
      } else if (paragraph.content.length > 0) {
        hasTitle ||= paragraph.style === 'title';
        const level = Number(/^heading ([1-6])/.exec(paragraph.style)?.[1] ?? 0);
        // Below a title, heading 1 is the second level.
        const shown =
          paragraph.style === 'title' ? 1 : level === 0 || !hasTitle ? level : Math.min(6, level + 1);
        add(element(shown === 0 ? 'p' : `h${shown}`, paragraph.content));
      }
    }
    return blocks;
  }

  #note(text: string): void {
    this.notes.push({ place: `paragraph ${this.#number}`, text });
  }

  /** Each as its paragraphs under its sign. */
  footnotes(root: XmlElement | null): Element[] {
    return (root?.children ?? []).flatMap(note => {
      if (typeof note === 'string' || /^(?:separator|continuation)/.test(note.attributes['w:type'] ?? '')) {
        return [];
      }
      const content = this.#flattened(note).flatMap(paragraph => [
        textNode(' '),
        ...this.#paragraph(paragraph).content
      ]);
      return [element('p', [`${footnoteSign(note)}:`, ...content])];
    });
  }

  /** What people say about the document is told, and no part of it. */
  comments(root: XmlElement | null): ReaderNote[] {
    return childrenOf(root, 'w:comment').map(comment => ({
      place: `comment of ${comment.attributes['w:author'] ?? 'somebody'}`,
      text: `“${this.wordsOf(comment)}”`
    }));
  }

  /** What stands on each page. */
  margin(place: string, root: XmlElement | null): ReaderNote[] {
    const text = root === null ? '' : this.wordsOf(root);
    return text === '' ? [] : [{ place, text: `“${text}”` }];
  }

  /** All that is written in a part, as it is read. */
  wordsOf(node: XmlElement): string {
    return this.#flattened(node)
      .map(part =>
        part.name === 'w:tbl'
          ? childrenOf(part, 'w:tr')
              .map(row => this.wordsOf(row))
              .join(' ')
          : this.#isOfContents(part)
            ? ''
            : writtenIn(part)
      )
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim();
  }

  #isOfContents(paragraph: XmlElement): boolean {
    return TABLE_OF_CONTENTS.test(this.styles.nameOf(valueOf(xmlChild(paragraph, 'w:pPr'), 'w:pStyle')));
  }

  /** Paragraphs and tables, out of content controls, frames, and changes that are not accepted yet; what was deleted is gone. */
  #flattened(node: XmlElement): XmlElement[] {
    return node.children.flatMap(child => {
      if (typeof child === 'string' || /^w:(?:del|moveFrom|sectPr)$/.test(child.name)) {
        return [];
      }
      // A table of one field is a frame around what stands in it, mostly code.
      const rows = child.name === 'w:tbl' ? childrenOf(child, 'w:tr') : [];
      const isFrame = rows.length === 1 && childrenOf(rows[0]!, 'w:tc').length === 1;
      return child.name === 'w:p' || (child.name === 'w:tbl' && !isFrame) ? [child] : this.#flattened(child);
    });
  }

  #paragraph(node: XmlElement): Paragraph {
    const properties = xmlChild(node, 'w:pPr');
    const styleId = valueOf(properties, 'w:pStyle');
    const numbering =
      (properties === null ? null : xmlChild(properties, 'w:numPr')) ??
      this.styles.numberings.get(styleId) ??
      null;
    const boxes: boolean[] = [];
    const runs = this.#runs(node, boxes);
    const glyph = /^\s*([☐☑☒])\s*/u.exec(textOf(runs.map(({ content }) => content)));
    const style = this.styles.nameOf(styleId);
    const number = numbering === null ? '0' : valueOf(numbering, 'w:numId');
    const texts = runs.filter(({ content }) => textOf([content]).trim() !== '');
    const isCode =
      texts.length > 0 &&
      !/^heading|^title/.test(style) &&
      (this.styles.mono.has(styleId) || texts.every(({ isMono: mono }) => mono));
    const isTicked = boxes[0] ?? (glyph === null ? null : glyph[1] !== '☐');
    const plain = runs.map(({ content, isMono: mono }) =>
      mono && !isCode ? element('code', [content]) : content
    );
    const content = glyph === null ? plain : withoutGlyph(plain);
    const list =
      number === '0' || number === ''
        ? null
        : {
            level: Math.min(Number(valueOf(numbering, 'w:ilvl')) || 0, 6),
            isOrdered: this.styles.ordered.has(number),
            number
          };
    return { style, list: isCode ? null : list, content, isCode, isTicked: isCode ? null : isTicked };
  }

  #runs(
    node: XmlElement,
    boxes: boolean[],
    isInMono = false
  ): { readonly content: ElementContent; readonly isMono: boolean }[] {
    return node.children.flatMap((child): { content: ElementContent; isMono: boolean }[] => {
      if (typeof child === 'string') {
        return [];
      }
      const mono = isInMono || (child.name === 'w:r' && isMono(xmlChild(child, 'w:rPr')));
      switch (child.name) {
        case 'w:t':
          return [
            {
              content: textNode(child.children.filter(part => typeof part === 'string').join('')),
              isMono: isInMono
            }
          ];
        case 'w:tab':
          return [{ content: textNode('\t'), isMono: isInMono }];
        case 'w:br':
        case 'w:cr':
          return [{ content: element('br', []), isMono: isInMono }];
        case 'w:sym': {
          const sign = signOf(child);
          if (sign === null) {
            const { 'w:char': code = '', 'w:font': font = '' } = child.attributes;
            this.#note(`the sign ${code} of the font ${font}`);
          }
          return [{ content: textNode(sign ?? ''), isMono: isInMono }];
        }
        case 'w:footnoteReference':
        case 'w:endnoteReference':
          return [{ content: textNode(footnoteSign(child)), isMono: isInMono }];
        case 'w:p': // In a text box.
          return [...this.#runs(child, boxes, mono), { content: element('br', []), isMono: isInMono }];
        case 'w:noBreakHyphen':
          return [{ content: textNode('\u2011'), isMono: isInMono }];
        case 'w:hyperlink': {
          const href = this.#targets.get(child.attributes['r:id'] ?? '') ?? '';
          const inner = this.#runs(child, boxes, mono).map(({ content }) => content);
          return [
            { content: href === '' ? element('span', inner) : element('a', inner, { href }), isMono: false }
          ];
        }
        case 'w:sdt': {
          const box = xmlDescendant(child, 'w14:checkbox');
          if (box === null) {
            return this.#runs(child, boxes, mono);
          }
          boxes.push(/^(?:1|true)$/.test(valueOf(box, 'w14:checked')));
          return []; // Its sign.
        }
        case 'a:blip':
          return this.#picture(child.attributes['r:embed'] ?? '');
        case 'w:pPr':
        case 'w:rPr':
        case 'w:del':
        case 'w:moveFrom':
        case 'w:instrText':
        case 'mc:Fallback':
          return [];
        default:
          return this.#runs(child, boxes, mono);
      }
    });
  }

  #picture(id: string): { content: ElementContent; isMono: boolean }[] {
    const target = this.#targets.get(id) ?? '';
    const bytes = this.files.get(`word/${target.replace(/^\/?(?:word\/)?/, '')}`);
    const kind = /\.(png|jpe?g|gif)$/.exec(target)?.[1]?.replace('jpg', 'jpeg');
    return bytes === undefined || kind === undefined
      ? []
      : [
          {
            content: element('img', [], {
              src: `data:image/${kind};base64,${bytes.toString('base64')}`,
              alt: ''
            }),
            isMono: false
          }
        ];
  }

  #table(node: XmlElement): Element {
    const rows = childrenOf(node, 'w:tr').map((row, index) =>
      element(
        'tr',
        childrenOf(row, 'w:tc').map(cell => {
          const content = this.#flattened(cell).flatMap((paragraph, at) => [
            ...(at > 0 ? [element('br', [])] : []),
            ...(paragraph.name === 'w:p'
              ? contentOfField(this.#paragraph(paragraph))
              : [this.#table(paragraph)])
          ]);
          return element(index === 0 ? 'th' : 'td', content);
        })
      )
    );
    return element('table', rows);
  }
}

function contentOfField({ isCode, content }: Paragraph): readonly ElementContent[] {
  return isCode ? [element('pre', [textOf(content)])] : content;
}

const TABLE_OF_CONTENTS = /^toc(?: \d| ?heading|$)/;
