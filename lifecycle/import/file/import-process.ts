// The process in which one document is read: asked once, answers once.
import { RefusedError } from '../../refused-error.js';
import { importDocument } from '../import-document.js';
import type { ReadingAnswer, ReadingRequest } from './reading-process.js';

process.once('message', (request: ReadingRequest) => void answer(request));

async function answer({ file, format, target }: ReadingRequest): Promise<void> {
  process.send!(await read(file, format, target));
}

async function read(
  file: ReadingRequest['file'],
  format: string | null,
  target: string
): Promise<ReadingAnswer> {
  try {
    return { imported: await importDocument(file, format, target) };
  } catch (error) {
    if (error instanceof RefusedError) {
      const { code, doing, faults, hint } = error;
      return { refused: { code, doing, faults, hint } };
    }
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
