// Which outline counts: that of the document of whoever drives, while their page tells it, else the file's. What the page of a watcher tells
// changes nothing. A hold point that the file knows stays until the file is saved without it, so that a client cannot remove it.
import { byId } from '../../contract/base/by-id.js';
import { phaseOfStep, type Outline } from '../../contract/notebook/outline.js';
import { makeError } from '../make-error.js';
import { hashesOf, keepHolds, type AnnouncedDocument, type CellHashes } from './kept-holds.js';
import type { NotebookFile } from './notebook-file.js';

/** Where a document is open: id of the page, and the session that its messages carry. */
export interface OpenPage {
  readonly client: string;
  readonly session: string;
}

type Announced = OpenPage & AnnouncedDocument;

/** What it needs. */
export interface OutlineParts {
  readonly notebook: NotebookFile | null;
  /** True for a page of whoever drives; of everybody where nobody has to. */
  readonly leads: (page: OpenPage) => boolean;
  /** Id of the page behind a session. */
  readonly clientOf: (session: string) => string;
}

/** The outline of the open document or the file. */
export class OutlineSource {
  readonly #parts: OutlineParts;
  /** In the order in which they told something last. */
  readonly #announced = new Map<string, Announced>();
  #awaiting: (() => void)[] = [];

  constructor(parts: OutlineParts) {
    this.#parts = parts;
  }

  /** A front end told the outline of its document, and maybe the hashes of its cells. True when that counts. */
  announce(page: OpenPage, outline: Outline, sources: CellHashes = {}): boolean {
    this.#announced.delete(page.client);
    this.#announced.set(page.client, {
      ...page,
      outline: { ...outline, locks: 'outcome' },
      sources: byId(sources)
    });
    this.#awaiting.splice(0).forEach(hear => hear());
    return this.#parts.leads(page);
  }

  /** Of several pages of a driver the one counts that runs a cell or tells something last. */
  follow(session: string): void {
    const client = this.#parts.clientOf(session);
    const announced = this.#announced.get(client);
    if (announced && this.#parts.leads(announced)) {
      this.#announced.delete(client);
      this.#announced.set(client, announced);
    }
  }

  /** A page went away. */
  forget(client: string): void {
    this.#announced.delete(client);
  }

  /** Resolves when a page tells something, or after `patienceMs`. */
  async announced(patienceMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#awaiting.push(resolve);
    const timer = setTimeout(resolve, patienceMs);
    await promise;
    clearTimeout(timer);
  }

  /** True for a session of a page that has told its document. */
  isOpenAt(session: string): boolean {
    return this.#announced.has(this.#parts.clientOf(session));
  }

  /** SHA-256 of the open document's cells by id; empty while no front end tells them. */
  sources(): CellHashes {
    return this.#leading()?.sources ?? {};
  }

  /** The same of the document of one client, whoever drives. */
  sourcesOf(session: string): CellHashes {
    return this.#announced.get(this.#parts.clientOf(session))?.sources ?? {};
  }

  current(): Outline {
    return this.#with(this.#leading());
  }

  /** The outline of the document of one client, whoever drives; the file's when it has told none. */
  of(session: string): Outline {
    return this.#with(this.#announced.get(this.#parts.clientOf(session)));
  }

  /** The file's. A step that the open document has not, or has elsewhere, stays locked as it is there. */
  saved(): Outline {
    return this.#parts.notebook?.read().outline ?? { title: '', phases: [], locks: 'outcome' };
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
        `This hold point is in “${open}” in the open document and in “${saved}” in the file, so nobody knows which rules apply to it. Nobody was asked.`,
        'Save the notebook, then run this step again.'
      );
    }
    return open ?? saved ?? '';
  }

  #leading(): Announced | undefined {
    return [...this.#announced.values()].findLast(this.#parts.leads);
  }

  #with(announced: Announced | undefined): Outline {
    const saved = this.saved();
    return announced
      ? keepHolds(announced, saved, hashesOf(this.#parts.notebook?.read().cells ?? []))
      : saved;
  }
}
