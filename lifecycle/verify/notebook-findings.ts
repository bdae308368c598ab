// Is the notebook the one that was archived? The manifest knows the hash of each cell, so the first one that differs is named.
import type { Notebook } from '../../contract/notebook/notebook.js';
import { cellHashes, type Manifest } from '../manifest/manifest.js';
import type { CodeCell } from '../notebook/archive-marks.js';
import { notebookText } from '../notebook/notebook-text.js';
import { sha256 } from '../../record/hash.js';
import { firstDifferentLine, lineOfSyntaxError, lineOfText } from '../findings/line-of.js';
import type { ArchiveFiles, Finding } from '../findings/verification.js';

/** The notebook of some bytes, or null when they are none. */
export function parsedNotebook(bytes: Buffer): Notebook | null {
  try {
    const notebook = JSON.parse(bytes.toString('utf8')) as Notebook;
    const isNotebook =
      Array.isArray(notebook.cells) && isObject(notebook.metadata) && notebook.cells.every(isCell);
    return isNotebook ? notebook : null;
  } catch {
    return null;
  }
}

/** Every way in which the notebook is not what the manifest says. */
export function notebookFindings(
  { names, notebook: bytes }: ArchiveFiles,
  notebook: Notebook | null,
  manifest: Manifest | null
): Finding[] {
  const file = names.notebook;
  const text = bytes.toString('utf8');
  if (notebook === null) {
    return [
      { file, line: lineOfFault(text), code: 'notebook.unreadable', text: 'is no notebook from here on' }
    ];
  }
  if (manifest === null || sha256(bytes) === manifest.notebook.sha256) {
    return [];
  }
  return [{ file, code: 'notebook.changed', ...firstChange(text, notebook, manifest) }];
}

function firstChange(text: string, notebook: Notebook, manifest: Manifest): { line: number; text: string } {
  const spelled = firstDifferentLine(text, notebookText(notebook));
  if (spelled !== null) {
    return { line: spelled, text: 'is not written as it was archived' };
  }
  const hashes = cellHashes(notebook);
  const index = hashes.findIndex((hash, place) => hash !== manifest.cells[place]);
  if (index >= 0) {
    const id = notebook.cells[index]?.id ?? '';
    return {
      line: lineOfText(text, `"id": ${JSON.stringify(id)}`),
      text: `is not what was archived: the cell ${id} differs`
    };
  }
  return hashes.length < manifest.cells.length
    ? {
        line: lineOfText(text, '\n "metadata"') + 1,
        text: `comes where ${manifest.cells.length - hashes.length} more cells were archived`
      }
    : {
        line: lineOfText(text, '\n "metadata"') + 1,
        text: 'is not what was archived: the metadata of the notebook differs'
      };
}

/** A cell of nbformat 4, as far as we read it. */
function isCell(value: unknown): boolean {
  const cell = value as CodeCell;
  return (
    isObject(value) &&
    typeof cell.cell_type === 'string' &&
    isText(cell.source) &&
    (cell.metadata === undefined || isObject(cell.metadata)) &&
    (cell.outputs === undefined || (Array.isArray(cell.outputs) && cell.outputs.every(isObject)))
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every(line => typeof line === 'string'));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where the JSON ends, or the id of the first cell that is none. */
function lineOfFault(text: string): number {
  try {
    const cells = (JSON.parse(text) as Partial<Notebook> | null)?.cells ?? [];
    const fault = Array.isArray(cells) ? cells.find(cell => !isCell(cell)) : undefined;
    return lineOfText(text, `"id": ${JSON.stringify((fault as { id?: unknown } | undefined)?.id ?? '')}`);
  } catch {
    return lineOfSyntaxError(text);
  }
}
