// How many files this process may open. With too few, programs that it starts fail halfway and say nothing that a person understands.
import { readFileSync } from 'node:fs';
import { makeError } from '../../../run/make-error.js';

/** A kernel with its executor, its language server and a few commands opens half of it. */
const NEEDED = 128;

/** @throws code `process.few_files` where the system tells that too few files may be open. */
export function needOpenFiles(limits = readLimits()): void {
  const allowed = /^Max open files +(\d+)/m.exec(limits)?.[1];
  if (allowed !== undefined && Number(allowed) < NEEDED) {
    throw makeError(
      'FewFilesError',
      'process.few_files',
      `This process may open ${allowed} files, and a run needs ${NEEDED} at least. Nothing was done.`,
      'Allow more (ulimit -n 1024), then start again.'
    );
  }
}

/** Empty where the system does not tell. */
function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
