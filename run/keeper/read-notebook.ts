// Reads the notebook of a run from disk, and says what is wrong with a file that is none. Whatever stands in its place, it neither hangs
// nor takes a damaged run for a notebook that is no run.
import { METADATA_KEY, runOf, type Notebook } from '../../contract/notebook/notebook.js';
import { FileRefusedError } from '../../record/errors/file-refused-error.js';
import { jsonFault } from '../../record/files/json-fault.js';
import { readFileOfRun } from '../../record/files/read-file.js';
import { readOutline } from '../../record/source/read-outline.js';
import type { NotebookContent } from '../../record/policy/bind-content.js';

const MODES: ReadonlySet<unknown> = new Set(['live', 'rehearsal', 'dry-run']);

/** Throws with one sentence when it is no notebook, and when it says that it is a run and does not say which. */
export function readNotebook(path: string): NotebookContent {
  const notebook = parse(readText(path));
  const { cells } = notebook;
  const run = runOf(notebook);
  const ours = notebook.metadata?.[METADATA_KEY];
  const claimed = (ours as { readonly run?: unknown } | undefined)?.run ?? null;
  if (run === null && claimed !== null) {
    throw new Error('Its metadata speaks of a run and does not say which one: id or environment is missing.');
  }
  if (run !== null && !MODES.has(run.mode)) {
    throw new Error(
      `The mode of its run is ${JSON.stringify(run.mode)}, expected live, rehearsal or dry-run.`
    );
  }
  const ids = cells.flatMap(cell => cell.id ?? []);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (run !== null && twice !== undefined) {
    throw new Error(
      `Two of its cells have the id ${JSON.stringify(twice)}, so a step of the run is not one.`
    );
  }
  return { run, outline: readOutline(cells), cells };
}

/** The text of a file that is a file: a pipe in its place would keep the kernel waiting for ever. */
function readText(path: string): string {
  const bytes = bytesOf(path);
  if (bytes.length === 0) {
    throw new Error('It is empty.');
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new Error('It is written in UTF-16, expected UTF-8.');
  }
  return bytes.toString('utf8');
}

function bytesOf(path: string): Buffer {
  try {
    return readFileOfRun(path, 'notebook');
  } catch (error) {
    throw error instanceof FileRefusedError ? new Error(sentenceOf(error.reason), { cause: error }) : error;
  }
}

function sentenceOf(clause: string): string {
  return `${clause[0]!.toUpperCase()}${clause.slice(1)}.`;
}

function parse(text: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(
      text.startsWith('\uFEFF')
        ? 'It begins with a byte order mark.'
        : /^(?:<{7}|>{7}) /m.test(text)
          ? 'It has the conflict markers of a merge.'
          : `It is not JSON: ${jsonFault(error)}.`,
      { cause: error }
    );
  }
  if (!isObject(value)) {
    throw new Error('It is JSON, but no notebook.');
  }
  if (typeof value['nbformat'] === 'number' && value['nbformat'] < 4) {
    throw new Error(
      `It has the format ${value['nbformat']} of notebooks, expected 4: open and save it in JupyterLab.`
    );
  }
  if (!Array.isArray(value['cells']) || !value['cells'].every(isObject)) {
    throw new Error('It is no notebook: its cells are not a list of cells.');
  }
  const { metadata = {} } = value;
  if (!isObject(metadata) || (metadata[METADATA_KEY] !== undefined && !isObject(metadata[METADATA_KEY]))) {
    throw new Error('Its metadata is not as a notebook has it, so it is not known whether it is a run.');
  }
  return value as unknown as Notebook;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
