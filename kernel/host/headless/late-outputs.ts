// What cells show and change after they have ended, such as what runs in the background, so that a notebook without a front end has it too.
import type { RecordedOutput } from '../../../contract/notebook/output.js';

/** What a cell shows. */
export interface CellOutputs {
  readonly cell: string;
  readonly outputs: readonly RecordedOutput[];
}

/** Follows the outputs of the cells that were executed here. */
export class LateOutputs {
  readonly #outputs = new Map<string, RecordedOutput[]>();
  /** By the request that a cell was executed with. */
  readonly #byRequest = new Map<string, RecordedOutput[]>();
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

  /** Messages of this request belong to these outputs. */
  tie(request: string | undefined, outputs: RecordedOutput[]): void {
    if (request !== undefined) {
      this.#byRequest.set(request, outputs);
    }
  }

  /** Something came for a request that had ended. True when it is of a cell, and the last time that this was executed. */
  add(output: RecordedOutput, request: string | undefined): boolean {
    const outputs = this.#byRequest.get(request ?? '');
    const cell = [...this.#outputs].find(([, each]) => each === outputs)?.[0];
    if (outputs === undefined || cell === undefined) {
      return false;
    }
    outputs.push(output);
    this.#changed.add(cell);
    return true;
  }

  /** A display has changed. True when it is one of a cell that has ended. */
  change(update: Extract<RecordedOutput, { kind: 'update' }>): boolean {
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
