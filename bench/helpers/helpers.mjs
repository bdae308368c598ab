// `node bench/helpers/helpers.mjs`: the cost of `$` over a bare spawn, its memory while a command prints 100 MB, and the speed of
// the masking, with execa and zx beside it. Prints a table; ends with 1 when a target is missed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { productNode, root } from '../../scripts/set-up/places.mjs';
import { orExplain } from '../../scripts/set-up/set-up-fault.mjs';
import { installGlobally } from '../kernels/install-globally.mjs';

const ZX = '8.8.5';

await orExplain('bench', async () => {
  const zx = join(await installGlobally('zx', ZX), 'build', 'index.js');
  const { status } = spawnSync(productNode(), [join(root, 'bench', 'helpers', 'measure.mjs'), zx], {
    stdio: 'inherit'
  });
  process.exitCode = status ?? 1;
});
