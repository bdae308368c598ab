// `node bench/scale/scale.mjs`, after a build: what grows with a run and its notebook, each as a ratio to the small case in the same run.
// Ends with 1 when a target is missed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHAINS, measureChain } from './chains.mjs';
import { makeLongRun, measureStatus } from './histories.mjs';
import { measureWatchers } from './watchers.mjs';

const CELLS = 1000;
const LENGTHS = [1_000, 10_000, 100_000, 500_000];
const ROUNDS = 7;

const rows = [];

await measureChains();
await measureHistories();
await compareWatchers();

console.log('\nWhat grows, over the small case (targets at most)');
for (const { name, value, most, beside } of rows) {
  const verdict = value <= most ? 'met' : 'MISSED';
  console.log(
    `  ${name.padEnd(44)}${value.toFixed(2).padStart(7)}  ${String(most).padStart(5)}  ${verdict}  ${beside}`
  );
}
process.exit(rows.every(({ value, most }) => value <= most) ? 0 : 1);

async function measureChains() {
  for (const kind of CHAINS) {
    console.error(`A chain of ${CELLS} cells: ${kind}`);
    const { ratio, firstMs, lastMs, waited } = await measureChain(kind, CELLS);
    const beside = `${firstMs.toFixed(1)} → ${lastMs.toFixed(1)} ms of processor; waited ${waited.toFixed(2)}`;
    rows.push({
      name: `chain of ${kind}, last tenth`,
      value: ratio,
      most: kind === 'classes' ? 2 : 1.5,
      beside
    });
  }
}

async function measureHistories() {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-scale-'));
  try {
    const runs = {};
    for (const count of LENGTHS) {
      console.error(`A journal of ${count} records`);
      runs[count] = await makeLongRun(join(folder, String(count)), count);
    }
    const { first, again } = measureStatus(runs, ROUNDS, join(folder, 'state'));
    for (const count of LENGTHS.slice(1)) {
      const beside = `${again[count].toFixed(0)} ms; the first time ${first[count].toFixed(0)}`;
      rows.push({
        name: `status, ${count} records`,
        value: again[count] / again[LENGTHS[0]],
        most: 1.3,
        beside
      });
    }
    const seconds = (again[LENGTHS.at(-1)] - again.version) / 1000;
    rows.push({
      name: 'status above --version, s',
      value: seconds,
      most: 0.15,
      beside: `--version ${again.version.toFixed(0)} ms`
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareWatchers() {
  console.error('One watcher, and fifty');
  const one = await measureWatchers(1);
  const fifty = await measureWatchers(50);
  const beside = `${one.messages} → ${fifty.messages} messages`;
  rows.push({ name: 'iopub for fifty watchers, bytes', value: fifty.bytes / one.bytes, most: 1.2, beside });
}
