// Which outline counts: the open document's while a front end tells it, else the file's.
// A hold point that the file knows stays until the file is saved without it, so that a client cannot talk it away.
import { phaseOfStep, type Outline, type StepOutline } from '../../contract/outline.js';
import { makeError } from './cell-error.js';
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
    const saved = this.saved();
    return this.#announced ? keepHolds(this.#announced, saved) : saved;
  }

  /** The file's. A step that the open document has not, or has elsewhere, stays locked as it is there. */
  saved(): Outline {
    return this.#notebook?.read().outline ?? { title: '', phases: [] };
  }

  /**
   * Title of the phase of a step; '' when nobody knows the step. Which policy holds for it must not depend on an unsaved heading.
   *
   * @throws code `hold.phase_unsaved` when the open document has it in another phase than the file.
   */
  phaseOf(step: string): string {
    const open = phaseOfStep(this.current(), step)?.title;
    const saved = phaseOfStep(this.saved(), step)?.title;
    if (open !== undefined && saved !== undefined && open !== saved) {
      throw makeError(
        'PhaseUnsavedError',
        'hold.phase_unsaved',
        `This hold point is in “${open}” in the open document and in “${saved}” in the file, so nobody knows which rules hold for it. Nobody was asked.`,
        'Save the notebook, then run this step again.'
      );
    }
    return open ?? saved ?? '';
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
