// `node bench/scale/scale.mjs [PART]…`, after a build: what grows with a run and its notebook, each as a ratio to the small case in the same
// run. Parts: chains, histories, watchers, server, idle, command; all of them when none is named, which takes twenty minutes on a quiet machine. Rows
// are printed as they are known. Ends with 1 when a target is missed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { summarize } from '../statistics.mjs';
import { measureBoard } from './board-at-rest.mjs';
import { CHAINS, measureChain, measurePythonChain } from './chains.mjs';
import { measureCommands } from './long-commands.mjs';
import { makeLongRun, measureStatus } from './histories.mjs';
import { measureIdleKernels } from './idle-kernels.mjs';
import { measureLongKernels } from './long-kernels.mjs';
import { measureWatchedServer } from './watched-server.mjs';
import { measureWatchers } from './watchers.mjs';

const CELLS = 1000;
const LENGTHS = [1_000, 10_000, 100_000, 500_000];
const ROUNDS = 7;
const KERNEL_ROUNDS = 5;
const WATCHER_ROUNDS = 5;
const KERNELS = 20;
/** papermill needs the square of it. */
const STEPS = 400;

const PARTS = {
  chains: measureChains,
  histories: measureHistories,
  watchers: compareWatchers,
  server: compareRooms,
  idle: measureIdle,
  command: compareCommands
};

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; expected ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

let isMissed = false;
console.log('What grows, over the small case (targets at most)');
for (const [name, measure] of Object.entries(PARTS)) {
  if (asked.length === 0 || asked.includes(name)) {
    await measure();
  }
}
process.exit(isMissed ? 1 : 0);

/** `value` null: it was not reached in its time. */
function tell(name, value, most, beside = '') {
  const isMet = value !== null && value <= most;
  isMissed ||= !isMet;
  const shown = value === null ? 'none' : value.toFixed(2);
  console.log(
    `  ${name.padEnd(48)}${shown.padStart(8)}  ${String(most).padStart(5)}  ${isMet ? 'met   ' : 'MISSED'}  ${beside}`
  );
}

async function measureChains() {
  for (const kind of CHAINS) {
    const { ratio, firstMs, lastMs, waited, cells } = await measureChain(kind, CELLS);
    const python = await measurePythonChain(kind, CELLS);
    const peer = python === null ? '' : `, ipykernel ${python.toFixed(2)}`;
    const beside = `${firstMs.toFixed(1)} → ${lastMs.toFixed(1)} ms of processor; waited ${waited.toFixed(2)}${peer}`;
    const isWhole = cells === CELLS;
    tell(
      `chain of ${kind}, last tenth`,
      isWhole ? ratio : null,
      kind === 'classes' ? 2 : 1.5,
      isWhole ? beside : `${beside}; ended after ${cells} cells`
    );
  }
}

