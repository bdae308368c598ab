// Several people have one run open, each with a page of their own, and the one who drives saves it. Before another page saves, it looks at
// what the file has become: code that was changed meanwhile is taken over, and outputs of a page that the kernel keeps fresh are written.
// JupyterLab's own question, whether to overwrite or to revert, is left to where both have changed the code.
import type { Contents } from '@jupyterlab/services';
import { METADATA_KEY, runIn } from '../../contract/notebook/notebook.js';

/** The part of a notebook that a page must not lose. */
export interface Code {
  readonly cells: readonly { readonly id?: unknown; readonly cell_type: unknown; readonly source: unknown }[];
  readonly metadata: { readonly [key: string]: unknown };
}

/** How a file is known again. */
export type Version = Pick<Contents.IModel, 'hash' | 'last_modified'>;

export interface NewerFileParts {
  /** The file as the page knows it; null before it was read. */
  known(): Version | null;
  /** The code that the page shows. */
  code(): Code;
  /** The file as it is now. */
  look(): Promise<Version>;
  read(): Promise<Version & { readonly content: Code }>;
  /** True while the kernel tells the page every output. */
  isFresh(): boolean;
}

/** `save`: the page may save; over `over` where another page has saved. `read-again`: the page has nothing of its own, and the file has. */
export type Advice = { readonly do: 'save'; readonly over: Version | null } | { readonly do: 'read-again' };

export class NewerFile {
  constructor(private readonly parts: NewerFileParts) {
    this.base = textOf(parts.code());
  }

  /** The code that the page and the file had in common last. */
  private base: string;

  /** The page shows now what the file has: it was read, or saved. */
  isCommon(): void {
    this.base = textOf(this.parts.code());
  }

  /** What to do instead of a mere save. */
  async advice(): Promise<Advice> {
    const known = this.parts.known();
    if (known === null || isSame(known, await this.parts.look())) {
      return { do: 'save', over: null };
    }
    const { content, ...version } = await this.parts.read();
    const shown = textOf(this.parts.code());
    if (this.parts.isFresh() && textOf(content) === shown) {
      return { do: 'save', over: version };
    }
    return shown === this.base ? { do: 'read-again' } : { do: 'save', over: null };
  }

  /** True when the file has code that the page does not show, and the page has none of its own. */
  async isBehind(): Promise<boolean> {
    const shown = textOf(this.parts.code());
    return shown === this.base && textOf((await this.parts.read()).content) !== shown;
  }
}

function isSame(a: Version, b: Version): boolean {
  return a.hash && b.hash ? a.hash === b.hash : a.last_modified === b.last_modified;
}

/** Outputs and times are written by every page alike, and are no part of it. */
function textOf({ cells, metadata }: Code): string {
  return JSON.stringify([
    runIn(metadata[METADATA_KEY]),
    cells.map(({ id, cell_type: type, source }) => [
      id ?? null,
      type,
      Array.isArray(source) ? source.join('') : source
    ])
  ]);
}
