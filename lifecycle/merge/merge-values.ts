// Three-way merges of JSON: objects key by key, lists of words as sets. Pure.
import { isSameJson } from '../../contract/base/stable-text.js';

/** Two values at one place that cannot both stand. Undefined: the side has none. */
export interface ValueConflict {
  /** Keys from the top, for example `["metadata", "tags"]`. */
  readonly path: readonly string[];
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** A merged value. Where there is a conflict it is ours. */
export interface MergedValue {
  readonly value: unknown;
  readonly conflicts: readonly ValueConflict[];
}

/**
 * Merges what `ours` and `theirs` made of `base`; undefined stands for a value that is not there.
 *
 * @example
 * mergeValues({ tags: ['a'] }, { tags: ['a', 'b'] }, { tags: ['a'], editable: false }).value // { tags: ['a', 'b'], editable: false }
 */
export function mergeValues(
  base: unknown,
  ours: unknown,
  theirs: unknown,
  path: readonly string[] = []
): MergedValue {
  if (isSameJson(ours, theirs) || isSameJson(base, theirs)) {
    return { value: ours, conflicts: [] };
  }
  if (isSameJson(base, ours)) {
    return { value: theirs, conflicts: [] };
  }
  if (isObject(ours) && isObject(theirs)) {
    return mergeObjects(isObject(base) ? base : {}, ours, theirs, path);
  }
  if (isWordList(ours) && isWordList(theirs)) {
    return { value: mergeWords(isWordList(base) ? base : [], ours, theirs), conflicts: [] };
  }
  return { value: ours, conflicts: [{ path, ours, theirs }] };
}

type JsonLike = { readonly [key: string]: unknown };

function mergeObjects(
  base: JsonLike,
  ours: JsonLike,
  theirs: JsonLike,
  path: readonly string[]
): MergedValue {
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  const merged = keys.map(
    key => [key, mergeValues(base[key], ours[key], theirs[key], [...path, key])] as const
  );
  return {
    value: Object.fromEntries(
      merged.filter(([, { value }]) => value !== undefined).map(([key, { value }]) => [key, value])
    ),
    conflicts: merged.flatMap(([, { conflicts }]) => conflicts)
  };
}

function mergeWords(base: readonly string[], ours: readonly string[], theirs: readonly string[]): string[] {
  const kept = ours.filter(word => theirs.includes(word) || !base.includes(word));
  return [...kept, ...theirs.filter(word => !base.includes(word) && !ours.includes(word))];
}

/** Tags and the like: words, each once. */
function isWordList(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.every(word => typeof word === 'string' && !word.includes('\n')) &&
    new Set(value).size === value.length
  );
}

function isObject(value: unknown): value is JsonLike {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
