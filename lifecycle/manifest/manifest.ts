// The manifest of an archive: the hashes of all its files, and of each cell, so that a change can be told by its place.
// It carries the hash of itself, and is valid in exactly one spelling, so that no byte of it can change unseen either.
import { LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import { sha256 } from '../../record/hash.js';

/** Format of the manifest; a reader refuses a higher number and reads every lower one for ever. */
export const MANIFEST_FORMAT = 1;

/** A file of the archive, by its name in the folder of the run. */
export interface ManifestFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 (hex) of its bytes. */
  readonly sha256: string;
}

/** What stands in `NAME.archive.json`. */
export interface Manifest {
  readonly format: number;
  /** Version of Launchbook that wrote it. */
  readonly version: string;
  readonly run: string;
  readonly outcome: string;
  readonly notebook: ManifestFile;
  readonly journal: ManifestFile & { readonly records: number };
  /** Ids and hashes of the notebook's cells, in order: `deploy 3f9c21…`. */
  readonly cells: readonly string[];
  /** Ids of steps that were edited after they ran. */
  readonly edited: readonly string[];
  /** Signed decisions beside the run, by their names in `NAME.approvals`. Absent when there are none. */
  readonly tokens?: readonly ManifestFile[];
  /** SHA-256 (hex) of the manifest's text without this field. */
  readonly self: string;
}

/** The manifest's text. */
export function manifestText(content: Omit<Manifest, 'format' | 'version' | 'self'>): string {
  const { run, outcome, notebook, journal, cells, edited, tokens = [] } = content;
  return sealed({
    format: MANIFEST_FORMAT,
    version: LAUNCHBOOK_VERSION,
    run,
    outcome,
    notebook,
    journal,
    cells,
    edited,
    ...(tokens.length === 0 ? {} : { tokens })
  });
}

/** The text of a manifest with its own hash as the last field. */
export function sealed(body: Omit<Manifest, 'self'>): string {
  const content = Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'self'));
  return textOfManifest({ ...content, self: sha256(textOfManifest(content)) });
}

/** A file as the manifest lists it. */
export function manifestFile(name: string, content: string | Uint8Array): ManifestFile {
  return { name, bytes: Buffer.byteLength(content), sha256: sha256(content) };
}

/** What the manifest lists of each cell. */
export function cellHashes(notebook: Notebook): string[] {
  return notebook.cells.map(cell => `${cell.id ?? ''} ${hashOfCell(cell)}`);
}

function hashOfCell(cell: OutlineCell): string {
  return sha256(JSON.stringify(cell)).slice(0, 32);
}

function textOfManifest(content: object): string {
  return `${JSON.stringify(content, null, 1)}\n`;
}
