// What undo steps print. Those that a cell has asked for print under that cell. Those that a front end has asked for have no place in
// the notebook: what they print goes into the journal alone, from where every page shows it.
import type { RecordedOutput } from '../../contract/notebook/output.js';
import type { Cell } from '../ports.js';
import type { RecordedOutputs } from '../outputs/recorded-outputs.js';
import type { CellOutput } from '../../contract/notebook/output.js';
import { MaskedOutputs } from '../masking/masked-outputs.js';
import type { Masking } from '../masking/masking.js';
import type { StepRegister } from '../keeper/step-register.js';

export interface UndoOutputsParts {
  readonly masking: Masking;
  readonly register: StepRegister;
  /** Null where outputs are not kept. */
  readonly recorder: RecordedOutputs | null;
  /** Hands on what a cell has printed so far; resolves when it is recorded. */
  readonly flushCell: (cellKey: string) => Promise<void>;
}

/** Keeps the outputs of undo steps under the step that printed them. */
export class UndoOutputs {
  readonly #parts: UndoOutputsParts;
  readonly #masked: MaskedOutputs;

  constructor(parts: UndoOutputsParts) {
    this.#parts = parts;
    this.#masked = new MaskedOutputs(parts.masking, {
      publish: (key, output) => this.#record(key, output)
    });
  }

  publish(cellKey: string, output: CellOutput): void {
    this.#masked.publish(cellKey, output);
  }

  /** An undo step has ended: what it has printed is its own, and the next one's comes after. */
  async settle(cell: Cell): Promise<void> {
    this.#masked.flush(cell.key);
    if (cell.kind !== 'undo') {
      await this.#parts.flushCell(cell.key);
    }
    await this.#parts.recorder?.complete(cell);
  }

  #record(key: string, output: CellOutput): void {
    const cell = this.#parts.register.find(key)?.cell;
    if (cell) {
      void this.#parts.recorder?.record(cell, recordedOf(output));
    }
  }
}

function recordedOf(output: CellOutput): RecordedOutput {
  return output.kind === 'result'
    ? { kind: 'display', data: output.data, metadata: output.metadata }
    : output;
}
