// Kills runs at random instants and counts at the services' own logs what was done twice, lost or invented (tests/chaos).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { productNode, root, venvFolder, venvProgram } from '../set-up/places.mjs';

/** True when nothing was done twice, lost or invented, and every run came to its end and back. */
export function hasSurvived(kills) {
  console.log(`\nKilling runs ${kills} times`);
  const { status } = spawnSync(
    venvProgram('python'),
    [join(root, 'tests', 'chaos', 'main.py'), '--kills', String(kills)],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        LAUNCHBOOK_NODE: productNode(),
        JUPYTER_PATH: join(venvFolder, 'share', 'jupyter'),
        PYTHONDONTWRITEBYTECODE: '1'
      }
    }
  );
  return status === 0;
}
