// What the journal costs inside of the kernel's process: an effect's two records on this disk, an output, and the fold of a long run.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, stateFolder } from '../../scripts/set-up/places.mjs';

const load = path => import(join(root, 'lib', path));

/** Median milliseconds of one effect (announced and ended), and of one output record. */
export async function measureRecords(count = 400) {
  const { FileJournal } = await load('record/journal/file-journal.js');
  // Beside the checkout, because temporary folders may be in memory.
  const folder = mkdtempSync(join(stateFolder, 'bench-journal-'));
  const first = { kind: 'journal-opened', format: 1, version: '0.1.0', notebook: 'n.ipynb', run: null };
  const journal = await FileJournal.open(join(folder, 'n.journal.jsonl'), { first, now: Date.now });
  const effects = [];
  const outputs = [];
  for (let index = 0; index < count; index++) {
    effects.push(
      await timed(async () => {
        await journal.append(effectStarted(index));
        await journal.append(effectEnded(index));
      })
    );
    outputs.push(await timed(() => journal.append(output(index), 'written')));
  }
  await journal.close();
  rmSync(folder, { recursive: true });
  return { effectMs: median(effects), outputMs: median(outputs) };
}

/** Median milliseconds of folding `count` records of a run of 500 steps that were executed again and again. */
export async function measureFold(count = 100_000) {
  const { foldJournal } = await load('contract/reduce/reduce.js');
  const records = recordsOf(count);
  const times = [];
  for (let round = 0; round < 5; round++) {
    times.push(await timed(() => foldJournal(records)));
  }
  return median(times);
}

function recordsOf(count) {
  const records = [];
  const add = body =>
    records.push({ seq: records.length + 1, at: '2026-11-24T12:00:00.000Z', prev: '', ...body });
  add({ kind: 'journal-opened', format: 1, version: '0.1.0', notebook: 'n.ipynb', run: null });
  const by = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
  for (let index = 0; records.length < count; index++) {
    const [step, attempt] = [`step-${index % 500}`, Math.floor(index / 500) + 1];
    const started = { step, attempt, executionCount: index, queuedAt: '', by, source: '', sourceHash: 'h' };
    add({ kind: 'attempt-started', ...started });
    for (let effect = 0; effect < 10; effect++) {
      add({ ...effectStarted(`${index}-${effect}`), step, attempt });
      add(effectEnded(`${index}-${effect}`));
    }
    add({ ...output(index), step, attempt });
    add({ kind: 'attempt-ended', step, attempt, outcome: 'passed', durationMs: 5 });
  }
  return records.slice(0, count);
}

function effectStarted(index) {
  const request = { command: `fleetctl deploy orders --version 2.4.${index}`, folder: 'release' };
  return {
    kind: 'effect-started',
    effect: `e${index}`,
    step: 'a',
    attempt: 1,
    helper: 'shell',
    label: request.command,
    request
  };
}

function effectEnded(index) {
  const result = { exitCode: 0, stdout: 'orders is healthy\n'.repeat(10), stderr: '' };
  return { kind: 'effect-ended', effect: `e${index}`, outcome: 'passed', durationMs: 5, result };
}

function output(index) {
  const outputs = [{ kind: 'stream', name: 'stdout', text: `line ${index} of the output\n`.repeat(20) }];
  return { kind: 'output', step: 'a', attempt: 1, upTo: 1, outputs };
}

async function timed(act) {
  const begin = performance.now();
  await act();
  return performance.now() - begin;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
