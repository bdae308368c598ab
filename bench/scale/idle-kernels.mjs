// Kernels that have run a cell, and that nobody has asked anything for five minutes: their proportional memory, with everything that they
// have started, and how long the next cell of each takes beside the first one of a fresh kernel. Jupyter's own kernel for Python beside ours.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { summarize } from '../statistics.mjs';
import { startKernel } from './raw-kernel.mjs';

const IDLE_MS = 330_000;

/** A declaration that is checked and a command. */
const CELLS = {
  launchbook: 'const answer: number = 6 * 7; await $`true`; answer',
  ipykernel: "import subprocess\nanswer: int = 6 * 7\nsubprocess.run(['true'], check=True)\nanswer"
};

/** By kind `{ megabytes, nextMs, firstMs }`: of so many kernels in all; medians of their next cells and of the first ones of fresh kernels. */
export async function measureIdleKernels(count) {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-idle-'));
  const kinds = Object.keys(CELLS);
  const kernels = Object.fromEntries(kinds.map(kind => [kind, []]));
  try {
    for (let number = 0; number < count; number++) {
      for (const kind of kinds) {
        const kernel = await startKernel(folder, `${kind}-${number}`, kind);
        kernels[kind].push(kernel);
        await kernel.execute(CELLS[kind]);
      }
    }
    await new Promise(resolve => setTimeout(resolve, IDLE_MS));
    const found = {};
    for (const kind of kinds) {
      found[kind] = await measureKernels(folder, kind, kernels[kind]);
    }
    return found;
  } finally {
    Object.values(kernels)
      .flat()
      .forEach(kernel => kernel.end());
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function measureKernels(folder, kind, kernels) {
  if (kernels.some(({ process: { exitCode } }) => exitCode !== null)) {
    throw new Error(`A kernel (${kind}) has ended while it was idle.`);
  }
  const megabytes = kernels.reduce((sum, { process: { pid } }) => sum + megabytesOf(pid, parents()), 0);
  const times = { next: [], first: [] };
  for (const [number, kernel] of kernels.entries()) {
    times.next.push(await timed(() => kernel.execute(CELLS[kind])));
    const fresh = await startKernel(folder, `${kind}-fresh-${number}`, kind);
    await timed(() => fresh.execute(CELLS[kind]))
      .then(ms => times.first.push(ms))
      .finally(fresh.end);
  }
  return { megabytes, nextMs: summarize(times.next).median, firstMs: summarize(times.first).median };
}

async function timed(act) {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** Of a process and all that come from it. */
function megabytesOf(pid, parentOf) {
  const children = [...parentOf].filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.reduce((sum, child) => sum + megabytesOf(child, parentOf), proportional(pid));
}

function proportional(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) / 1000;
  } catch {
    return 0; // it has ended meanwhile
  }
}

function parents() {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  return new Map(
    pids.flatMap(pid => {
      try {
        return [
          [Number(pid), Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1])]
        ];
      } catch {
        return [];
      }
    })
  );
}
