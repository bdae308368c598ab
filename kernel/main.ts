// The kernel process. What it imports is small, so that the two programs it needs start first; the kernel itself is read meanwhile.
import { dirname } from 'node:path';
import { findEntryFiles } from './host/entry-files.js';
import { startPrograms } from './host/start-programs.js';

const { supervisor, executor } = findEntryFiles(dirname(import.meta.dirname));
const started = startPrograms(process.cwd(), executor);
const { runKernel } = (await import(supervisor)) as typeof import('./host/run-kernel.js');
await runKernel(started);
