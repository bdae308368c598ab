// The tree of a document as a flat list of blocks in its order: headings, shell, boxes, and everything else as prose. A list is divided
// where a block of shell stands in one of its items; numbers stay what they were.
import type { Blockquote, Code, List, ListItem, Nodes, Root } from 'mdast';
import { containerMarks, foldingParts, isFolding, summaryOf, type ContainerMark } from './folding.js';
import { looksTyped, typedIn } from '../shell/prompts.js';
import { leftAsText, type LeftAsText } from './left-as-text.js';
import { languageOf, programsIn, SHELL } from './languages.js';
import { OTHER } from '../document/source.js';
import { placeOf, plainTextOf } from './tree.js';

/** A stretch of the document. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** One block. */
export type Block = Stretch &
  (
    | { readonly kind: 'heading'; readonly depth: number; readonly text: string; readonly content: string }
    | {
        readonly kind: 'shell';
        readonly code: Code;
        readonly isLabelled: boolean;
        readonly text: string;
        readonly isOther: boolean;
        /** It stands in a quotation or callout. */
        readonly isQuoted: boolean;
      }
    | {
        readonly kind: 'boxes';
        readonly items: readonly BoxItem[];
        readonly text: string;
        readonly left: readonly LeftAsText[];
      }
    | {
        readonly kind: 'details';
        readonly mark: 'opens' | 'goes-on' | 'closes';
        /** As it is written; empty when it stands in parts of its own. */
        readonly summary: string;
      }
    | { readonly kind: 'container'; readonly mark: ContainerMark }
    | {
        readonly kind: 'prose';
        readonly text: string;
        /** As it is read, without marks. */
        readonly plain: string;
        /** Code or markup, whose words are no sentences. */
        readonly isCodeLike: boolean;
        /** Why a reader may take it for steps, and it is none. */
        readonly left: readonly LeftAsText[];
      }
  );

/** A box to tick. */
export interface BoxItem {
  readonly text: string;
  readonly isTicked: boolean;
}

/** The blocks of a tree. */
export function blocksOf(root: Root, source: string): Block[] {
  const blocks = new BlockReader(source, programsIn(root));
  root.children.forEach(node => blocks.readNode(node));
  return blocks.all;
}

/** Between two lists with numbers: without anything between them they are one. */
const SECOND_LIST = '<!-- -->\n\n';

class BlockReader {
  readonly all: Block[] = [];
  /** Of each `:::` that is open, whether it folds. */
  readonly colons: boolean[] = [];
  /** Before the next item with a number. */
  apart = '';

  constructor(
    readonly source: string,
    readonly programs: ReadonlySet<string>
  ) {}

  readNode(node: Nodes): void {
    const place = placeOf(node);
    if (node.type === 'heading') {
      const inner = node.children;
      const content =
        inner.length === 0 ? '' : this.source.slice(placeOf(inner[0]!).start, placeOf(inner.at(-1)!).end);
      this.all.push({
        kind: 'heading',
        ...place,
        depth: node.depth,
        text: plainTextOf(node),
        content: content.replace(/\s*\n\s*/g, ' ')
      });
    } else if (node.type === 'code' && this.isShell(node, false)) {
      this.pushShell(node);
    } else if (node.type === 'list' && this.isDivided(node)) {
      this.apart = '';
      this.readList(node);
    } else if (node.type === 'html' && isFolding(node.value)) {
      this.readFolding(place);
    } else if (node.type === 'blockquote' && this.holdsShell(node)) {
      this.readQuotation(node);
    } else {
      this.pushProse(node, place.start, place.end);
    }
  }

  /** `<details>` around steps cannot be kept over cells: its summary becomes a line, what it folds stays. */
  readFolding({ start, end, line, column }: Stretch & { readonly column: number }): void {
    for (const { kind, text, at } of foldingParts(this.source.slice(start, end))) {
      const from = start + at;
      const stretch = {
        start: from,
        end: from + text.length,
        line: line + (this.source.slice(start, from).match(/\n/g)?.length ?? 0)
      };
      if (kind !== 'text') {
        this.all.push({ kind: 'details', ...stretch, mark: kind, summary: summaryOf(text) });
      } else if (text.trim() !== '') {
        const shown = this.dedented(stretch.start, stretch.end, column).trim();
        this.all.push({ kind: 'prose', ...stretch, text: shown, plain: '', isCodeLike: true, left: [] });
      }
    }
  }

