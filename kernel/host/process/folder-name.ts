// Where this process works must have a name in UTF-8: every path that is made of another one leads to another folder, or to none, so a
// journal would not be beside its run.
import { statSync } from 'node:fs';
import { makeError } from '../../../run/make-error.js';

/** @throws code `process.folder_name` when the current folder cannot be found by its name. */
export function needFolderName(): void {
  const name = process.cwd();
  const [here, named] = [statSync('.'), statSync(name, { throwIfNoEntry: false })];
  if (named?.ino !== here.ino || named.dev !== here.dev) {
    throw makeError(
      'FolderNameError',
      'process.folder_name',
      `The current folder is not found by its name, ${JSON.stringify(name)}: a part of the name is not UTF-8, or the folder was renamed. Nothing was done.`,
      'Rename it to a name in UTF-8, open it again, and start again.'
    );
  }
}
