// What a search is made of: frozen plain data. search.ts makes the nodes, compile.ts turns them into text.
import type { SplValue } from './quote.js';

/** How a field is compared. `like` knows the wildcard `*`; the others take every character as it is. */
export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'like';

/** A field compared with one value, or with several of which one must hold. */
export interface Condition {
  readonly field: string;
  readonly comparison: Comparison;
  readonly values: readonly SplValue[];
}

/** `count()`, `max(durationMs)`: a function over a field, and the name of its result. */
export interface Aggregation {
  readonly name: string;
  readonly function: string;
  readonly field: string | null;
}

/** One part of a search. The first ones, up to the first that is not a filter, form the base search. */
export type SearchNode =
  | { readonly kind: 'where'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'eval'; readonly name: string; readonly expression: string }
  | { readonly kind: 'stats'; readonly aggregations: readonly Aggregation[]; readonly by: readonly string[] }
  | {
      readonly kind: 'timechart';
      readonly aggregations: readonly Aggregation[];
      readonly by: string | null;
      readonly span: string | null;
    }
  | {
      readonly kind: 'sort';
      readonly fields: readonly { readonly name: string; readonly isDescending: boolean }[];
    }
  | { readonly kind: 'head'; readonly count: number }
  | { readonly kind: 'table'; readonly fields: readonly string[] }
  | { readonly kind: 'raw'; readonly spl: string };

/** A whole search. Times are as Splunk reads them: `-15m`, `now`, `@h`, epoch seconds. */
export interface SearchTree {
  readonly indexes: readonly string[];
  readonly nodes: readonly SearchNode[];
  readonly earliest: string;
  readonly latest: string;
  /** A step or phase whose times count instead, until they are looked up. */
  readonly window: string | null;
  /** Stands above the result, or null. */
  readonly caption: string | null;
}

/** A tree with one more node. */
export function withNode(tree: SearchTree, node: SearchNode): SearchTree {
  return Object.freeze({ ...tree, nodes: Object.freeze([...tree.nodes, deepFreeze(node)]) });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
