// Jupyter's server starts a kernel in the folder of its notebook. A gateway starts it in its own, whatever the notebook is; imports,
// launchbook.yml and the repository would be looked for there.
import { existsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';

/** Makes the folder of the notebook that the environment names the working folder, when it is on this machine. */
export function enterNotebookFolder({ JPY_SESSION_NAME: path = '' }: NodeJS.ProcessEnv): void {
  if (isAbsolute(path) && path.endsWith('.ipynb') && existsSync(path)) {
    process.chdir(dirname(path));
  }
}
