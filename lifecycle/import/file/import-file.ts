// `launchbook import`: a document that a team has, as a runbook beside it. It is read in a process of its own.
import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { reportPathOf } from '../../../contract/notebook/importable-names.js';
import { FileRefusedError } from '../../../record/errors/file-refused-error.js';
import { readFileOfRun } from '../../../record/files/read-file.js';
import { writeAtomically } from '../../notebook/write-atomically.js';
import { refuse, RefusedError } from '../../refused-error.js';
import type { ImportedDocument } from '../import-document.js';
import { readInProcess } from './reading-process.js';

/** What is to be imported. */
export interface ImportRequest {
  readonly file: string;
  /** @default what the file says */
  readonly format: string | null;
  /** The notebook. @default the file's name with .ipynb beside it, with -runbook.ipynb for a notebook */
  readonly out: string | null;
  /** Replace a notebook that is there. */
  readonly force: boolean;
  /** Write nothing. */
  readonly check: boolean;
}

/** An import, and where it was written. */
export interface FileImport extends ImportedDocument {
  readonly file: string;
  readonly path: string;
  readonly reportPath: string;
}

/** @throws RefusedError for what cannot be read, with the way out; nothing has been written then. */
export async function importFile({ file, format, out, force, check }: ImportRequest): Promise<FileImport> {
  const path = out ?? join(dirname(file), notebookNameFor(basename(file)));
  const doing = `Importing ${file}`;
  if (!path.endsWith('.ipynb')) {
    refuse('import.out', doing, `the notebook would be ${path}, expected a name that ends in .ipynb`);
  }
  if (resolve(path) === resolve(file)) {
    refuse('import.out', doing, 'the notebook would replace the one that it is made of');
  }
  const bytes = readBytes(file, doing);
  const reportPath = reportPathOf(path);
  const imported = await readInProcess(
    { file: { name: basename(file), bytes }, format, target: basename(path) },
    doing
  );
  const files = [path, reportPath, ...imported.pictures.map(({ name }) => join(dirname(path), name))];
  const present = files.filter(each => existsSync(each));
  if (!check && !force && present.length > 0) {
    const hint =
      'Nothing is overwritten. Take --force when it is committed, and look at the difference; or --out with another name.';
    refuse(
      'import.exists',
      doing,
      `${present.map(each => relative('', each) || each).join(', ')} exists already`,
      hint
    );
  }
  if (imported.faults.length > 0) {
    const hint = 'This is a fault of Launchbook: nothing was written. Please report it with the document.';
    throw new RefusedError(
      'import.unproven',
      doing,
      imported.faults.slice(0, 20).map(text => ({ field: null, text })),
      hint
    );
  }
  if (!check) {
    mkdirSync(dirname(path), { recursive: true });
    imported.pictures.forEach(({ name, base64 }) => {
      mkdirSync(dirname(join(dirname(path), name)), { recursive: true });
      writeAtomically(join(dirname(path), name), Buffer.from(base64, 'base64'));
    });
    writeAtomically(path, imported.notebook);
    writeAtomically(reportPath, imported.report);
  }
  return { ...imported, file, path, reportPath };
}

function notebookNameFor(name: string): string {
  const stem = name.replace(/\.\w+$/, '');
  return /\.ipynb$/i.test(name) ? `${stem}-runbook.ipynb` : `${stem}.ipynb`;
}

function readBytes(file: string, doing: string): Uint8Array {
  try {
    return readFileOfRun(file, 'document');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return refuse(
      'import.unreadable',
      doing,
      error instanceof FileRefusedError
        ? error.reason
        : code === 'ENOENT' || code === 'ENOTDIR'
          ? 'there is no such file'
          : message
    );
  }
}
