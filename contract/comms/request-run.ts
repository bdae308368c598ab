// A page says with each cell that it sends to which run its document belongs, in the metadata of the request. A kernel that was told of
// another notebook, or of none, refuses it by that: whatever came first, the cell or what the page tells of itself.
import { METADATA_KEY } from '../notebook/notebook.js';

interface MarkedMetadata {
  readonly [key: string]: unknown;
}

/** The metadata of a request for a cell of the run with this id; as they are where it is null. */
export function withRun<M extends MarkedMetadata>(
  metadata: M | undefined,
  run: string | null
): M | undefined {
  return run === null ? metadata : ({ ...metadata, [METADATA_KEY]: { run } } as unknown as M);
}

/** Id of the run that a request says that it belongs to; null when it says none. What is no id counts as one that no kernel knows. */
export function runOfRequest(metadata: MarkedMetadata): string | null {
  const said = metadata[METADATA_KEY] as { readonly run?: unknown } | null | undefined;
  return said === undefined || said === null || said.run === undefined ? null : String(said.run);
}
