// Text that may be the beginning of a secret is held back; a cell has shown it before it counts as ended.
import type { MaskedOutputs } from '../../../run/masking/masked-outputs.js';
import type { RunCell } from '../../core/ports/ports.js';

/** Runs cells as `run` does. */
export function showHeldBack(run: RunCell, outputs: Pick<MaskedOutputs, 'flush'>): RunCell {
  return async (cell, userExpressions) => {
    try {
      return await run(cell, userExpressions);
    } finally {
      outputs.flush(cell.key);
    }
  };
}
