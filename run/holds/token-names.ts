// What lies in `NAME.approvals/` to be taken: signed decisions, ticks and reports, a file each.
import { readdir } from 'node:fs/promises';

/** Names of the files, sorted; none while there is no such folder. */
export async function tokenNamesIn(folder: string | null): Promise<string[]> {
  const names = folder === null ? [] : await readdir(folder).catch(() => []);
  return names.filter(name => name.endsWith('.token')).sort();
}
