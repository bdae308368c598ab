// An abort signal for each running cell, on the supervisor's side: what waits for people ends with its cell.
import type { CellScopes } from './typescript-interpreter.js';

/** Scopes by cell key. A cell that is not running has an aborted signal, so that nothing waits for ever on its behalf. */
export class AbortingCellScopes implements CellScopes {
  readonly #controllers = new Map<string, AbortController>();

  begin(cellKey: string): void {
    this.#controllers.set(cellKey, new AbortController());
  }

  end(cellKey: string): void {
    this.#controllers.get(cellKey)?.abort();
    this.#controllers.delete(cellKey);
  }

  signalOf(cellKey: string | null): AbortSignal {
    return this.#controllers.get(cellKey ?? '')?.signal ?? AbortSignal.abort();
  }
}
