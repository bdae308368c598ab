// Takes away what `launchbook install` has put into a Jupyter data folder, and nothing else: a folder of that name which is not ours stays.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KERNEL_NAME } from './jupyter-name.js';
import { readObject } from './read-object.js';

/** What happened to one folder. */
export interface UninstalledFolder {
  readonly what: 'kernelspec' | 'extension';
  readonly path: string;
  /** `pip`: it came with the Python package, which takes it away itself. `not ours`: another program's folder. */
  readonly change: 'removed' | 'absent' | 'pip' | 'not ours';
}

/**
 * Removes our folders from `dataFolder`, a Jupyter data folder such as `PREFIX/share/jupyter`.
 *
 * @example
 * uninstallFrom('/home/ann/.local/share/jupyter').map(({ change }) => change) // ['removed', 'removed']
 */
export function uninstallFrom(dataFolder: string): UninstalledFolder[] {
  const kernelspec = join(dataFolder, 'kernels', KERNEL_NAME);
  const extension = join(dataFolder, 'labextensions', KERNEL_NAME);
  return [
    { what: 'kernelspec', path: kernelspec, change: remove(kernelspec, ownerOfKernelspec(kernelspec)) },
    { what: 'extension', path: extension, change: remove(extension, ownerOfExtension(extension)) }
  ];
}

type Owner = 'install' | 'pip' | 'other';

function remove(folder: string, owner: Owner): UninstalledFolder['change'] {
  if (!existsSync(folder)) {
    return 'absent';
  }
  if (owner !== 'install') {
    return owner === 'pip' ? 'pip' : 'not ours';
  }
  rmSync(folder, { recursive: true, force: true });
  return 'removed';
}

function ownerOfKernelspec(folder: string): Owner {
  const { argv } = readObject(join(folder, 'kernel.json'));
  const words = Array.isArray(argv) ? argv.map(String) : [];
  if (words.some(word => word.endsWith('launchbook-kernel')) || words.includes('launchbook')) {
    return 'pip';
  }
  return words.some(word => /[\\/]lib[\\/]kernel[\\/]main\.js$/.test(word)) ? 'install' : 'other';
}

function ownerOfExtension(folder: string): Owner {
  const { packageManager, packageName } = readObject(join(folder, 'install.json'));
  if (packageName !== KERNEL_NAME) {
    return 'other';
  }
  return packageManager === 'python' ? 'pip' : 'install';
}
