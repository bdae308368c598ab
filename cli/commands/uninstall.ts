// `launchbook uninstall`: takes kernel and extension away from a Jupyter installation.
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { runMemoryFolder, snapshotFolder } from '../../record/files/cache-folder.js';
import { compiledFolder } from '../../kernel/host/process/compile-cache.js';
import { historyPath } from '../../kernel/host/process/history-path.js';
import { userDataFolder } from '../../kernel/kernelspec/install.js';
import { KERNEL_NAME } from '../../kernel/kernelspec/jupyter-name.js';
import { uninstallFrom, type UninstalledFolder } from '../../kernel/kernelspec/uninstall.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';

interface UninstallOptions {
  readonly prefix?: string;
  readonly purge?: boolean;
  readonly json?: boolean;
}

export function addUninstallCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('uninstall')
    .summary('take kernel and extension away from Jupyter')
    .description(
      'Removes what `launchbook install` has written. Runs, journals and archives are never touched. What came with pip goes with "pip uninstall launchbook".'
    )
    .option('--prefix <folder>', 'a Python environment, for example .venv, instead of your own data folder')
    .option('--purge', 'remove the history of cells, the settings in JupyterLab and the cache too')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook uninstall                    what "launchbook install" wrote for yourself
  launchbook uninstall --prefix .venv     in one Python environment
  launchbook uninstall --purge            your history, settings and cache as well`
    )
    .action((options: UninstallOptions) => finish(uninstall(options, terminal)));
}

function uninstall({ prefix, purge, json }: UninstallOptions, terminal: Terminal): ExitCode {
  const folders = uninstallFrom(
    prefix === undefined ? userDataFolder() : join(resolve(prefix), 'share', 'jupyter')
  );
  const purged = purge === true ? ownFiles() : [];
  purged.forEach(path => rmSync(path, { recursive: true, force: true }));
  if (json === true) {
    terminal.say(JSON.stringify({ folders, purged }));
    return EXIT.passed;
  }
  folders.forEach(folder => terminal.say(`${folder.what} ${WORDS[folder.change]}: ${folder.path}`));
  purged.forEach(path => terminal.say(`purged: ${path}`));
  return EXIT.passed;
}

const WORDS: { readonly [change in UninstalledFolder['change']]: string } = {
  removed: 'removed',
  absent: 'is not there',
  pip: 'came with the Python package and stays until "pip uninstall launchbook"',
  'not ours': 'is not of Launchbook and stays'
};

/** The folders of this user that kernel and page write beside runs. */
function ownFiles(): string[] {
  const history = historyPath(process.env);
  return [
    compiledFolder(process.env),
    runMemoryFolder(process.env),
    snapshotFolder(process.env),
    labSettings(process.env),
    // A file that the person has named lies among others of theirs.
    ...(history === null ? [] : [process.env['LAUNCHBOOK_HISTORY'] ? history : dirname(history)])
  ];
}

/** Where JupyterLab keeps this user's settings of our plugins. https://jupyterlab.readthedocs.io/en/stable/user/directories.html */
function labSettings(environment: NodeJS.ProcessEnv): string {
  const configuration = environment['JUPYTER_CONFIG_DIR'] || join(homedir(), '.jupyter');
  const settings = environment['JUPYTERLAB_SETTINGS_DIR'] || join(configuration, 'lab', 'user-settings');
  return join(settings, KERNEL_NAME);
}
