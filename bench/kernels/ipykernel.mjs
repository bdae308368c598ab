// Jupyter's own Python kernel. It lives in the environment that also measures.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/set-up/places.mjs';
import { benchPython } from '../place.mjs';

export function pythonKernel() {
  const requirements = readFileSync(join(root, 'bench', 'python-requirements.txt'), 'utf8');
  return {
    name: 'ipykernel',
    version: /^ipykernel==(.+)$/m.exec(requirements)?.[1],
    plan: {
      name: 'ipykernel',
      language: 'python',
      argv: [benchPython, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
      env: { IPYTHONDIR: '{folder}/ipython' }
    }
  };
}
