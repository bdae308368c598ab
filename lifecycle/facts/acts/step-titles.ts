// What a step is called: by title and phase, never by its id. Also those that the notebook has no more, and undo steps.
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { rollbackOfStep, type Outline } from '../../../contract/notebook/outline.js';

/** Names of steps, for reading. */
export class StepTitles {
  readonly #places = new Map<string, { readonly title: string; readonly phase: string }>();
  readonly #rollbacks = new Map<string, string>();

  /** The newest outline that has a step tells its name; `outline` is the one that counts now. */
  constructor(records: readonly JournalRecord[], outline: Outline) {
    records.forEach(record => this.take(record));
    this.#learn(outline);
  }

  /** Learns what a further record names. */
  take(record: JournalRecord): void {
    if (record.kind === 'outline') {
      this.#learn(record.outline);
    } else if (record.kind === 'rollback-registered') {
      this.#rollbacks.set(record.rollback, record.name);
    }
  }

  /** `“Deploy orders” (Deployment)`. */
  of(step: string): string {
    const { title, phase } = this.place(step);
    return phase === '' ? title : `“${title}” (${phase})`;
  }

  /** The same to begin a sentence with: `The step “Deploy orders” (Deployment)`. */
  subject(step: string): string {
    const { title, phase } = this.place(step);
    return phase === '' ? `${title[0]!.toUpperCase()}${title.slice(1)}` : `The step ${this.of(step)}`;
  }

  /** Title and phase; a step outside of the outline has no phase, and its title says what it is. */
  place(step: string): { readonly title: string; readonly phase: string } {
    const rollback = rollbackOfStep(step);
    return (
      this.#places.get(step) ?? {
        title: rollback === null ? OUTSIDE : `undo step ${this.undo(rollback)}`,
        phase: ''
      }
    );
  }

  /** `“Stop orders”`: the name of an undo step. */
  undo(rollback: string): string {
    return `“${this.#rollbacks.get(rollback) ?? 'without a name'}”`;
  }

  #learn({ phases }: Outline): void {
    phases.forEach(phase =>
      phase.steps.forEach(({ id, title }) => this.#places.set(id, { title, phase: phase.title }))
    );
  }
}

/** A cell of a console, or one that no outline has ever had. */
const OUTSIDE = 'a cell outside of the notebook';