  /** Divided where a block of shell stands in it; the text keeps the marks before its lines. */
  readQuotation({ children }: Blockquote): void {
    let text: Blockquote['children'] = [];
    const endText = (): void => {
      if (text.length > 0) {
        const from = this.source.lastIndexOf('\n', placeOf(text[0]!).start - 1) + 1;
        this.pushProse(
          { type: 'blockquote', children: text, position: text[0]!.position },
          from,
          placeOf(text.at(-1)!).end,
          1
        );
        text = [];
      }
    };
    for (const child of children) {
      const isShell = child.type === 'code' && this.isShell(child, false);
      const isDivided = child.type === 'blockquote' && this.holdsShell(child);
      if (!isShell && !isDivided) {
        text.push(child);
        continue;
      }
      endText();
      if (isShell) {
        this.pushShell(child, true);
      } else if (isDivided) {
        this.readQuotation(child);
      }
    }
    endText();
  }

  holdsShell(quotation: Blockquote): boolean {
    return quotation.children.some(
      child =>
        (child.type === 'code' && this.isShell(child, false)) ||
        (child.type === 'blockquote' && this.holdsShell(child))
    );
  }

  isShell(node: Code, isInList: boolean): boolean {
    return node.lang
      ? SHELL.test(languageOf(node)) || node.meta === OTHER
      : // What is indented below an item is often text: there only a prompt says that it is typed.
        isInList && this.isIndented(node)
        ? typedIn(node.value).hasPrompts && looksTyped(node.value)
        : looksTyped(node.value, this.programs);
  }

  isIndented({ position }: Code): boolean {
    const start = position!.start.offset!;
    return !/^[`~>\s]*[`~]{3}/.test(this.source.slice(start, start + 8));
  }

  isDivided(list: List): boolean {
    return list.children.some(
      item =>
        isBox(item) ||
        item.children.some(
          child =>
            (child.type === 'code' && this.isShell(child, true)) ||
            (child.type === 'list' && this.isDivided(child))
        )
    );
  }

  readList(list: List): void {
    let boxes: ListItem[] = [];
    const endBoxes = (): void => {
      if (boxes.length > 0) {
        this.pushBoxes(boxes);
        boxes = [];
      }
    };
    list.children.forEach((item, index) => {
      if (isBox(item) && !this.holdsSteps(item)) {
        boxes.push(item);
        return;
      }
      endBoxes();
      this.readItem(item, list.ordered ? (list.start ?? 1) + index : null);
    });
    endBoxes();
  }

  /** More than boxes in it. */
  holdsSteps(item: ListItem): boolean {
    return item.children.some(
      child =>
        (child.type === 'code' && this.isShell(child, true)) ||
        (child.type === 'list' &&
          (isBoxList(child) ? child.children.some(inner => this.holdsSteps(inner)) : this.isDivided(child)))
    );
  }

  readItem(item: ListItem, number: number | null): void {
    const start = placeOf(item).start;
    // A box that only has other boxes with steps below it is one itself.
    const isOwnBox =
      isBox(item) && !item.children.some(child => child.type === 'code' && this.isShell(child, true));
    item.children.forEach((child, index) => {
      if (index === 0 && isOwnBox) {
        this.pushBoxes([
          {
            ...item,
            children: [child],
            position: { ...item.position!, end: child.position!.end }
          }
        ]);
      } else if (child.type === 'code' && this.isShell(child, true)) {
        if (index === 0) {
          this.pushText(start, placeOf(child).start, placeOf(item), null, number);
        }
        this.pushShell(child);
      } else if (child.type === 'list' && index > 0 && this.isDivided(child)) {
        this.apart = child.ordered ? SECOND_LIST : this.apart;
        this.readList(child);
        this.apart = child.ordered ? SECOND_LIST : this.apart;
      } else if (child.type === 'html' && index > 0 && isFolding(child.value)) {
        this.readFolding(placeOf(child));
      } else {
        const from = index === 0 ? start : placeOf(child).start;
        this.pushText(
          from,
          placeOf(child).end,
          index === 0 ? placeOf(item) : placeOf(child),
          child,
          index === 0 ? number : null
        );
      }
    });
    if (item.children.length === 0) {
      this.pushText(start, placeOf(item).end, placeOf(item), null, number);
    }
  }

