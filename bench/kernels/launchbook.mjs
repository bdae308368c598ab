// Our own kernel as it was built, and the same with other settings for the figures that ask for them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { productNode, root } from '../../scripts/set-up/places.mjs';

/** Started as the kernelspec says that is installed. The product must have been built. */
export async function ownKernel() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const node = productNode();
  const { makeKernelspec } = await import(
    pathToFileURL(join(root, 'lib', 'kernel', 'kernelspec', 'kernelspec.js')).href
  );
  return {
    name: 'launchbook',
    version,
    plan: {
      name: 'launchbook',
      language: 'typescript',
      argv: makeKernelspec(node, join(root, 'lib', 'kernel', 'main.js')).argv,
      env: { LAUNCHBOOK_NODE: node, LAUNCHBOOK_HISTORY: '{folder}/history.jsonl' }
    }
  };
}

/** By figure: the kernel with a setting, or with a notebook whose journal is written to the disk. */
export function variantsOf({ plan }) {
  return {
    'trivial-unchecked': { ...plan, files: { 'launchbook.yml': UNCHECKED } },
    'trivial-ahead': plan,
    'trivial-journal': { ...plan, files: { 'bench.ipynb': EMPTY_NOTEBOOK }, notebook: 'bench.ipynb' }
  };
}

const UNCHECKED = 'typecheck: off\n';
const EMPTY_NOTEBOOK = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
