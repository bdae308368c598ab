// Runs with journals of many records, and how long `launchbook status` takes on them: the first time, when the journal is read, and
// after it. The lengths take turns in each round, so that noise hits all alike.
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { productNode, root } from '../../scripts/set-up/places.mjs';
import { summarize } from '../statistics.mjs';

const STEPS = 50;
const ANN = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };

/** Writes a run with a journal of `count` records; resolves with the path of its notebook. Scratch: the same history is that of no run. */
export async function makeLongRun(folder, count, { isScratch = false } = {}) {
  const { linkLine, CHAIN_START } = await import(join(root, 'lib/record/journal/chain.js'));
  const { readOutline } = await import(join(root, 'lib/record/source/read-outline.js'));
  mkdirSync(folder, { recursive: true });
  const notebook = notebookOf(count, isScratch);
  const path = join(folder, 'release.ipynb');
  writeFileSync(path, JSON.stringify(notebook));
  const place = isScratch ? join(folder, '.launchbook') : folder;
  mkdirSync(place, { recursive: true });
  const file = createWriteStream(join(place, 'release.journal.jsonl'), { mode: 0o600 });
  let end = CHAIN_START;
  for (const [index, body] of bodies(count, notebook, readOutline(notebook.cells)).entries()) {
    const at = new Date(Date.UTC(2026, 10, 24) + index * 100).toISOString();
    const linked = linkLine(end, at, JSON.stringify(body));
    end = linked.end;
    if (!file.write(`${linked.line}\n`)) {
      await once(file, 'drain');
    }
  }
  file.end();
  await once(file, 'finish');
  return path;
}

/** `{ first, again, version }` by length: milliseconds of the whole process, medians of `rounds`. */
export function measureStatus(runs, rounds, state) {
  const env = { ...process.env, XDG_STATE_HOME: state };
  const time = (...args) => {
    const began = performance.now();
    const { status, stderr } = spawnSync(productNode(), [join(root, 'lib/cli/main.js'), ...args], { env });
    if (status === 2 || status === null) {
      throw new Error(String(stderr));
    }
    return performance.now() - began;
  };
  const first = Object.fromEntries(
    Object.entries(runs).map(([count, path]) => [count, time('status', path)])
  );
  const times = Object.fromEntries(['version', ...Object.keys(runs)].map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    times.version.push(time('--version'));
    for (const [count, path] of Object.entries(runs)) {
      times[count].push(time('status', path));
    }
  }
  const again = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, summarize(all).median]));
  return { first, again };
}

function notebookOf(count, isScratch) {
  const run = isScratch
    ? null
    : {
        id: `2.4.0-test-${count}`,
        runbook: 'release.ipynb',
        commit: null,
        release: '2.4.0',
        environment: 'test',
        mode: 'live',
        createdAt: '2026-11-24T00:00:00.000Z',
        createdBy: ANN,
        parameters: {}
      };
  const steps = Array.from({ length: STEPS }, (_, index) => ({
    cell_type: 'code',
    id: `step-${index}`,
    metadata: {},
    source: `await $\`fleetctl deploy ${index}\``,
    outputs: [],
    execution_count: null
  }));
  const heading = { cell_type: 'markdown', id: 'heading', metadata: {}, source: '## Deployment' };
  const metadata = run === null ? {} : { launchbook: { run } };
  return { nbformat: 4, nbformat_minor: 5, metadata, cells: [heading, ...steps] };
}

// Each step four effects to one output, as in a run of commands.
function bodies(count, notebook, outline) {
  const run = notebook.metadata.launchbook?.run ?? null;
  const list = [
    { kind: 'journal-opened', format: 1, version: '0.1.0', notebook: 'release.ipynb', run },
    { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN },
    { kind: 'outline', outline }
  ];
  const perStep = Math.max(4, Math.floor((count - list.length) / STEPS));
  for (let step = 0; step < STEPS; step++) {
    const name = { step: `step-${step}`, attempt: 1 };
    const started = {
      executionCount: step + 1,
      queuedAt: '2026-11-24T00:00:00.000Z',
      by: ANN,
      source: '',
      sourceHash: ''
    };
    list.push({ kind: 'attempt-started', ...name, ...started });
    for (let index = 0; index < perStep - 2; index++) {
      list.push(recordOf(`${step}-${Math.floor(index / 2)}`, index, name));
    }
    list.push({ kind: 'attempt-ended', ...name, outcome: 'passed', durationMs: 5 });
  }
  return list.slice(0, count);
}

function recordOf(effect, index, name) {
  const request = { command: `fleetctl deploy orders --version 2.4.${effect}`, folder: 'release' };
  const result = { exitCode: 0, stdout: 'orders is healthy\n'.repeat(10), stderr: '' };
  return index % 2 === 0
    ? { kind: 'effect-started', effect, ...name, helper: 'shell', label: request.command, request }
    : { kind: 'effect-ended', effect, outcome: 'passed', durationMs: 5, result };
}
