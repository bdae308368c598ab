// Kernels on journals of many records, one after the other in processes of their own (long-kernel.mjs). Lengths take turns.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { makeKernelspec } from '../../lib/kernel/kernelspec/kernelspec.js';
import { productNode, root } from '../../scripts/set-up/places.mjs';
import { summarize } from '../statistics.mjs';

const LIMIT_MS = 60_000;

/**
 * By length, medians of `rounds`: `{ openedMs, pageMs, firstMs, cellMs, effectMs, megabytes }`; null for one that did not answer within a
 * minute. `openedMs` is what a page waits the first time, when nothing is kept of the journal.
 */
export function measureLongKernels(paths, rounds, state) {
  const found = Object.fromEntries(
    Object.entries(paths).map(([count, path]) => {
      const opened = measureOne(path, 'page', state);
      return [count, [opened && { openedMs: opened.pageMs }]];
    })
  );
  for (let round = 0; round < rounds; round++) {
    for (const mode of ['page', 'cell', ...(round === 0 ? ['rest'] : [])]) {
      Object.entries(paths).forEach(([count, path]) => found[count].push(measureOne(path, mode, state)));
    }
  }
  return Object.fromEntries(Object.entries(found).map(([count, all]) => [count, medianOf(all)]));
}

function measureOne(path, mode, state) {
  const script = join(root, 'bench', 'scale', 'long-kernel.mjs');
  // As Jupyter starts a kernel, with another program in its place.
  const [node, ...words] = makeKernelspec(productNode(), script).argv.slice(0, -1);
  const env = { ...process.env, LAUNCHBOOK_HISTORY: 'off', XDG_STATE_HOME: state };
  const { status, stdout, stderr } = spawnSync(node, [...words, path, mode], {
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
  const names = [...new Set(all.flatMap(one => Object.keys(one ?? {})))];
  const samples = name => all.flatMap(one => one?.[name] ?? []);
  return all.includes(null)
    ? null
    : Object.fromEntries(names.map(name => [name, summarize(samples(name)).median]));
}
