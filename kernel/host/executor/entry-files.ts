// Where the kernel's programs are. The build bundles each into one file, because reading 170 small ones takes 50 ms and 10 MB more.
// While one of the compiler's own outputs is newer than the bundle, as during development, these are run instead.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The supervisor's module as a URL, the executor's main file as a path. */
export interface EntryFiles {
  readonly supervisor: string;
  readonly executor: string;
}

/** `lib` is the folder of everything compiled. */
export function findEntryFiles(lib: string): EntryFiles {
  const [supervisor, executor] = isCurrent(lib)
    ? ['bundled/programs', 'bundled/programs']
    : ['host/process', 'host/executor'];
  return {
    supervisor: pathToFileURL(join(lib, 'kernel', supervisor, 'start-kernel.js')).href,
    executor: join(lib, 'kernel', executor, 'executor-main.js')
  };
}

/** The build writes it when all bundles are there. A product that was installed has it, and nothing of the compiler's. */
const STAMP = 'kernel/bundled/complete.js';

const COMPILED = [
  'contract',
  'runbook',
  'record',
  'lifecycle',
  'run',
  ...['protocol', 'core', 'transport', 'language', 'executor', 'host'].map(layer => `kernel/${layer}`)
];

function isCurrent(lib: string): boolean {
  const bundledMs = modifiedMs(join(lib, STAMP));
  return bundledMs > 0 && COMPILED.every(layer => modifiedMs(join(lib, `${layer}.tsbuildinfo`)) <= bundledMs);
}

function modifiedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
