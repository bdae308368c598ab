// The programs that the first word of a command may mean.
import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { byName, PLAIN, type Found } from './found-name.js';

/** A folder of programs is looked at up to this many names that fit. */
const MOST_IN_FOLDER = 200;

/** Those in the folders of `path`, the variable PATH. */
export async function programsOfPath(path: string, prefix: string): Promise<Found[]> {
  const folders = [...new Set(path.split(delimiter))].filter(folder => folder !== '');
  const found = await Promise.all(
    folders.map(async folder => {
      const names = (await readdir(folder).catch(() => [])).filter(
        name => name.startsWith(prefix) && PLAIN.test(name)
      );
      const isProgram = await Promise.all(
        names.slice(0, MOST_IN_FOLDER).map(name =>
          access(join(folder, name), constants.X_OK).then(
            () => true,
            () => false
          )
        )
      );
      return names.filter((_name, index) => isProgram[index]);
    })
  );
  return [...new Set(found.flat())].map(name => ({ name, type: 'function' })).sort(byName);
}
