// Where an approval or a checklist is shown, and so what a person may do with it there.
import type { Words } from '../page/words.js';
import type { StateSource } from '../tokens.js';

/**
 * - `live`: the kernel that asked is connected.
 * - `no-kernel`: the run is read from the journal, or not at all.
 * - `not-recorded`: the record of the run is known, and it does not have this: an output proves nothing.
 * - `no-notebook`: a copy of the output outside a notebook.
 */
export type HoldAccess = 'live' | 'no-kernel' | 'not-recorded' | 'no-notebook';

/** The access in a notebook, from the source of its state and whether that state knows the request. */
export function accessOf(source: StateSource, isKnown: boolean): HoldAccess {
  if (source !== 'none' && !isKnown) {
    return 'not-recorded';
  }
  return source === 'kernel' ? 'live' : 'no-kernel';
}

/**
 * What is shown of a hold, and how: the record's state wherever there is one, whatever the output says of itself.
 *
 * @param source - Where the state of the run comes from; null outside of a notebook.
 */
export function shownHold<H>(
  saved: H,
  recorded: H | undefined,
  source: StateSource | null
): { readonly hold: H; readonly access: HoldAccess } {
  const access = source === null ? 'no-notebook' : accessOf(source, recorded !== undefined);
  return { hold: recorded ?? saved, access };
}

/** The word in the place of a status where the record does not have it. */
export function notRecordedWord(words: Words): string {
  return words.__("Not in this run's record");
}
