// Where the fixtures and the compiled modules are, seen from the compiled tests.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Absolute path of a file in tests/runbook/fixtures (sources, not compiled). */
export function fixturePath(name: string): string {
  return join(repositoryRoot(), 'tests/runbook/fixtures', name);
}

/** Address of a compiled module, by its path in lib/, for processes of their own. */
export function compiledModule(name: string): string {
  const compiledTests = dirname(fileURLToPath(import.meta.url));
  return pathToFileURL(join(compiledTests, '../..', name)).href;
}

/** Absolute path of a file of the repository. */
export function repositoryFile(path: string): string {
  return join(repositoryRoot(), path);
}

function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    folder = dirname(folder);
  }
  return folder;
}
