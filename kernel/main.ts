// The kernel process.
import { dirname } from 'node:path';
import { keepCompiled } from './host/process/compile-cache.js';
import { findEntryFiles } from './host/executor/entry-files.js';
import type * as StartKernel from './host/process/start-kernel.js';

keepCompiled(process.env);
const { supervisor, executor } = findEntryFiles(dirname(import.meta.dirname));
const { startKernel } = (await import(supervisor)) as typeof StartKernel;
await startKernel(executor);
