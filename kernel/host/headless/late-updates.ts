// Displays that change after their cell has ended, so that a notebook without a front end has them in their last form too.
import type { RecordedOutput } from '../../../contract/notebook/output.js';

/** What a cell shows. */
export interface CellOutputs {
  readonly cell: string;
  readonly outputs: readonly RecordedOutput[];
}

/** Follows the displays of the cells that were executed here. */
export class LateUpdates {
  readonly #outputs = new Map<string, RecordedOutput[]>();
  readonly #changed = new Set<string>();
  #running: string | null = null;

  /** The cell collects its outputs itself until the function that this gives is called. */
  begin(cell: string, outputs: RecordedOutput[]): () => void {
    this.#outputs.set(cell, outputs);
    this.#changed.delete(cell);
    this.#running = cell;
    return () => {
      this.#running = null;
    };
  }

  /** A display has changed. True when it is one of a cell that has ended. */
  take(update: Extract<RecordedOutput, { kind: 'update' }>): boolean {
    let isLate = false;
    for (const [cell, outputs] of this.#outputs) {
      if (cell !== this.#running && outputs.some(output => shows(output, update.displayId))) {
        const last = outputs.findLastIndex(
          output => output.kind === 'update' && isOf(output, update.displayId)
        );
        outputs.splice(last < 0 ? outputs.length : last, last < 0 ? 0 : 1, update);
        this.#changed.add(cell);
        isLate = true;
      }
    }
    return isLate;
  }

  /** The cells that have changed since this was asked last. */
  changed(): readonly CellOutputs[] {
    const cells = [...this.#changed].map(cell => ({ cell, outputs: this.#outputs.get(cell)! }));
    this.#changed.clear();
    return cells;
  }
}

function shows(output: RecordedOutput, displayId: string): boolean {
  return output.kind === 'display' && isOf(output, displayId);
}

function isOf(output: RecordedOutput, displayId: string): boolean {
  return 'displayId' in output && output.displayId === displayId;
}
