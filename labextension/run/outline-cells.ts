// The cells of an open notebook as the outline reads them: with their tags, and with the mark of those that an archive added.
import type { ICellModel } from '@jupyterlab/cells';
import { METADATA_KEY } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';

/** In the order of the notebook. */
export function outlineCells(
  cells: Iterable<ICellModel>
): (OutlineCell & { readonly id: string; readonly source: string })[] {
  return [...cells].map(cell => ({
    id: cell.id,
    cell_type: cell.type,
    source: cell.sharedModel.getSource(),
    metadata: {
      tags: cell.getMetadata('tags') as unknown,
      [METADATA_KEY]: cell.getMetadata(METADATA_KEY) as unknown
    }
  }));
}
