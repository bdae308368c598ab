// Parts that were read before are not parsed as a whole again, and come to the same. Whatever is said of them, what the lines say counts.
import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalRecord, RecordBody } from '../../../../contract/journal/journal.js';
import { FoldedJournal } from '../../../../record/decisions/folded-journal.js';
import { sha256 } from '../../../../record/hash.js';
import { CHAIN_START, hashLine, linkLine } from '../../../../record/journal/chain.js';
import { FileJournal } from '../../../../record/journal/file-journal.js';
import { condensePart } from '../../../../record/journal/folding/condense.js';
import { foldAside } from '../../../../record/journal/folding/fold-aside.js';
import { foldFile } from '../../../../record/journal/folding/fold-file.js';
import type { ProvenPart } from '../../../../record/journal/written-parts.js';
import { decided, ended, OPENED, OUTLINE, requested, started } from '../../../contract/sample-journal.js';
import { rounds } from '../../../proof.js';
import { makeRandom } from '../../../random.js';
import { temporaryFolder } from '../../../runbook/temporary-folder.js';

const folder = temporaryFolder();
const path = join(folder, 'release.journal.jsonl');
const random = makeRandom(57);
const below = (limit: number): number => Math.floor(random() * limit);
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

/** As a kernel writes them, and as somebody else might. */
const NAMES = ['e1', 'e2', 'e3', 'ä1', 'e"1', 'e\\', '"1 s1', 'e1","outcome":"passed'];

function body(): RecordBody {
  const effect = pick(NAMES);
  const step = pick(['s1', 's2', 's"', 'ß']);
  return pick<() => RecordBody>([
    () => ({ kind: 'effect-started', effect, step, attempt: 1, helper: 'shell', label: 'ä', request: {} }),
    () => ({ kind: 'effect-started', effect, step, attempt: 1, helper: 'shell', label: 'x', request: {} }),
    () => ({ kind: 'effect-ended', effect, outcome: 'passed', durationMs: 1, result: { kind: 'output' } }),
    () => ({ kind: 'effect-ended', effect, outcome: 'failed', durationMs: 1, result: null }),
    () => ({ kind: 'effect-ended', effect, outcome: 'inconclusive', durationMs: 1, result: null }),
    () => ({ kind: 'output', step, attempt: 1, upTo: below(9), outputs: [] }),
    () => ({ kind: 'output', step, attempt: 1, upTo: below(9), outputs: [] }),
    // One in some journals, so that most are proven.
    () =>
      below(20) > 0
        ? decided('s1')
        : ({ kind: 'output', step, attempt: 1, upTo: 1 } as unknown as RecordBody),
    () => started(pick(['s1', 's2'])),
    () => ended(pick(['s1', 's2'])),
    () => requested('s1'),
    () => decided('s1'),
    () => ({ kind: 'outline', outline: OUTLINE })
  ])();
}

/** Lines of a whole chain; `twist` may write one otherwise than the kernel does. */
function write(bodies: readonly RecordBody[], twist = (text: string): string => text): string[] {
  let end = CHAIN_START;
  const lines = [OPENED, ...bodies].map(one => {
    const line = twist(linkLine(end, '2026-11-24T00:00:00.000Z', JSON.stringify(one)).line);
    end = { seq: end.seq + 1, hash: hashLine(line) };
    return line;
  });
  writeFileSync(path, lines.map(line => `${line}\n`).join(''));
  return lines;
}

function partsOf(lines: readonly string[]): ProvenPart[] {
  const bytes = lines.map(line => Buffer.byteLength(line) + 1);
  const content = readFileSync(path);
  const parts: ProvenPart[] = [];
  for (let first = 0, from = 0; first < lines.length;) {
    const next = first + 1 + below(20);
    const to = from + bytes.slice(first, next).reduce((sum, one) => sum + one, 0);
    parts.push({ from, to, hash: sha256(content.subarray(from, to)) });
    [first, from] = [next, to];
  }
  return parts;
}

function size(): number {
  return readFileSync(path).length;
}

function plain({ state, judged, kept }: FoldedJournal): unknown {
  return JSON.parse(JSON.stringify({ state, judged, kept }));
}

function foldOf(parts: readonly ProvenPart[]): {
  readonly fold: unknown;
  readonly end: unknown;
  readonly fault: unknown;
} {
  const { records, end, fault } = condensePart(path, 0, size(), parts);
  const folded = new FoldedJournal();
  records.forEach(record => {
    folded.judged.goOnAt(record.seq);
    folded.read(record);
  });
  return { fold: plain(folded), end, fault };
}

function wholeFold(): ReturnType<typeof foldOf> {
  const { folded, end, fault } = foldFile(path, size());
  return { fold: plain(folded), end, fault };
}

