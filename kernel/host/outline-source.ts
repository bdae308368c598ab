// Which outline counts: the open document's while a front end tells it, else the file's.
// A hold point that the file knows stays until the file is saved without it, so that a client cannot talk it away.
import type { Outline, StepOutline } from '../../contract/outline.js';
import type { NotebookFile } from './notebook-file.js';

/** The outline of the open document or the file. */
export class OutlineSource {
  readonly #notebook: NotebookFile | null;
  #announced: Outline | null = null;
  #sources: { readonly [cell: string]: string } = {};

  constructor(notebook: NotebookFile | null) {
    this.#notebook = notebook;
  }

  /** A front end told the outline of its document, and maybe the SHA-256 of its cells by id. */
  announce(outline: Outline, sources: { readonly [cell: string]: string } = {}): void {
    this.#announced = outline;
    this.#sources = sources;
  }

  /** The last front end went away; the file counts again. */
  forget(): void {
    this.#announced = null;
    this.#sources = {};
  }

  /** SHA-256 of the open document's cells by id; empty while no front end tells them. */
  sources(): { readonly [cell: string]: string } {
    return this.#sources;
  }

  current(): Outline {
    const saved = this.#notebook?.read().outline ?? { title: '', phases: [] };
    return this.#announced ? keepHolds(this.#announced, saved) : saved;
  }
}

function keepHolds(announced: Outline, saved: Outline): Outline {
  const holds = new Map(
    saved.phases.flatMap(phase => phase.steps.map(step => [step.id, step.holds] as const))
  );
  const keep = (step: StepOutline): StepOutline => ({
    ...step,
    holds: [...new Set([...step.holds, ...(holds.get(step.id) ?? [])])]
  });
  return {
    ...announced,
    phases: announced.phases.map(phase => ({ ...phase, steps: phase.steps.map(keep) }))
  };
}
