// The thread in which a document is read: one that is made to fill the memory or to take for ever ends the thread, and not the command.
import { parentPort, workerData } from 'node:worker_threads';
import { RefusedError } from '../refused-error.js';
import { importDocument } from './import-document.js';
import type { ImportedFile } from './document/file-text.js';

const { file, format, target } = workerData as { file: ImportedFile; format: string | null; target: string };
try {
  parentPort!.postMessage({ imported: await importDocument(file, format, target) });
} catch (error) {
  if (!(error instanceof RefusedError)) {
    throw error;
  }
  const { code, doing, faults, hint } = error;
  parentPort!.postMessage({ refused: { code, doing, faults, hint } });
}
