// The receipt of an archive: the hashes of all its files, and of each cell, so that a change can be told by its place.
// It carries the hash of itself, and is valid in exactly one spelling, so that no byte of it can change unseen either.
import { LAUNCHBOOK_VERSION } from '../../contract/version.js';
import type { Notebook } from '../../contract/notebook.js';
import type { OutlineCell } from '../../contract/outline.js';
import { sha256 } from '../../runbook/hash.js';

/** Format of the receipt; a reader refuses a higher number and reads every lower one for ever. */
export const RECEIPT_FORMAT = 1;

/** A file of the archive, by its name in the folder of the run. */
export interface ReceiptFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 (hex) of its bytes. */
  readonly sha256: string;
}

/** What stands in `NAME.archive.json`. */
export interface Receipt {
  readonly format: number;
  /** Version of Launchbook that wrote it. */
  readonly version: string;
  readonly run: string;
  readonly outcome: string;
  readonly notebook: ReceiptFile;
  readonly journal: ReceiptFile & { readonly records: number };
  /** Ids and hashes of the notebook's cells, in order: `deploy 3f9c21…`. */
  readonly cells: readonly string[];
  /** Ids of steps that were edited after they ran. */
  readonly edited: readonly string[];
  /** SHA-256 (hex) of the receipt's text without this field. */
  readonly self: string;
}

/** The name of the receipt beside a notebook. */
export function receiptPathOf(notebookPath: string): string {
  return notebookPath.replace(/\.ipynb$/, '.archive.json');
}

/** The receipt's text. */
export function receiptText(content: Omit<Receipt, 'format' | 'version' | 'self'>): string {
  const { run, outcome, notebook, journal, cells, edited } = content;
  return sealed({
    format: RECEIPT_FORMAT,
    version: LAUNCHBOOK_VERSION,
    run,
    outcome,
    notebook,
    journal,
    cells,
    edited
  });
}

/** The text of a receipt with its own hash as the last field. */
export function sealed(body: Omit<Receipt, 'self'>): string {
  const content = Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'self'));
  return textOfReceipt({ ...content, self: sha256(textOfReceipt(content)) });
}

/** A file as the receipt lists it. */
export function receiptFile(name: string, content: string | Uint8Array): ReceiptFile {
  return { name, bytes: Buffer.byteLength(content), sha256: sha256(content) };
}

/** What the receipt lists of each cell. */
export function cellHashes(notebook: Notebook): string[] {
  return notebook.cells.map(cell => `${cell.id ?? ''} ${hashOfCell(cell)}`);
}

function hashOfCell(cell: OutlineCell): string {
  return sha256(JSON.stringify(cell)).slice(0, 32);
}

function textOfReceipt(content: object): string {
  return `${JSON.stringify(content, null, 1)}\n`;
}
