// Which environments are production, as the nearest launchbook.yml says: for estimates, which are no reason to refuse a file with faults.
import { parse } from 'yaml';
import { readTextOfRun } from '../files/read-file.js';
import { findProfileFile } from './find-profile-file.js';

/** Their names, or null where no file says it. */
export function productionEnvironments(folder: string): ReadonlySet<string> | null {
  try {
    const file = findProfileFile(folder);
    const { environments = {} } = (file === null ? null : parse(readTextOfRun(file, 'profile'))) as {
      readonly environments?: { readonly [name: string]: { readonly production?: unknown } | null };
    };
    return new Set(Object.keys(environments).filter(name => environments[name]?.production === true));
  } catch {
    return null;
  }
}
