// Whether a person has hidden the times of one cell, kept in its metadata.
import type { Cell } from '@jupyterlab/cells';
import { METADATA_KEY } from '../../contract/notebook/notebook.js';

export function hasHiddenTimes({ model }: Cell): boolean {
  return recordOf(model).hideTimes === true;
}

export function toggleTimes({ model }: Cell): void {
  const { hideTimes, ...others } = recordOf(model);
  const ours = hideTimes === true ? others : { ...others, hideTimes: true };
  if (Object.keys(ours).length > 0) {
    model.setMetadata(METADATA_KEY, ours);
  } else {
    model.deleteMetadata(METADATA_KEY);
  }
}

function recordOf(model: Cell['model']): { readonly hideTimes?: boolean } {
  return (model.getMetadata(METADATA_KEY) ?? {}) as { readonly hideTimes?: boolean };
}
