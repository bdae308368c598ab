// The tree of a document as a flat list of blocks in its order: headings, shell, boxes, and everything else as prose. A list is divided
// where a block of shell stands in one of its items; numbers stay what they were.
import type { Code, List, ListItem, Nodes, Root } from 'mdast';
import { looksTyped, programsOf, typedIn } from '../shell/prompts.js';
import { leftAsText, SHELL } from './left-as-text.js';
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
      }
    | { readonly kind: 'boxes'; readonly items: readonly BoxItem[]; readonly text: string }
    | { readonly kind: 'details'; readonly summary: string | null }
    | {
        readonly kind: 'prose';
        readonly text: string;
        /** As it is read, without marks. */
        readonly plain: string;
        /** Code or markup, whose words are no sentences. */
        readonly isCodeLike: boolean;
        /** Why a reader may take it for steps, and it is none. */
        readonly left: readonly string[];
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

/** What a reader writes behind a language whose code a person has to write anew. */
const OTHER = 'to-be-rewritten';

class BlockReader {
  readonly all: Block[] = [];

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
      this.readList(node);
    } else if (node.type === 'html' && /^<\/?details\b/i.test(node.value.trim())) {
      this.readDetails(node.value, place);
    } else {
      this.pushProse(node, place.start, place.end);
    }
  }

  /** `<details>` around steps cannot be kept over cells: its summary becomes a line, what it folds stays. */
  readDetails(value: string, place: Stretch): void {
    // Without markup in it; one with markup stays as it is written.
    const [, summary = null] = /<summary>([^<]*)<\/summary>/i.exec(value) ?? [];
    const isOpening = /^<details\b/i.test(value.trim());
    const isWhole = /<details\b[^]*<\/details>/i.test(value);
    const rest = value.replace(/<\/?details\b[^>]*>|<summary>[^<]*<\/summary>/gi, '').trim();
    if (isWhole || rest !== '') {
      this.all.push({ kind: 'prose', ...place, text: value, plain: '', isCodeLike: false, left: [] });
    } else {
      this.all.push({
        kind: 'details',
        ...place,
        summary: isOpening ? (summary ?? '').trim() : null
      });
    }
  }

  isShell(node: Code, isInList: boolean): boolean {
    const isIndented = !/^[`~>\s]*[`~]{3}/.test(
      this.source.slice(node.position!.start.offset, node.position!.start.offset! + 8)
    );
    return node.lang
      ? SHELL.test(languageOf(node)) || node.meta === OTHER
      : // What is indented below an item is often text: there only a prompt says that it is typed.
        isIndented && isInList
        ? typedIn(node.value).hasPrompts && looksTyped(node.value)
        : looksTyped(node.value, this.programs);
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
      const hasShell = item.children.some(
        child =>
          (child.type === 'code' && this.isShell(child, true)) ||
          (child.type === 'list' && !isBoxList(child) && this.isDivided(child))
      );
      if (isBox(item) && !hasShell) {
        boxes.push(item);
        return;
      }
      endBoxes();
      this.readItem(item, list.ordered ? (list.start ?? 1) + index : null);
    });
    endBoxes();
  }

  readItem(item: ListItem, number: number | null): void {
    const start = placeOf(item).start;
    item.children.forEach((child, index) => {
      if (child.type === 'code' && this.isShell(child, true)) {
        if (index === 0) {
          this.pushText(start, placeOf(child).start, placeOf(item), null, number);
        }
        this.pushShell(child);
      } else if (child.type === 'list' && index > 0 && this.isDivided(child)) {
        this.readList(child);
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
    const text = this.dedented(start, end, place.column);
    const numbered = number === null ? text : text.replace(/^\d+(?=[.)])/, String(number));
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
  }

  pushProse(node: Nodes, start: number, end: number): void {
    const place = placeOf(node);
    this.all.push({
      kind: 'prose',
      start,
      end,
      line: place.line,
      text: this.dedented(start, end, place.column),
      plain: plainTextOf(node),
      isCodeLike: node.type === 'code' || node.type === 'html',
      left: leftAsText(node)
    });
  }

  pushShell(code: Code): void {
    const place = placeOf(code);
    const text = this.dedented(place.start, place.end, place.column);
    this.all.push({
      kind: 'shell',
      ...place,
      code,
      isLabelled: Boolean(code.lang),
      text,
      isOther: code.meta === OTHER
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
    this.all.push({ kind: 'boxes', start: first.start, end: last.end, line: first.line, items: found, text });
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

/** What the blocks that say that they are shell begin their lines with: the programs of this team. */
function programsIn(node: Nodes): ReadonlySet<string> {
  if (node.type === 'code') {
    return new Set(SHELL.test(languageOf(node)) ? programsOf(node.value) : []);
  }
  return new Set('children' in node ? node.children.flatMap(child => [...programsIn(child)]) : []);
}

/** `{.bash}`, `bash{1,3}` and `bash:name.sh` are bash; the words of other tools stand behind it. */
function languageOf({ lang }: Code): string {
  return /^\{?\.?([\w-]*)/.exec(lang ?? '')![1]!;
}

function isBox(item: ListItem): boolean {
  return typeof item.checked === 'boolean';
}

function isBoxList(list: List): boolean {
  return list.children.every(isBox);
}
