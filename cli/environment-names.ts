// Which environments a runbook may run in: the names in the nearest launchbook.yml, from the notebook's folder upwards.
// Only the names are read here; the kernel resolves and checks the whole profile when the run is opened.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { UsageError } from './usage-error.js';

/** The file and its environments; null when there is no file up to the root of the git repository. */
export function environmentNames(
  folder: string
): { readonly file: string; readonly names: readonly string[] } | null {
  for (let current = folder; ; current = dirname(current)) {
    const file = join(current, 'launchbook.yml');
    if (existsSync(file)) {
      return { file, names: namesIn(file) };
    }
    if (existsSync(join(current, '.git')) || dirname(current) === current) {
      return null;
    }
  }
}

function namesIn(file: string): string[] {
  let document: unknown;
  try {
    document = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`Reading ${file}: it is not YAML: ${(error as Error).message}`);
  }
  const environments = (document as { environments?: unknown } | null)?.environments;
  return typeof environments === 'object' && environments !== null ? Object.keys(environments) : [];
}
