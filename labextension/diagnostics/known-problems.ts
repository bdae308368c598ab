// The problems of cells, each with the text in which it was found. A cell that has become another one (its type was changed, it was split
// or merged) has none of those that its id had before.
import type { Problem } from './problem.js';

/** A cell as the notebook has it now. */
export interface ShownCell {
  readonly id: string;
  readonly type: string;
  readonly source: string;
}

export class KnownProblems {
  set(cell: string, text: string, problems: readonly Problem[]): void {
    if (problems.length > 0) {
      this.known.set(cell, { text, problems });
    } else {
      this.known.delete(cell);
    }
  }

  /** Ids of cells that had problems when they were checked last. */
  get cells(): readonly string[] {
    return [...this.known.keys()];
  }

  /** Those of the cell's present text. */
  of({ id, type, source }: ShownCell): readonly Problem[] {
    const found = this.known.get(id);
    return found && type === 'code' && found.text === source ? found.problems : [];
  }

  private readonly known = new Map<
    string,
    { readonly text: string; readonly problems: readonly Problem[] }
  >();
}
