// An abort signal for each running cell, on the supervisor's side: what waits for people ends with its cell.
import type { CellScopes } from './typescript-interpreter.js';

// Made once: a reason of its own, with its stack, would cost each cell 50 µs.
const ENDED = new DOMException('The cell has ended.', 'AbortError');

/** Scopes by cell key. A cell that is not running has an aborted signal, so that nothing waits for ever on its behalf. */
export class AbortingCellScopes implements CellScopes {
  readonly #controllers = new Map<string, AbortController>();

  begin(cellKey: string): void {
    this.#controllers.set(cellKey, new AbortController());
  }

  end(cellKey: string): void {
    this.#controllers.get(cellKey)?.abort(ENDED);
    this.#controllers.delete(cellKey);
  }

  signalOf(cellKey: string | null): AbortSignal {
    return this.#controllers.get(cellKey ?? '')?.signal ?? AbortSignal.abort(ENDED);
  }
}
