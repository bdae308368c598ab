// Where the user's caches and the state of our programs are: what is in them may be taken away at any time.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of ours. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const { XDG_CACHE_HOME: folder, LOCALAPPDATA: windowsFolder } = environment;
  return join(folder || windowsFolder || join(homedir(), '.cache'), 'launchbook');
}

/** Where the times of earlier runs are remembered. */
export function runMemoryFolder(environment: NodeJS.ProcessEnv): string {
  return join(cacheFolder(environment), 'runs');
}

/** Where it is kept what long runs have come to. */
export function snapshotFolder(environment: NodeJS.ProcessEnv): string {
  return join(stateFolder(environment), 'snapshots');
}

/** The folder of ours for what is nobody else's business. */
function stateFolder(environment: NodeJS.ProcessEnv): string {
  const { XDG_STATE_HOME: folder, LOCALAPPDATA: windowsFolder } = environment;
  return join(folder || windowsFolder || join(homedir(), '.local', 'state'), 'launchbook');
}
