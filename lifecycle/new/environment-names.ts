// Which environments a runbook may run in: the names in the launchbook.yml that the kernel will find from the run's folder.
// Only the names, and which of them are production, are read here; the kernel resolves and checks the whole profile when the run
// is opened.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { findProfileFile } from '../../runbook/environment/find-profile-file.js';
import { refuse } from '../refused-error.js';

/** The environments of one launchbook.yml. */
export interface EnvironmentNames {
  readonly file: string;
  readonly names: readonly string[];
  /** Those with `production: true`. */
  readonly production: readonly string[];
}

/** The file and its environments; null when there is no file up to the root of the git repository. */
export function environmentNames(folder: string): EnvironmentNames | null {
  const file = findProfileFile(folder);
  if (file === null) {
    return null;
  }
  const environments = environmentsIn(file);
  const names = Object.keys(environments);
  return { file, names, production: names.filter(name => environments[name]?.production === true) };
}

function environmentsIn(file: string): { readonly [name: string]: { readonly production?: unknown } | null } {
  let document: unknown;
  try {
    document = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return refuse('profile.unreadable', `Reading ${file}`, `it is not YAML: ${(error as Error).message}`);
  }
  const environments = (document as { environments?: unknown } | null)?.environments;
  return typeof environments === 'object' && environments !== null ? { ...environments } : {};
}
