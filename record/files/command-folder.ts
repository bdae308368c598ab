// The folder that commands start in: the root of the repository, so that a runbook's own scripts are found from wherever its run stands.
import type { RunInfo } from '../../contract/base/run.js';
import { repositoryAround } from './repository-around.js';

/**
 * The folder that `$`, `process.cwd()` and `fs` start in. Scratch notebooks and templates start in the root of their repository, outside of
 * git in their own folder; a run as it was made, and one of an earlier version in its own folder.
 *
 * @param folder - The notebook's, absolute.
 * @returns null when the run was made to start in the root of its repository, and stands in none.
 */
export function commandFolderOf(folder: string, run: Pick<RunInfo, 'commandsIn'> | null): string | null {
  if (run !== null && run.commandsIn === undefined) {
    return folder;
  }
  return repositoryAround(folder) ?? (run === null ? folder : null);
}

/** What a new run in this folder records. */
export function commandsInOf(folder: string): Pick<RunInfo, 'commandsIn'> {
  return repositoryAround(folder) === null ? {} : { commandsIn: 'repository' };
}
