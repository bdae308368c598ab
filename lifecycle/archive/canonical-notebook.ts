// One form for the same content: texts as lists of lines, as Jupyter writes them, and no widget state, for which GitHub
// refuses a whole file. Key order and indentation are those of notebook-text.ts.
import type { Notebook } from '../../contract/notebook/notebook.js';
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import type { CodeCell, Output } from '../notebook/archive-marks.js';

/** The notebook in canonical form. Cell ids, sources and outputs mean the same as before. */
export function canonicalNotebook(notebook: Notebook): Notebook {
  const metadata = Object.fromEntries(Object.entries(notebook.metadata).filter(([key]) => key !== 'widgets'));
  return { ...notebook, metadata, cells: notebook.cells.map(canonicalCell) };
}

/** A text as nbformat's list of lines, each but the last with its line feed. */
export function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/).filter(line => line !== '');
}

function canonicalCell(cell: OutlineCell): OutlineCell {
  const { outputs } = cell as CodeCell;
  const source = linesOf(textOf(cell.source));
  return outputs === undefined
    ? { ...cell, source }
    : ({ ...cell, source, outputs: outputs.map(canonicalOutput) } as OutlineCell);
}

/** An output in canonical form. */
export function canonicalOutput(output: Output): Output {
  return {
    ...output,
    ...(output.text === undefined ? {} : { text: linesOf(textOf(output.text)) }),
    ...(output.data === undefined ? {} : { data: canonicalBundle(output.data) })
  };
}

/** Texts as lines; JSON stays as it is, and pictures stay one line. */
function canonicalBundle(data: { readonly [mimeType: string]: unknown }): { [mimeType: string]: unknown } {
  const entries = Object.entries(data).map(([mimeType, value]): [string, unknown] =>
    isText(mimeType) && isTextValue(value) ? [mimeType, linesOf(textOf(value))] : [mimeType, value]
  );
  return Object.fromEntries(entries);
}

function isText(mimeType: string): boolean {
  return (
    mimeType.startsWith('text/') || mimeType === 'image/svg+xml' || mimeType === 'application/javascript'
  );
}

function isTextValue(value: unknown): value is string | readonly string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every(part => typeof part === 'string'));
}