test('any journal comes to the same with parts that were proven and without', () => {
  for (let round = 0; round < rounds({ inTest: 200, inProof: 2000 }); round += 1) {
    const lines = write(Array.from({ length: 80 }, body));
    const whole = wholeFold();
    expect(foldOf([])).toEqual(whole);
    const proven = condensePart(path, 0, size()).proven;
    expect(foldOf(proven)).toEqual(whole);
    if (proven.length > 0) {
      const parts = partsOf(lines);
      expect(foldOf(parts)).toEqual(whole);
      // Several short ones have become one.
      expect(condensePart(path, 0, size(), parts).proven).toEqual(proven);
    }
  }
});

test('a change of any byte is found as without them, and a part elsewhere is not believed', () => {
  for (let round = 0; round < rounds({ inTest: 100, inProof: 1000 }); round += 1) {
    const lines = write(Array.from({ length: 40 }, body));
    const parts = partsOf(lines);
    const content = readFileSync(path);
    const at = below(content.length - 1);
    content[at] = content[at] === 0x20 ? 0x21 : 0x20;
    writeFileSync(path, content);
    expect(foldOf(parts)).toEqual(wholeFold());
  }
});

test('whatever a list of parts says of a sound journal, it comes to what its lines say', async () => {
  for (let round = 0; round < rounds({ inTest: 100, inProof: 500 }); round += 1) {
    write(Array.from({ length: 40 }, body));
    const content = readFileSync(path);
    const forged = Array.from({ length: 6 }, (): ProvenPart => {
      const [from = 0, to = 0] = [below(content.length + 9), below(content.length + 9)].toSorted(
        (a, b) => a - b
      );
      const isRight = below(3) > 0;
      return { from, to, hash: isRight ? sha256(content.subarray(from, to)) : sha256('x') };
    });
    const parts = forged.toSorted(() => below(3) - 1);
    expect(foldOf(parts)).toEqual(wholeFold());
    if (round % 20 === 0) {
      const { folded, end, fault } = await foldAside(path, content.length, parts);
      expect({ fold: plain(folded), end, fault }).toEqual(wholeFold());
    }
  }
});

test('a line that begins like an output and says something else is never proven', () => {
  const approved = JSON.stringify(decided('s1')).slice(1, -1);
  const lines = write(
    [started('s1'), requested('s1'), { kind: 'output', step: 's1', attempt: 1, upTo: 1, outputs: [] }],
    text => (text.includes('"kind":"output"') ? text.replace(/\}$/, `,${approved}}`) : text)
  );
  expect((JSON.parse(lines.at(-1)!) as JournalRecord).kind).toBe('approval-decided');
  const { proven } = condensePart(path, 0, size());
  expect(proven).toEqual([]);
  expect(foldOf(proven)).toEqual(wholeFold());
});

test('a hash that was forged with the journal hides no line: what is asked, decided and ruled is read in the lines as they stand', () => {
  const lines = write([started('s1'), requested('s1'), decided('s1')]);
  const changed = lines.map(line => line.replace('"by":{"username":"', '"by":{"username":"x'));
  writeFileSync(path, changed.map(line => `${line}\n`).join(''));
  expect(wholeFold().fault).not.toBeNull();
  const { fold, fault } = foldOf([{ from: 0, to: size(), hash: sha256(readFileSync(path)) }]);
  const asTheyStand = new FoldedJournal();
  changed.forEach(line => asTheyStand.read(JSON.parse(line) as JournalRecord));
  expect({ fold, fault }).toEqual({ fold: plain(asTheyStand), fault: null });
});

test('what says nothing at all of the journal falls back to its lines', async () => {
  writeFileSync(path, `${'{"seq":1,'.repeat(3)}\n`);
  const parts = [{ from: 0, to: size(), hash: sha256(readFileSync(path)) }];
  const { fault } = await foldAside(path, size(), parts);
  expect(fault).toMatchObject({ line: 1, code: 'journal.broken' });
});

test('what a process writes is proven by what it has written', async () => {
  const own = join(folder, 'own.journal.jsonl');
  const journal = await FileJournal.open(own, { first: OPENED, now: Date.now });
  const label = 'orders '.repeat(20_000);
  for (let id = 0; id < 20; id += 1) {
    const effect = { effect: `e${id}`, step: 's1', attempt: 1, helper: 'shell', label, request: {} };
    await journal.append({ kind: 'effect-started', ...effect }, 'written');
    await journal.append(
      { kind: 'effect-ended', effect: `e${id}`, outcome: 'passed', durationMs: 1, result: null },
      'written'
    );
  }
  const { bytes, written } = journal.reach;
  const parts = written.all();
  await journal.close();
  const content = readFileSync(own);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.map(({ from, to }) => sha256(content.subarray(from, to)))).toEqual(
    parts.map(({ hash }) => hash)
  );
  expect(parts.slice(1).map(({ from }) => from)).toEqual(parts.slice(0, -1).map(({ to }) => to));
  expect(parts.at(-1)!.to).toBe(bytes);
});
