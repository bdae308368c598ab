// One glyph, one word and one tone for each status, the same in the notebook, the panel and the timestamps: those of the contract.
import { STATUS_WORDS, type StatusName, type Tone } from '../../contract/state/status-words.js';
import type { Words } from './words.js';

export type { StatusName, Tone };

/** Nothing is left to do. */
export const DONE: ReadonlySet<StatusName> = new Set(['passed', 'skipped']);

/** A person has to choose what is done next. */
export const STOPPED: ReadonlySet<StatusName> = new Set(['failed', 'rejected', 'inconclusive']);

/** The tone of a status. */
export function toneOf(status: StatusName): Tone {
  return STATUS_WORDS[status].tone;
}

/** The word of a status, in the language of the user. */
export function wordOf(status: StatusName, words: Words): string {
  let table = tables.get(words);
  if (!table) {
    table = new Map();
    tables.set(words, table);
  }
  const known = table.get(status) ?? words.__(STATUS_WORDS[status].word);
  table.set(status, known);
  return known;
}

/** Kept, because a long run asks for a thousand words at a time and a translation is slow. */
const tables = new WeakMap<Words, Map<StatusName, string>>();
