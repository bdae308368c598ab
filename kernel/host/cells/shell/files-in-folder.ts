// The files of a folder that a word of a command may mean.
import { readdir } from 'node:fs/promises';
import { byName, PLAIN, type Found } from './found-name.js';

/** Folders end with a slash, so that the next completion goes on in them. Hidden ones are shown when a dot is written. */
export async function filesInFolder(folder: string, prefix: string): Promise<Found[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => name.startsWith(prefix) && PLAIN.test(name))
    .filter(({ name }) => prefix !== '' || !name.startsWith('.'))
    .map(entry =>
      entry.isDirectory() ? { name: `${entry.name}/`, type: 'folder' } : { name: entry.name, type: 'file' }
    )
    .sort(byName);
}
