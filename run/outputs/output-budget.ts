// How much of what one attempt shows goes into the journal. Within the budget everything is kept at once; beyond it only what would
// still be on the screen at the end is held in memory, so that a progress bar that runs for a day does not fill the disk.
import { writtenSize } from '../../contract/base/written-size.js';
import { sizeText } from '../../contract/base/size-text.js';
import type { RecordedOutput } from '../../contract/notebook/output.js';

/** The outputs of one attempt on their way to the journal. */
export class OutputBudget {
  readonly #limitBytes: number;
  #keptBytes = 0;
  #held: RecordedOutput[] = [];
  #heldBytes = 0;
  #leftOut = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** True when the output is to be kept now; otherwise it is held. */
  admits(output: RecordedOutput): boolean {
    const bytes = sizeOf(output);
    if (this.#held.length === 0 && this.#keptBytes + bytes <= this.#limitBytes) {
      this.#keptBytes += bytes;
      return true;
    }
    this.#hold(output, bytes);
    return false;
  }

  /** What is held, as the cell ends; nothing is held afterwards, and a new budget begins. */
  release(): readonly RecordedOutput[] {
    const notice: RecordedOutput[] =
      this.#leftOut === 0
        ? []
        : [
            {
              kind: 'stream',
              name: 'stderr',
              text: `[launchbook] ${this.#leftOut} outputs of this attempt are not kept in the journal: it keeps ${sizeText(this.#limitBytes)} of an attempt at once and as much at its end.\n`
            }
          ];
    const released = [...this.#held, ...notice];
    this.#held = [];
    this.#heldBytes = 0;
    this.#keptBytes = 0;
    this.#leftOut = 0;
    return released;
  }

  #hold(output: RecordedOutput, bytes: number): void {
    if (output.kind === 'clear') {
      this.#held = [output];
      this.#heldBytes = 0;
      this.#leftOut = 0;
      return;
    }
    if (output.kind === 'update') {
      this.#held = this.#held.filter(
        held => !(held.kind === 'update' && held.displayId === output.displayId)
      );
      this.#heldBytes = this.#held.reduce((sum, held) => sum + sizeOf(held), 0);
    }
    if (this.#heldBytes + bytes > this.#limitBytes) {
      this.#leftOut += 1;
      return;
    }
    this.#held.push(output);
    this.#heldBytes += bytes;
  }
}

/** Text counts as the limit of the notebook counts it, so that what fits there fits here. */
function sizeOf(output: RecordedOutput): number {
  return output.kind === 'stream'
    ? writtenSize(Buffer.from(output.text))
    : Buffer.byteLength(JSON.stringify(output));
}
