// Tells people of a line of the journal that a crash cut off: under the first cell that runs afterwards, where somebody looks.
import type { Cell, CellOutput, Gatekeeper } from '../core/ports.js';
import type { RunKeeper } from './run-keeper.js';

/** A gate that behaves as `gate` does, and says once that a line was set aside. */
export function tellOfTornLine(
  gate: Gatekeeper,
  keeper: RunKeeper,
  publish: (cellKey: string, output: CellOutput) => void
): Gatekeeper {
  let notice: string | null = null;
  keeper.subscribe(record => {
    if (record.kind === 'torn-line') {
      notice = `[launchbook] A crash cut off line ${record.line} of the journal. Its ${record.bytes} bytes are set aside in ${record.file}; the ${record.line - 1} lines before it are whole, and the journal goes on behind them.\n`;
    }
  });
  return {
    async admit(cell: Cell) {
      const admission = await gate.admit(cell);
      if (notice !== null && admission.refusal === null && !cell.isSilent) {
        publish(cell.key, { kind: 'stream', name: 'stderr', text: notice });
        notice = null;
      }
      return admission;
    },
    settle: (cell, outcome) => gate.settle(cell, outcome)
  };
}
