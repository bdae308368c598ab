// Keeps what V8 has compiled between two starts of the kernel or the command, beside the user's other caches.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from '../../../record/files/cache-folder.js';

/** For modules that are read from now on. Where the folder cannot be written, nothing is kept. */
export function keepCompiled(environment: NodeJS.ProcessEnv): void {
  enableCompileCache(compiledFolder(environment));
}

/** Where it is kept. */
export function compiledFolder(environment: NodeJS.ProcessEnv): string {
  return join(cacheFolder(environment), 'compiled');
}
