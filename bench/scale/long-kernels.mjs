// Kernels on journals of many records, one after the other in processes of their own (long-kernel.mjs). Lengths take turns.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { productNode, root } from '../../scripts/set-up/places.mjs';
import { summarize } from '../statistics.mjs';

const LIMIT_MS = 60_000;
/** As the kernelspec has it. */
const YOUNG = '--max-semi-space-size=2';

/** By length, medians of `rounds`: `{ pageMs, cellMs, effectMs, megabytes }`; null for one that did not answer within a minute. */
export function measureLongKernels(paths, rounds) {
  const found = Object.fromEntries(Object.keys(paths).map(count => [count, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [count, path] of Object.entries(paths)) {
      found[count]?.push(measureOne(path));
    }
  }
  return Object.fromEntries(Object.entries(found).map(([count, all]) => [count, medianOf(all)]));
}

function measureOne(path) {
  const script = join(root, 'bench', 'scale', 'long-kernel.mjs');
  const env = { ...process.env, LAUNCHBOOK_HISTORY: 'off' };
  const { status, stdout, stderr } = spawnSync(productNode(), [YOUNG, script, path], {
    env,
    encoding: 'utf8',
    timeout: LIMIT_MS
  });
  if (status !== 0) {
    console.error(stderr.slice(-500));
    return null;
  }
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

function medianOf(all) {
  return all.includes(null)
    ? null
    : Object.fromEntries(
        Object.keys(all[0]).map(name => [name, summarize(all.map(one => one[name])).median])
      );
}
