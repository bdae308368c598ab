// Keeps what V8 has compiled between two starts of the kernel or the command, beside the user's other caches.
import nodeModule from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from '../../../record/files/cache-folder.js';

/** For modules that are read from now on. Where the folder cannot be written, and by a Node before 22.1, nothing is kept. */
export function keepCompiled(environment: NodeJS.ProcessEnv): void {
  // A name that an old Node lacks must not end the command before it has handed on to the kernel's.
  const { enableCompileCache }: Partial<typeof nodeModule> = nodeModule;
  enableCompileCache?.(compiledFolder(environment));
}

/** Where it is kept. */
export function compiledFolder(environment: NodeJS.ProcessEnv): string {
  return join(cacheFolder(environment), 'compiled');
}
