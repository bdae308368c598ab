// Where an approval or a checklist is shown, and so what a person may do with it there.
import type { StateSource } from '../tokens.js';

/**
 * - `live`: the kernel that asked is connected.
 * - `no-kernel`: the run is read from the journal, or not at all.
 * - `not-asked`: a kernel of ours is connected, but it does not know this request.
 * - `no-notebook`: a copy of the output outside a notebook.
 */
export type HoldAccess = 'live' | 'no-kernel' | 'not-asked' | 'no-notebook';

/** The access in a notebook, from the source of its state and whether that state knows the request. */
export function accessOf(source: StateSource, isKnown: boolean): HoldAccess {
  if (source !== 'kernel') {
    return 'no-kernel';
  }
  return isKnown ? 'live' : 'not-asked';
}

/** Of the state in the output and the state of the run, the newer one. */
export function newerOf<T extends { readonly rev: number }>(shown: T, live: T | undefined): T {
  return live && live.rev >= shown.rev ? live : shown;
}
