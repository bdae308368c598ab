// A status of a long journal comes from a snapshot when nothing has changed, and tells what the journal tells. Nothing else reads it: whatever
// it says, no decision and no verification changes.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync } from 'node:fs';
import { journalPathOf } from '../../../contract/notebook/notebook.js';
import { lookAtRun } from '../../../lifecycle/notebook/read-run.js';
import { glanceAtRun } from '../../../lifecycle/status/glance-at-run.js';
import { ownSnapshotFile } from '../../../lifecycle/notebook/own-snapshot.js';
import { runStatus } from '../../../lifecycle/status/run-status.js';
import type { RunSummary } from '../../../lifecycle/status/summarize-run.js';
import { verifyRun } from '../../../lifecycle/verify/verify-run.js';
import { linkLine } from '../../../record/journal/chain.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { sha256 } from '../../../record/hash.js';
import { root } from '../../house/root.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';

const NOW = '2026-11-22T12:00:00.000Z';
let repository: Repository;
let path: string;
const stateBefore = process.env['XDG_STATE_HOME'];

beforeAll(async () => {
  repository = await makeRepository();
  process.env['XDG_STATE_HOME'] = join(repository.folder, '..', 'state');
  path = await executeRun(repository);
  write(150);
});
beforeEach(() => rmSync(process.env['XDG_STATE_HOME']!, { recursive: true, force: true }));
afterAll(() => {
  repository.remove();
  process.env['XDG_STATE_HOME'] = stateBefore;
  if (stateBefore === undefined) {
    delete process.env['XDG_STATE_HOME'];
  }
});

/** Adds commands with much output to the journal, with a sound chain. */
function write(count: number): void {
  const file = journalPathOf(path, true);
  const text = readFileSync(file, 'utf8');
  let { end } = readJournal(text);
  const request = { command: 'fleetctl deploy', folder: '.' };
  const lines = Array.from({ length: count }, (_, index) => {
    const label = `fleetctl deploy ${index} ${'orders '.repeat(300)}`;
    const name = { effect: `e${end.seq}`, step: 'deploy', attempt: 1, helper: 'shell', label, request };
    const linked = linkLine(
      end,
      '2026-11-22T11:00:00.000Z',
      JSON.stringify({ kind: 'effect-started', ...name })
    );
    end = linked.end;
    return `${linked.line}\n`;
  });
  writeFileSync(file, text + lines.join(''));
}

async function shown(): Promise<RunSummary> {
  const glance = await glanceAtRun(path);
  return runStatus(path, { glance, objections: glance.objections, earlier: [], now: NOW });
}

test('a status from the snapshot is that from the journal', async () => {
  const told = runStatus(path, { earlier: [], now: NOW });
  expect(await shown()).toEqual(told);
  const { mode } = statSync(dirname(ownSnapshotFile(path)));
  expect([mode & 0o777, statSync(ownSnapshotFile(path)).mode & 0o777]).toEqual([0o700, 0o600]);
  expect(await shown()).toEqual(told);
});

test('it is not beside the run, and a short journal has none', async () => {
  await shown();
  expect(globSync('**/*snap*', { cwd: repository.folder })).toEqual([]);
  const short = await executeRun(repository, { release: '1.2.0' });
  await glanceAtRun(short);
  expect(() => statSync(ownSnapshotFile(short))).toThrow('ENOENT');
});

test('a record more, or another byte in the journal, and the snapshot says nothing', async () => {
  const { records } = await shown();
  write(1);
  expect((await shown()).records).toBe(records + 1);
  const file = journalPathOf(path, true);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('deploy 7 ', 'deploy 8 '));
  await expect(shown()).rejects.toMatchObject({ code: 'journal.broken' });
  writeFileSync(file, text);
  expect((await shown()).records).toBe(records + 1);
});

test('a file that others can write is not believed', async () => {
  const told = await shown();
  forge(body => body.replaceAll('passed', 'failed'));
  expect(await shown()).not.toEqual(told);
  chmodSync(ownSnapshotFile(path), 0o666);
  expect(await shown()).toEqual(told);
});

const FORGED = rounds({ inTest: 40, inProof: 500 });

test('forged snapshots change no decision, no verification and no reading of the run, and end no status', async () => {
  const told = await shown();
  const truth = JSON.stringify([await verifyRun(path), lookAtRun(path).state]);
  const sound = readFileSync(ownSnapshotFile(path), 'utf8');
  const random = makeRandom(19);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  for (let number = 0; number < FORGED; number += 1) {
    writeFileSync(ownSnapshotFile(path), sound);
    if (number % 2 === 0) {
      // With a hash that fits: words of states, numbers and whole values are others.
      const [from, to] = pick(FORGERIES);
      const at = Math.floor(random() * 40);
      let seen = 0;
      forge(body => body.replace(from, found => (seen++ === at || at > 30 ? to : found)));
    } else {
      const at = Math.floor(random() * sound.length);
      writeFileSync(
        ownSnapshotFile(path),
        sound.slice(0, at) + pick(['', '"', '}', 'x', 'null']) + sound.slice(at + 1)
      );
      expect(await shown()).toEqual(told);
      writeFileSync(ownSnapshotFile(path), sound.slice(0, at));
    }
    await expect(shown()).resolves.toHaveProperty('health');
    if (number % 20 === 0) {
      expect(JSON.stringify([await verifyRun(path), lookAtRun(path).state])).toBe(truth);
    }
  }
}, 300_000);

const FORGERIES: readonly (readonly [RegExp, string])[] = [
  [/"passed"/g, '"failed"'],
  [/"status":"[a-z]+"/g, '"status":"approved"'],
  [/:null/g, ':{}'],
  [/:\{/g, ':{"__proto__":null,'],
  [/:\d+/g, ':-1'],
  [/:\[/g, ':[null,'],
  [/"state":\{/g, '"state":null,"other":{'],
  [/"phases":\[/g, '"phases":7,"others":['],
  [/"username":"[\w-]+"/g, '"username":"mallory"'],
  [/"steps":\{/g, '"steps":[],"others":{']
];

/** Changes what the snapshot says, and its hash with it. */
function forge(change: (body: string) => string): void {
  const file = JSON.parse(readFileSync(ownSnapshotFile(path), 'utf8')) as { body: string };
  const body = change(file.body);
  writeFileSync(ownSnapshotFile(path), JSON.stringify({ ...file, body, hash: sha256(body) }));
}

test('only what shows a run reads snapshots', () => {
  const users = (word: string): string[] =>
    globSync('{cli,kernel,lifecycle,record,run,runbook}/**/*.ts', { cwd: root })
      .filter(file =>
        new RegExp(`(?:from|import\\() ?'[^']*/${word}\\.js'`).test(readFileSync(join(root, file), 'utf8'))
      )
      .sort();
  expect(users('own-snapshot')).toEqual(['lifecycle/status/run-snapshot.ts', 'run/keeper/shown-journal.ts']);
  expect(users('run-snapshot')).toEqual(['lifecycle/status/glance-at-run.ts']);
  expect(users('glance-at-run')).toEqual([
    'cli/commands/status.ts',
    'kernel/host/comms/lifecycle-comm.ts',
    'lifecycle/board/run-follower.ts',
    'lifecycle/decide/run-glances.ts',
    'lifecycle/status/run-status.ts'
  ]);
});
