// Finds many texts at once in one pass (Aho and Corasick 1975), with all transitions in one table: one look-up a character however
// many texts there are. Trick: characters that occur in no text share one column, and states that end a text have the highest numbers.

/** A text to find. */
export interface Pattern {
  readonly text: string;
  /** What inside it is passed over. */
  readonly gap: Gap;
  /** What a match is reported as. */
  readonly label: string;
}

/** Nothing, line breaks with the blanks that indent the next line, or every blank. Colours of a terminal are passed over in all texts. */
export type Gap = 'none' | 'breaks' | 'blanks';

/** Where every text begins. */
export const ROOT = 0;

interface Node {
  readonly children: Map<number, Node>;
  readonly depth: number;
  fail: Node | null;
  /** The longest text that ends here. */
  match: Pattern | null;
  /** The widest gap of the texts that go through here. */
  gap: number;
  number: number;
}

/** The compiled search. States are positions of rows in `table`. */
export class Automaton {
  /** Next state by `state + column`. */
  readonly table: Int32Array;
  /** Column of each UTF-16 code unit. */
  readonly columns: Uint16Array;
  /** States from here on end a text. */
  readonly firstMatch: number;
  readonly #width: number;
  readonly #depths: Int32Array;
  readonly #settled: Int32Array;
  readonly #afterBreak: Int32Array;
  readonly #afterBlank: Int32Array;
  readonly #matches: readonly (Pattern | null)[];

  constructor(patterns: readonly Pattern[]) {
    const root = makeTrie(patterns);
    const nodes = linkFailures(root);
    const ordered = [...nodes.filter(node => !node.match), ...nodes.filter(node => node.match)];
    this.columns = new Uint16Array(65_536);
    this.#width = assignColumns(patterns, this.columns);
    ordered.forEach((node, index) => (node.number = index * this.#width));
    this.firstMatch = nodes.filter(node => !node.match).length * this.#width;
    this.table = fillTable(nodes, this.#width, this.columns);
    this.#depths = Int32Array.from(ordered, node => node.depth);
    this.#settled = Int32Array.from(ordered, node => nearest(node, ({ children }) => children.size > 0));
    this.#afterBreak = Int32Array.from(ordered, node => nearest(node, ({ gap }) => gap >= WIDTHS.breaks));
    this.#afterBlank = Int32Array.from(ordered, node => nearest(node, ({ gap }) => gap >= WIDTHS.blanks));
    this.#matches = ordered.map(node => node.match);
  }

  /** Characters of the longest beginning of a text that ends in `state`. */
  depthOf(state: number): number {
    return this.#depths[state / this.#width]!;
  }

  /** The longest text that ends in `state`. */
  matchOf(state: number): Pattern | null {
    return this.#matches[state / this.#width] ?? null;
  }

  /** The shallowest state that goes on like `state`: nothing goes on from the end of a text, only from ends of it. */
  settle(state: number): number {
    return this.#settled[state / this.#width]!;
  }

  /** The state that goes on after a line break in `state`; the root when no text has begun that may have one. */
  afterBreak(state: number): number {
    return this.#afterBreak[state / this.#width]!;
  }

  /** The same after a blank. */
  afterBlank(state: number): number {
    return this.#afterBlank[state / this.#width]!;
  }
}

const WIDTHS: { readonly [gap in Gap]: number } = { none: 0, breaks: 1, blanks: 2 };

function makeNode(depth: number): Node {
  return { children: new Map(), depth, fail: null, match: null, gap: 0, number: 0 };
}

function makeTrie(patterns: readonly Pattern[]): Node {
  const root = makeNode(0);
  for (const pattern of patterns) {
    let node = root;
    for (let index = 0; index < pattern.text.length; index++) {
      const unit = pattern.text.charCodeAt(index);
      let child = node.children.get(unit);
      if (!child) {
        child = makeNode(index + 1);
        node.children.set(unit, child);
      }
      child.gap = Math.max(child.gap, WIDTHS[pattern.gap]);
      node = child;
    }
    node.match ??= pattern;
  }
  return root;
}

/** Links each node to its longest proper end that begins a text. Returns all nodes, shallow ones first. */
function linkFailures(root: Node): readonly Node[] {
  const nodes = [root];
  for (const node of nodes) {
    for (const [unit, child] of node.children) {
      let fail = node.fail;
      while (fail && !fail.children.has(unit)) {
        fail = fail.fail;
      }
      child.fail = fail?.children.get(unit) ?? root;
      child.match ??= child.fail.match;
      nodes.push(child);
    }
  }
  return nodes;
}

function assignColumns(patterns: readonly Pattern[], columns: Uint16Array): number {
  let width = 1;
  for (const { text } of patterns) {
    for (let index = 0; index < text.length; index++) {
      columns[text.charCodeAt(index)] ||= width++;
    }
  }
  return width;
}

function fillTable(nodes: readonly Node[], width: number, columns: Uint16Array): Int32Array {
  const table = new Int32Array(nodes.length * width);
  for (const node of nodes) {
    if (node.fail) {
      table.copyWithin(node.number, node.fail.number, node.fail.number + width);
    }
    for (const [unit, child] of node.children) {
      table[node.number + columns[unit]!] = child.number;
    }
  }
  return table;
}

/** The number of `node`, or of its longest end that `fits`. */
function nearest(node: Node, fits: (node: Node) => boolean): number {
  let found: Node | null = node;
  while (found && !fits(found)) {
    found = found.fail;
  }
  return found?.number ?? ROOT;
}
