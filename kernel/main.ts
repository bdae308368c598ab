// The kernel process.
import { dirname } from 'node:path';
import { keepCompiled } from './host/compile-cache.js';
import { findEntryFiles } from './host/entry-files.js';

keepCompiled(process.env);
const { supervisor, executor } = findEntryFiles(dirname(import.meta.dirname));
const { startKernel } = (await import(supervisor)) as typeof import('./host/start-kernel.js');
await startKernel(executor);
