// Puts kernelspec and extension where Jupyter looks for them. Idempotent: what is there already stays untouched.
// Trick: a folder is built beside its place and renamed into it, so that no half-written one is ever seen.
// Places: https://docs.jupyter.org/en/latest/use/jupyter-directories.html
import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { LaunchbookError } from '../../contract/base/error.js';
import { KERNEL_NAME } from './jupyter-name.js';
import type { Kernelspec } from './kernelspec.js';

/** What happened to one folder. */
export interface InstalledFolder {
  readonly what: 'kernelspec' | 'extension';
  readonly path: string;
  readonly change: 'installed' | 'updated' | 'unchanged';
}

/** The files that an installation takes from. All paths are absolute. */
export interface InstallSource {
  readonly kernelspec: Kernelspec;
  /** Folder with the `logo-*` files. */
  readonly logos: string;
  /** The built extension, or null to install the kernelspec alone. */
  readonly extension: string | null;
}

/** Installs into `dataFolder`, a Jupyter data folder such as `PREFIX/share/jupyter`. */
export function installInto(dataFolder: string, source: InstallSource): InstalledFolder[] {
  const extension = source.extension;
  if (extension !== null && !existsSync(join(extension, 'package.json'))) {
    throw new LaunchbookError(`Installing the extension: it is not built, ${extension} has no package.json`, {
      code: 'install.not_built',
      hint: 'Run "npm run build" first, or install the kernel alone with --kernel-only.'
    });
  }
  const kernel = place('kernelspec', join(dataFolder, 'kernels', KERNEL_NAME), folder => {
    for (const logo of readdirSync(source.logos).filter(name => name.startsWith('logo-'))) {
      cpSync(join(source.logos, logo), join(folder, logo));
    }
    writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(source.kernelspec, null, 2)}\n`);
  });
  if (extension === null) {
    return [kernel];
  }
  const lab = place('extension', join(dataFolder, 'labextensions', KERNEL_NAME), folder => {
    cpSync(extension, folder, { recursive: true });
    writeFileSync(join(folder, 'install.json'), `${JSON.stringify(INSTALL_RECORD, null, 2)}\n`);
  });
  return [kernel, lab];
}

/** The person's own data folder: `JUPYTER_DATA_DIR`, else the platform's place. */
export function userDataFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform = process.platform
): string {
  const named = environment['JUPYTER_DATA_DIR'];
  if (named) {
    return named;
  }
  if (platform === 'win32') {
    return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'jupyter');
  }
  if (platform === 'darwin') {
    return join(homedir(), 'Library', 'Jupyter');
  }
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'jupyter');
}

/** What JupyterLab's extension manager shows about the origin. */
const INSTALL_RECORD = {
  packageManager: 'npm',
  packageName: 'launchbook',
  uninstallInstructions:
    'Delete the folders labextensions/launchbook and kernels/launchbook of this data folder.'
};

function place(what: InstalledFolder['what'], path: string, fill: (folder: string) => void): InstalledFolder {
  const suffix = randomBytes(4).toString('hex');
  const fresh = join(dirname(path), `.${KERNEL_NAME}-${suffix}`);
  mkdirSync(fresh, { recursive: true });
  try {
    fill(fresh);
    if (!existsSync(path)) {
      renameSync(fresh, path);
      return { what, path, change: 'installed' };
    }
    if (fingerprintOf(path) === fingerprintOf(fresh)) {
      return { what, path, change: 'unchanged' };
    }
    const old = `${fresh}-old`;
    renameSync(path, old);
    renameSync(fresh, path);
    rmSync(old, { recursive: true, force: true });
    return { what, path, change: 'updated' };
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function fingerprintOf(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = files.map(entry => join(entry.parentPath, entry.name)).sort();
  for (const path of paths) {
    hash
      .update(`${path.slice(folder.length)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}
