// What `launchbook archive` adds to a notebook carries a mark, so that it can be told apart, renewed and taken away again.
import { METADATA_KEY, type Notebook } from '../../contract/notebook/notebook.js';
import { isCellOfArchive, type OutlineCell } from '../../contract/notebook/outline.js';

/** A code cell with its outputs, as nbformat has it. */
export interface CodeCell extends OutlineCell {
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
}

/** An output of a cell (nbformat 4.5), as far as we read it. */
export interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: { readonly [mimeType: string]: unknown };
  readonly metadata?: { readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** `summary`, `timeline` and `recorded`: cells that were added. `times` and `acts`: outputs that were added to a step. */
export type ArchiveMark = 'summary' | 'timeline' | 'recorded' | 'times' | 'acts';

/** Metadata that carries a mark. */
export function markedAs(mark: ArchiveMark): { readonly [key: string]: unknown } {
  return { [METADATA_KEY]: { archive: mark } };
}

/** The mark in a cell's or output's metadata, or null. */
export function markOf(metadata: { readonly [key: string]: unknown } | undefined): string | null {
  const record = metadata?.[METADATA_KEY] as { archive?: unknown } | undefined;
  return typeof record?.archive === 'string' ? record.archive : null;
}

/** The notebook without anything that an earlier archive added. */
export function withoutArchiveMarks(notebook: Notebook): Notebook {
  const cells = notebook.cells
    .filter(cell => !isCellOfArchive(cell))
    .map(cell => {
      const { outputs } = cell as CodeCell;
      return outputs === undefined
        ? cell
        : { ...cell, outputs: outputs.filter(output => markOf(output.metadata) === null) };
    });
  return { ...notebook, cells };
}
