// A long journal is shown from what was kept of it, and whatever that says: what the run stands on is what the journal comes to.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { judgeJournal } from '../../../record/decisions/judge-journal.js';
import { CHAIN_START, linkLine, type ChainEnd } from '../../../record/journal/chain.js';
import type { ProvenPart } from '../../../record/journal/written-parts.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { sha256 } from '../../../record/hash.js';
import { ownSnapshotFile } from '../../../lifecycle/notebook/own-snapshot.js';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';
import { openJournal } from '../../../run/keeper/open-journal.js';
import { RunKeeper } from '../../../run/keeper/run-keeper.js';
import { ANN, decided, ended, OUTLINE, requested, started } from '../../contract/sample-journal.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';

let folder: string;
let path: string;
let journal: string;
let sound: string;
let keepers: RunKeeper[] = [];
const stateBefore = process.env['XDG_STATE_HOME'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-long-'));
  path = join(folder, 'notes.ipynb');
  journal = join(folder, '.launchbook', 'notes.journal.jsonl');
  process.env['XDG_STATE_HOME'] = join(folder, 'state');
  writeFileSync(path, JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
});
beforeEach(async () => {
  rmSync(join(folder, 'state'), { recursive: true, force: true });
  rmSync(join(folder, '.launchbook'), { recursive: true, force: true });
  await keeper().open(); // makes the folder and the first records
  await closeAll();
  appendFileSync(journal, lines(readJournal(readFileSync(journal, 'utf8')).end));
  await keeper().open();
  await closeAll();
  sound = readFileSync(journal, 'utf8');
});
afterEach(closeAll);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  process.env['XDG_STATE_HOME'] = stateBefore;
  if (stateBefore === undefined) {
    delete process.env['XDG_STATE_HOME'];
  }
});

/** What was asked and decided in a release, then much that commands said. */
function lines(end: ChainEnd = CHAIN_START): string {
  const release: RecordBody[] = [
    { kind: 'outline', outline: OUTLINE },
    { kind: 'driver-changed', by: ANN, client: 'page', how: 'first', reason: '' },
    started('a'),
    ended('a'),
    started('b'),
    requested('b'),
    decided('b')
  ];
  const said = Array.from({ length: 300 }, (_, index) => ({
    kind: 'effect-started',
    ...{ effect: `e-${index}`, step: 'a1', attempt: 1, helper: 'shell', request: {} },
    label: `fleetctl deploy ${'orders '.repeat(150)}`
  }));
  return [...release, ...said]
    .map(body => {
      const linked = linkLine(end, '2026-11-22T11:00:00.000Z', JSON.stringify(body));
      end = linked.end;
      return `${linked.line}\n`;
    })
    .join('');
}

function keeper(): RunKeeper {
  const notebook = new NotebookFile(path);
  const made = new RunKeeper({
    openJournal: (first, reopens) => openJournal(notebook, first, reopens),
    readRun: () => null,
    notebook: 'notes.ipynb',
    owner: () => ANN
  });
  keepers.push(made);
  return made;
}

async function closeAll(): Promise<void> {
  await Promise.all(keepers.map(one => one.close()));
  keepers = [];
}

function truth(): { readonly state: unknown; readonly judged: unknown } {
  const { records } = readJournal(readFileSync(journal, 'utf8'));
  return { state: plain(foldJournal(records)), judged: plain(judgeJournal(records).judged) };
}

