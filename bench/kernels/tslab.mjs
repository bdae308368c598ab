// tslab's kernel, in the same Node as ours.
import { join } from 'node:path';
import { productNode } from '../../scripts/set-up/places.mjs';
import { installGlobally } from './install-globally.mjs';

const VERSION = '1.0.22';

export async function tslabKernel() {
  const folder = await installGlobally('tslab', VERSION);
  return {
    name: 'tslab',
    version: VERSION,
    plan: {
      name: 'tslab',
      language: 'typescript',
      argv: [productNode(), join(folder, 'bin', 'tslab'), 'kernel', '--config-path={connection_file}']
    }
  };
}
