// Where a user's history is kept: LAUNCHBOOK_HISTORY, or the platform's folder for data of applications.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Path of the history file, or null when LAUNCHBOOK_HISTORY is `off`: then it ends with the kernel. */
export function historyPath(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform
): string | null {
  const named = environment['LAUNCHBOOK_HISTORY'];
  if (named === 'off') {
    return null;
  }
  return named || join(dataFolder(environment, platform), 'launchbook', 'history.jsonl');
}

function dataFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support');
  }
  return platform === 'win32'
    ? environment['APPDATA'] || join(homedir(), 'AppData', 'Roaming')
    : environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
}