function seen({ state, judged }: RunKeeper): { readonly state: unknown; readonly judged: unknown } {
  return { state: plain(state), judged: plain(judged) };
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function attempt(number: number): RecordBody {
  const started = { executionCount: 1, queuedAt: '2026-11-24T00:00:00.000Z', by: ANN };
  return {
    kind: 'attempt-started',
    step: 'z9',
    attempt: number,
    ...started,
    source: '1 + 1',
    sourceHash: 'x'
  };
}

test('it is shown as it is, also with lines that came since, and what is written meanwhile counts', async () => {
  const kept = readFileSync(ownSnapshotFile(journal), 'utf8');
  await keeper().append(attempt(1));
  await closeAll();
  writeFileSync(ownSnapshotFile(journal), kept); // as when the kernel was killed before it could keep anything
  const again = keeper();
  await again.show();
  expect(seen(again)).toEqual(truth());
  await again.append(attempt(2));
  let corrections = 0;
  again.whenCorrected(() => (corrections += 1));
  await again.open();
  expect(seen(again)).toEqual(truth());
  expect(corrections).toBe(0);
});

test('one that was changed in the middle shows, runs nothing of the world, and is told; so it is the next time', async () => {
  writeFileSync(journal, sound.replace('deploy orders', 'deploy Orders'));
  const one = keeper();
  await one.show();
  const effect = { effect: 'new', step: 'z9', attempt: 1, helper: 'shell', label: 'x', request: {} };
  const writing = one.append({ kind: 'effect-started', ...effect });
  await expect(writing).rejects.toMatchObject({ code: 'journal.broken' });
  expect(existsSync(ownSnapshotFile(journal))).toBe(false);
  await expect(one.show()).rejects.toMatchObject({ code: 'journal.broken' });
  expect(readFileSync(journal, 'utf8')).not.toContain('"effect":"new"');
});

test('one that was changed with the hash that was kept of it hides nothing: decisions are those of its lines', async () => {
  const changed = sound.replace('"decision":"approved"', '"decision":"declined"');
  expect(changed).not.toBe(sound);
  writeFileSync(journal, changed);
  const file = ownSnapshotFile(journal);
  const { body, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as { body: string };
  const kept = JSON.parse(body) as { proven: ProvenPart[] };
  const content = readFileSync(journal);
  const proven = kept.proven.map(part => ({ ...part, hash: sha256(content.subarray(part.from, part.to)) }));
  const forged = JSON.stringify({ ...kept, proven });
  writeFileSync(file, JSON.stringify({ ...rest, body: forged, hash: sha256(forged) }));
  const one = keeper();
  await one.show();
  const wasShown = Object.values(one.state.approvals).map(({ status }) => status);
  await one.open();
  expect(wasShown).toEqual(['approved']);
  expect(one.judged.decisions.map(({ decision }) => decision.decision)).toEqual(['declined']);
  expect(Object.values(one.state.approvals).map(({ status }) => status)).not.toContain('approved');
});

test('who has been closed reads no more, and takes away nothing that somebody else has kept', async () => {
  await keeper().show();
  await closeAll();
  rmSync(journal);
  await sleep(1_500); // it is read a second after it is shown
  expect(existsSync(ownSnapshotFile(journal))).toBe(true);
});

test('one that is moved while it is shown is read first', async () => {
  const one = keeper();
  await one.show();
  const target = journal.replace('notes', 'renamed');
  expect(await one.moveJournal(target)).toBe(true);
  await one.append(attempt(1));
  await one.open();
  expect(readFileSync(target, 'utf8').startsWith(sound)).toBe(true);
});

test('a journal that a kernel has written is proven from its first line to its last', async () => {
  const one = keeper();
  await one.append(attempt(1));
  await one.open();
  await closeAll();
  const { body } = JSON.parse(readFileSync(ownSnapshotFile(journal), 'utf8')) as { body: string };
  const { proven } = JSON.parse(body) as { proven: ProvenPart[] };
  const places = proven.flatMap(({ from, to }) => [from, to]);
  expect(places).toEqual([0, ...places.slice(1, -1), statSync(journal).size]);
  expect(
    places.slice(1, -1).filter((place, index) => index % 2 === 0 && place !== places[index + 2])
  ).toEqual([]);
});

test('a short journal is read at once, and nothing of it is kept', async () => {
  rmSync(join(folder, 'state'), { recursive: true, force: true });
  rmSync(join(folder, '.launchbook'), { recursive: true, force: true });
  const one = keeper();
  await one.append(attempt(1));
  await closeAll();
  expect(existsSync(ownSnapshotFile(journal))).toBe(false);
});

const FORGED = rounds({ inTest: 20, inProof: 500 });

const FORGERIES: readonly (readonly [RegExp, string])[] = [
  [/"passed"/g, '"failed"'],
  [/"status":"[a-z]+"/g, '"status":"approved"'],
  [/:null/g, ':{}'],
  [/:\{/g, ':{"__proto__":null,'],
  [/:\d+/g, ':-1'],
  [/:\[/g, ':[null,'],
  [/"state":\{/g, '"state":null,"other":{'],
  [/"steps":\{/g, '"steps":[],"others":{'],
  [/"username":"[\w-]+"/g, '"username":"mallory"'],
  [/"decisions":\[/g, '"decisions":[{"decision":"approved"},'],
  [/"driver":/g, '"driver":{"person":{"username":"mallory"}},"other":'],
  [/"policy":/g, '"policy":{"rules":[]},"other":']
];

/** What may be said of parts that were read before: mostly the truth, so that another state comes with the right hashes. */
const PROVEN: readonly ((parts: readonly ProvenPart[]) => unknown)[] = [
  parts => parts,
  parts => parts,
  parts => parts.map(part => ({ ...part, hash: sha256('other') })),
  parts => parts.map(part => ({ ...part, from: part.from + 7, to: part.to - 7 })),
  () => [null, 7, { from: -1, to: 1e300, hash: null }, { from: 0, to: 0, hash: '' }],
  () => ({ length: 3 }),
  () => undefined
];

test('whatever a forged or old fold says, decisions and state are those of the journal once it is open', async () => {
  const file = ownSnapshotFile(journal);
  const kept = readFileSync(file, 'utf8');
  const random = makeRandom(23);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  let shown = 0;
  for (let number = 0; number < FORGED; number += 1) {
    const { body, ...rest } = JSON.parse(kept) as { body: string };
    const { fold, proven, ...place } = JSON.parse(body) as { fold: string; proven: ProvenPart[] };
    expect(proven.length).toBeGreaterThan(0);
    const [from, to] = pick(FORGERIES);
    const at = Math.floor(random() * 40);
    let count = 0;
    const forged = fold.replace(from, found => (count++ === at || at > 20 ? to : found));
    const changed = JSON.stringify({ ...place, fold: forged, proven: pick(PROVEN)(proven) });
    writeFileSync(file, JSON.stringify({ ...rest, body: changed, hash: sha256(changed) }));
    if (number % 3 === 2) {
      writeFileSync(file, kept); // an old one
    }
    const one = keeper();
    let corrections = 0;
    one.whenCorrected(() => (corrections += 1));
    await one.show();
    const isOther = JSON.stringify(seen(one)) !== JSON.stringify(truth());
    shown += isOther ? 1 : 0;
    await one.open();
    expect(seen(one)).toEqual(truth());
    // Whoever was shown something else is told.
    expect([forged, corrections]).toEqual([forged, isOther ? 1 : 0]);
    await closeAll();
  }
  // Otherwise none of the forgeries would have been looked at.
  expect(shown).toBeGreaterThan(FORGED / 10);
}, 300_000);
