// A document is read in a process of its own that may neither write nor start anything (Node's permissions), with limits of memory and time:
// one that was made to break a reader ends that process, and not the command. https://nodejs.org/api/permissions.html
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { refuse, RefusedError, type Fault } from '../../refused-error.js';
import type { ImportedFile } from '../document/file-text.js';
import type { ImportedDocument } from '../import-document.js';

const MOST_MEMORY_MIB = 150;
const MOST_MS = 25_000;
const PERMISSIONS = ['--permission', '--allow-fs-read=*', '--allow-addons'];

/** What the process is asked. */
export interface ReadingRequest {
  readonly file: ImportedFile;
  readonly format: string | null;
  readonly target: string;
}

/** What it answers. */
export type ReadingAnswer =
  | { readonly imported: ImportedDocument }
  | {
      readonly refused: {
        readonly code: string;
        readonly doing: string;
        readonly faults: readonly Fault[];
        readonly hint: string | undefined;
      };
    }
  | { readonly failed: string };

/** Reads a document. @throws RefusedError for one that cannot be read, or not within the limits */
export async function readInProcess(request: ReadingRequest, doing: string): Promise<ImportedDocument> {
  // From the bundle of the kernel, and from here.
  const child = fork(
    fileURLToPath(new URL('../../../lifecycle/import/file/import-process.js', import.meta.url)),
    [],
    {
      execArgv: [...PERMISSIONS, '--no-warnings', `--max-old-space-size=${MOST_MEMORY_MIB}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc']
    }
  );
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(0, 10_000)));
  const closed = once(child, 'close');
  const end = Promise.withResolvers<ReadingAnswer | null>();
  child.once('message', answer => end.resolve(answer as ReadingAnswer));
  void closed.then(() => end.resolve(null), end.reject);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, MOST_MS);
  try {
    child.send(request);
    const answer = await end.promise;
    if (answer === null || 'failed' in answer) {
      return refuseBroken(answer?.failed ?? said, isLate, doing);
    }
    if ('refused' in answer) {
      const { code, doing: what, faults, hint } = answer.refused;
      throw new RefusedError(code, what, faults, hint);
    }
    return answer.imported;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    await closed.catch(() => undefined);
  }
}

const HINT = 'No document of people is like that. Divide it, or import the part that is the procedure.';

/** Limits are told as such; everything else is an error of ours, with its text. */
function refuseBroken(text: string, isLate: boolean, doing: string): never {
  if (isLate) {
    refuse('import.too_large', doing, `it takes more than ${MOST_MS / 1000} s to read`, HINT);
  }
  if (
    /heap out of memory|Reached heap limit|Array buffer allocation|Invalid (?:array|string) length/.test(text)
  ) {
    refuse('import.too_large', doing, `it takes more than ${MOST_MEMORY_MIB} MiB of memory to read`, HINT);
  }
  if (/call stack/i.test(text)) {
    refuse('import.too_large', doing, 'it is nested too deeply to be read', HINT);
  }
  throw new Error(`${doing}: the process that reads it has ended.\n${text}`);
}