  pushText(
    start: number,
    end: number,
    place: { line: number; column: number },
    node: Nodes | null,
    number: number | null
  ): void {
    // What is indented below an item is code there and none behind a step.
    const text =
      node?.type === 'code' && this.isIndented(node)
        ? `\`\`\`\`\n${node.value}\n\`\`\`\``
        : this.dedented(start, end, place.column);
    const numbered = number === null ? text : this.apart + text.replace(/^\d+(?=[.)])/, String(number));
    this.apart = number === null ? this.apart : '';
    if (text.trim() !== '') {
      this.all.push({
        kind: 'prose',
        start,
        end,
        line: place.line,
        text: numbered,
        plain: node === null ? '' : plainTextOf(node),
        isCodeLike: false,
        left: node === null ? [] : leftAsText(node)
      });
    }
    this.pushContainers(node, end);
  }

  pushProse(node: Nodes, start: number, end: number, column = placeOf(node).column): void {
    this.all.push({
      kind: 'prose',
      start,
      end,
      line: placeOf(node).line,
      text: this.dedented(start, end, column),
      plain: plainTextOf(node),
      isCodeLike: node.type === 'code' || node.type === 'html',
      left: leftAsText(node)
    });
    this.pushContainers(node, end);
  }

  /** Marks of a paragraph or of HTML, behind it. */
  pushContainers(node: Nodes | null, end: number): void {
    if (node?.type === 'paragraph' || node?.type === 'html') {
      const text = this.source.slice(placeOf(node).start, placeOf(node).end);
      const { line } = placeOf(node);
      containerMarks(text, this.colons).forEach(mark =>
        this.all.push({ kind: 'container', start: end, end, line, mark })
      );
    }
  }

  pushShell(code: Code, isQuoted = false): void {
    const place = placeOf(code);
    const text = this.dedented(place.start, place.end, place.column);
    this.all.push({
      kind: 'shell',
      ...place,
      code,
      isLabelled: Boolean(code.lang),
      text,
      isOther: code.meta === OTHER,
      isQuoted
    });
  }

  pushBoxes(items: readonly ListItem[]): void {
    const [first, last] = [placeOf(items[0]!), placeOf(items.at(-1)!)];
    const found: BoxItem[] = [];
    const collect = (item: ListItem, depth: number): void => {
      const own = item.children
        .filter(child => child.type !== 'list')
        .map(child => plainTextOf(child))
        .join(' ');
      const text = own
        .replace(/<!--[^]*?-->/g, '')
        .replace(/\s+/g, ' ')
        .trim();
      found.push({
        text: `${'– '.repeat(depth)}${text === '' ? '(empty)' : text}`,
        isTicked: item.checked === true
      });
      item.children
        .filter(child => child.type === 'list')
        .flatMap(child => child.children)
        .forEach(child => collect(child, depth + 1));
    };
    items.forEach(item => collect(item, 0));
    const text = this.dedented(first.start, last.end, first.column);
    const left = items.flatMap(item => leftAsText(item, 'a box'));
    this.all.push({
      kind: 'boxes',
      start: first.start,
      end: last.end,
      line: first.line,
      items: found,
      text,
      left
    });
  }

  /** The text without the indentation and marks of the containers that it stands in. */
  dedented(start: number, end: number, column: number): string {
    const [first = '', ...rest] = this.source.slice(start, end).split('\n');
    return [
      first,
      ...rest.map(line => {
        let from = 0;
        while (from < column - 1 && /[\s>]/.test(line[from] ?? 'x')) {
          from++;
        }
        return line.slice(from);
      })
    ].join('\n');
  }
}

function isBox(item: ListItem): boolean {
  return typeof item.checked === 'boolean';
}

function isBoxList(list: List): boolean {
  return list.children.every(isBox);
}
