// What a Jupyter installation sees of us: the kernelspecs and extensions in its data folders, of which the first one counts.
// Places and their order: https://docs.jupyter.org/en/latest/use/jupyter-directories.html
import { existsSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { KERNEL_NAME } from './jupyter-name.js';
import { readObject } from './read-object.js';

/** The folders that `jupyter --paths --json` names, the first counts most. */
export interface JupyterPaths {
  readonly data: readonly string[];
  readonly config: readonly string[];
}

/** A kernelspec that Jupyter lists. */
export interface SeenKernelspec {
  readonly path: string;
  /** The program that it starts; null when kernel.json cannot be read or names none. */
  readonly program: string | null;
  /** Files that it names by an absolute path and that are not there. */
  readonly missing: readonly string[];
}

/** An extension that JupyterLab lists. */
export interface SeenExtension {
  readonly path: string;
  readonly version: string | null;
  /** The file that switches it off, or null. */
  readonly disabledBy: string | null;
}

/** Every kernelspec of ours, the one that counts first. */
export function seenKernelspecs({ data }: JupyterPaths): SeenKernelspec[] {
  return data
    .map(folder => join(folder, 'kernels', KERNEL_NAME))
    .filter(folder => existsSync(join(folder, 'kernel.json')))
    .map(folder => {
      const { argv } = readObject(join(folder, 'kernel.json'));
      const words = (Array.isArray(argv) ? argv.map(String) : []).map(word =>
        word.includes('{resource_dir}') ? normalize(word.replace('{resource_dir}', folder)) : word
      );
      const missing = words.filter(word => isAbsolute(word) && !existsSync(word));
      return { path: folder, program: words[0] ?? null, missing };
    });
}

/** Every extension of ours, the one that counts first. */
export function seenExtensions({ data, config }: JupyterPaths): SeenExtension[] {
  const disabledBy = [...config, ...data]
    .map(folder => join(folder, 'labconfig', 'page_config.json'))
    .find(isDisabledIn);
  return data
    .map(folder => join(folder, 'labextensions', KERNEL_NAME))
    .filter(folder => existsSync(join(folder, 'package.json')))
    .map(folder => {
      const { version } = readObject(join(folder, 'package.json'));
      return {
        path: folder,
        version: typeof version === 'string' ? version : null,
        disabledBy: disabledBy ?? null
      };
    });
}

function isDisabledIn(path: string): boolean {
  const { disabledExtensions: disabled } = readObject(path);
  return Array.isArray(disabled)
    ? disabled.includes(KERNEL_NAME)
    : (disabled as { readonly [name: string]: unknown } | undefined)?.[KERNEL_NAME] === true;
}
