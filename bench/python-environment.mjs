// Makes the Python environment that measures: jupyter_client, psutil, and ipykernel, which is a peer.
// `--retries 1` lets an extra index of the machine serve quickly where the default one is silent.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/set-up/places.mjs';
import { withProgress } from '../scripts/set-up/progress.mjs';
import { runCommand } from '../scripts/set-up/run-command.mjs';
import { benchFolder, benchPython } from './place.mjs';

export async function makeBenchEnvironment(python) {
  const folder = join(benchFolder, 'python');
  const requirements = join(root, 'bench', 'python-requirements.txt');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const stamp = join(folder, '.bench.stamp');
  if (existsSync(benchPython) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  await withProgress('Making the Python environment of the benchmarks', async () => {
    await runCommand('bench-venv', python, ['-m', 'venv', '--clear', folder]);
    const pip = ['-m', 'pip', 'install', '--retries', '1', '--disable-pip-version-check'];
    await runCommand('bench-pip', benchPython, [...pip, '--requirement', requirements], {
      hint: 'Is the Python package index reachable? A mirror can be set with: pip config set global.index-url URL'
    });
  });
  writeFileSync(stamp, wanted);
}