async function measureHistories() {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-scale-'));
  try {
    const state = join(folder, 'state');
    const runs = {};
    const scratch = {};
    for (const count of LENGTHS) {
      runs[count] = await makeLongRun(join(folder, String(count)), count);
      scratch[count] = await makeLongRun(join(folder, `scratch-${count}`), count, { isScratch: true });
    }
    tellStatus(measureStatus(runs, ROUNDS, state));
    tellKernels(measureLongKernels(scratch, KERNEL_ROUNDS, state));
    const board = await measureBoard(runs[LENGTHS.at(-1)], state);
    tell('board at rest, % of a core', board.percent, 1, `${LENGTHS.at(-1)} records, one page`);
    tell('board at rest, MB', board.megabytes, 150);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tellStatus({ first, again }) {
  for (const count of LENGTHS.slice(1)) {
    const beside = `${again[count].toFixed(0)} ms; the first time ${first[count].toFixed(0)}`;
    tell(`status, ${count} records`, again[count] / again[LENGTHS[0]], 1.3, beside);
  }
  const seconds = (again[LENGTHS.at(-1)] - again.version) / 1000;
  tell('status above --version, s', seconds, 0.15, `--version ${again.version.toFixed(0)} ms`);
}

function tellKernels(kernels) {
  const small = kernels[LENGTHS[0]];
  for (const count of LENGTHS.slice(1)) {
    const { openedMs, pageMs, firstMs, cellMs, effectMs, megabytes } = kernels[count] ?? {};
    const over = (value, before) => (value === undefined ? null : value / before);
    const opened = `${ms(small.pageMs, pageMs)}; the first time ${openedMs?.toFixed(0)}`;
    tell(`page open, ${count} records`, over(pageMs, small.pageMs), 1.3, opened);
    tell(`first cell, ${count} records`, over(firstMs, small.firstMs), 1.3, ms(small.firstMs, firstMs));
    tell(`cell after a page, ${count} records`, over(cellMs, small.cellMs), 1.3, ms(small.cellMs, cellMs));
    const later = effectMs === undefined ? null : (effectMs - small.effectMs) / 1000;
    tell(`first effect, later by s, ${count} records`, later, 0.7, ms(small.effectMs, effectMs));
    const beside = `${small.megabytes.toFixed(0)} → ${megabytes?.toFixed(0)} MB`;
    tell(`memory of the kernel, ${count} records`, over(megabytes, small.megabytes), 1.3, beside);
  }
}

function ms(before, after) {
  return `${before.toFixed(0)} → ${after?.toFixed(0)} ms`;
}

async function compareWatchers() {
  const [none, one, fifty] = await compareInTurns([0, 1, 50], measureWatchers);
  const messages = `${one.messages} → ${fifty.messages} messages`;
  tell('iopub for fifty watchers, bytes', fifty.bytes / one.bytes, 1.2, messages);
  tell(
    '200 effects with fifty watchers, time',
    fifty.tookMs / none.tookMs,
    1.2,
    ms(none.tookMs, fifty.tookMs)
  );
  tell(
    'a decision with fifty watchers, 95 %, ms',
    fifty.decidedMs,
    300,
    `one page ${one.decidedMs.toFixed(0)} ms`
  );
}

/** Medians of what was measured in turns. */
async function compareInTurns(sizes, measureSize) {
  const found = sizes.map(() => []);
  for (let round = 0; round < WATCHER_ROUNDS; round++) {
    for (const [index, size] of sizes.entries()) {
      found[index].push(await measureSize(size));
    }
  }
  return found.map(all =>
    Object.fromEntries(Object.keys(all[0]).map(name => [name, summarize(all.map(one => one[name])).median]))
  );
}

async function compareRooms() {
  const {
    launchbook: { none, one, fifty },
    ipykernel: peer
  } = await measureWatchedServer();
  tell(
    'fifty WebSockets, two pages: iopub, bytes',
    fifty.bytes / one.bytes,
    1.2,
    `${fifty.messages.toFixed(0)} messages; ipykernel ${peer.fifty.messages.toFixed(0)}`
  );
  tell(
    '200 effects beside them, time',
    fifty.tookMs / none.tookMs,
    1.2,
    `${ms(none.tookMs, fifty.tookMs)}; 200 lines of ipykernel ${(peer.fifty.tookMs / peer.none.tookMs).toFixed(2)}`
  );
  tell(
    'a decision until it is at all, 95 %, ms',
    fifty.decidedMs,
    300,
    `one: ${one.decidedMs.toFixed(0)} ms`
  );
}

async function measureIdle() {
  const { launchbook, ipykernel } = await measureIdleKernels(KERNELS);
  const gigabytes = ({ megabytes }) => megabytes / 1000;
  const next = ({ nextMs, firstMs }) => nextMs / firstMs;
  tell(
    `${KERNELS} kernels idle for five minutes, GB`,
    gigabytes(launchbook),
    1.4,
    `ipykernel ${gigabytes(ipykernel).toFixed(2)}`
  );
  tell(
    'next cell of each, over a fresh kernel’s first',
    next(launchbook),
    1.3,
    `${ms(launchbook.firstMs, launchbook.nextMs)}; ipykernel ${ms(ipykernel.firstMs, ipykernel.nextMs)}`
  );
}

/** A notebook of many steps from the command line: what a cell takes at its end, over what one takes at its beginning. */
async function compareCommands() {
  const { launchbook, papermill } = await measureCommands(STEPS);
  tell(
    `run of ${STEPS} steps by the command, last tenth`,
    launchbook.ratio,
    1.5,
    `${ms(launchbook.firstMs, launchbook.lastMs)} a cell; papermill ${papermill.ratio.toFixed(2)}, ${ms(papermill.firstMs, papermill.lastMs)}`
  );
}
