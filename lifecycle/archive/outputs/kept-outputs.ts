// Outputs that only the notebook has, such as those of a line command: the record of the archive keeps their hash.
import { stableText } from '../../../contract/base/stable-text.js';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../../contract/notebook/outline.js';
import { sha256 } from '../../../record/hash.js';
import { markOf, type CodeCell, type Output } from '../../notebook/archive-marks.js';
import type { FindRecorded } from './recorded-outputs.js';

/** SHA-256 (hex) of the archived outputs of every cell of which the journal has none, by the cell's id. */
export function keptOutputs({ cells }: Notebook, find: FindRecorded): { readonly [cell: string]: string } {
  const kept = cells.filter(cell => markOf(cell.metadata) === null && find(cell) === null);
  return Object.fromEntries(
    kept.flatMap(cell => {
      const outputs = ownOutputs(cell);
      return outputs.length === 0 ? [] : [[cell.id ?? '', hashOfOutputs(outputs)]];
    })
  );
}

/** The outputs of a cell without what the archive has added. */
export function ownOutputs(cell: OutlineCell): readonly Output[] {
  return ((cell as CodeCell).outputs ?? []).filter(({ metadata }) => markOf(metadata) === null);
}

/** What the record keeps of outputs that only the notebook has. */
export function hashOfOutputs(outputs: readonly Output[]): string {
  return sha256(stableText(outputs));
}
