// What a cell shows, as text in the form in which it stays: a display that may still change is told once, as it is in the end.
import type { RecordedOutput } from '../../contract/notebook/output.js';
import { outputText } from './output-text.js';

/** Collects the outputs of one cell after the other. */
export class ShownText {
  /** Displays that may still change, in the order in which they were first shown. */
  readonly #live = new Map<string, string>();
  /** What was told of those of ended cells, and what has become of them since. */
  readonly #told = new Map<string, string>();
  readonly #changed = new Map<string, string>();
  #step: string | null = null;

  /** What can be told now: not a display that may still change, but those of the step before. `step`: null for line commands. */
  take(output: RecordedOutput, step: string | null): string {
    const before = step === this.#step ? '' : this.end();
    this.#step = step;
    return before + this.#take(output);
  }

  /** The first line of the newest of them as it is now; '' without one. */
  get running(): string {
    return [...this.#live.values()].at(-1)?.split('\n', 1)[0] ?? '';
  }

  /** The cell has ended: all of them as they are now. */
  end(): string {
    const text = [...this.#live.values()].join('');
    this.#live.forEach((shown, id) => this.#told.set(id, shown));
    this.#live.clear();
    return text;
  }

  /** Of a cell that has ended: what can be told now. A display is told in its last form, when everything has ended. */
  takeLate(output: RecordedOutput): string {
    const id = output.kind === 'display' || output.kind === 'update' ? output.displayId : undefined;
    if (id === undefined) {
      return outputText(output);
    }
    if (this.#live.has(id)) {
      this.#live.set(id, outputText(output));
    } else if (output.kind === 'display' || this.#told.has(id)) {
      this.#told.set(id, this.#told.get(id) ?? '');
      this.#changed.set(id, outputText(output));
    }
    return '';
  }

  /** Everything has ended: what is left, and what is not any more as it was told. */
  endAll(): string {
    const changed = [...this.#changed].filter(([id, now]) => now !== this.#told.get(id));
    this.#changed.clear();
    return this.end() + changed.map(([, now]) => now).join('');
  }

  #take(output: RecordedOutput): string {
    if (output.kind === 'clear' && !output.wait) {
      this.#live.clear();
    }
    const id = output.kind === 'display' || output.kind === 'update' ? output.displayId : undefined;
    if (id === undefined) {
      return outputText(output);
    } else if (output.kind === 'display' || this.#live.has(id)) {
      this.#live.set(id, outputText(output));
    }
    return '';
  }
}
