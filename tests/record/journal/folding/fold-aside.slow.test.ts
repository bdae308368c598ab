// What several threads make of the parts of a journal is what one reader makes of all of it.
import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalRecord, RecordBody } from '../../../../contract/journal/journal.js';
import { FoldedJournal } from '../../../../record/decisions/folded-journal.js';
import { CHAIN_START, linkLine } from '../../../../record/journal/chain.js';
import { Condensing } from '../../../../record/journal/folding/condense.js';
import { foldAside, foldParts, type FoldingAnswer } from '../../../../record/journal/folding/fold-aside.js';
import { foldFile } from '../../../../record/journal/folding/fold-file.js';
import {
  decided,
  ended,
  KERNEL,
  OPENED,
  OUTLINE,
  requested,
  stamp,
  started
} from '../../../contract/sample-journal.js';
import { rounds } from '../../../proof.js';
import { makeRandom } from '../../../random.js';
import { temporaryFolder } from '../../../runbook/temporary-folder.js';

const folder = temporaryFolder();

function effect(id: number, more: object = {}): RecordBody {
  const name = { effect: `e${id}`, step: 's1', attempt: 1, helper: 'shell', label: 'x', request: {} };
  return { kind: 'effect-started', ...name, ...more };
}

function effectEnded(id: number, outcome: 'passed' | 'failed' | 'inconclusive'): RecordBody {
  return { kind: 'effect-ended', effect: `e${id}`, outcome, durationMs: 1, result: null };
}

function randomJournal(random: () => number): JournalRecord[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const make: readonly (() => RecordBody)[] = [
    ...Array.from(
      { length: 6 },
      () => () => effect(below(8), below(4) === 0 ? { within: `e${below(8)}` } : {})
    ),
    ...Array.from(
      { length: 6 },
      () => () => effectEnded(below(8), pick(['passed', 'failed', 'inconclusive'] as const))
    ),
    () => effect(below(8), { label: 7 }),
    () => ({ kind: 'output', step: 's1', attempt: 1, upTo: 1 }) as unknown as RecordBody,
    () => ({ kind: 'output', step: pick(['s1', 's2']), attempt: 1, upTo: below(9), outputs: [] }),
    () => ({ kind: 'output', step: pick(['s1', 's2']), attempt: 1, upTo: below(9), outputs: [] }),
    () => started(pick(['s1', 's2'])),
    () => ended(pick(['s1', 's2']), 1, pick(['passed', 'failed', 'inconclusive'] as const)),
    () => requested('s1'),
    () => decided('s1'),
    () => KERNEL,
    () => ({ kind: 'outline', outline: OUTLINE })
  ];
  return stamp([OPENED, ...Array.from({ length: 80 }, () => pick(make)())]);
}

function plain({ state, judged, kept }: FoldedJournal): unknown {
  return JSON.parse(JSON.stringify({ state, judged, kept }));
}

function foldedOf(records: readonly JournalRecord[]): FoldedJournal {
  const folded = new FoldedJournal();
  records.forEach(record => {
    folded.judged.goOnAt(record.seq);
    folded.read(record);
  });
  return folded;
}

test('what is left of the parts of any journal folds to what all of it does', () => {
  const random = makeRandom(31);
  let left = 0;
  let all = 0;
  let several = 0;
  for (let round = 0; round < rounds({ inTest: 300, inProof: 3000 }); round += 1) {
    const records = randomJournal(random);
    const cuts = [0, Math.floor(random() * records.length), records.length];
    const parts = cuts.slice(1).map((to, index): FoldingAnswer => {
      const condensing = new Condensing();
      records.slice(cuts[index], to).forEach(record => condensing.take(record));
      const text = JSON.stringify(condensing.end());
      left += condensing.end().length;
      const [start, end] = [cuts[index]!, to].map(seq => ({ seq, hash: '' }));
      return {
        text,
        leftOut: condensing.leftOut,
        start: start!,
        end: end!,
        bytes: 0,
        fault: null,
        proven: []
      };
    });
    all += records.length;
    const found = foldParts(parts);
    several += found === null ? 0 : 1;
    if (found !== null) {
      expect(plain(found.folded)).toEqual(plain(foldedOf(records)));
    }
  }
  expect(several).toBeGreaterThan(100);
  expect(left).toBeLessThan(all);
});

describe('a file in several parts', () => {
  /** More bytes than one thread reads. */
  function write(): { readonly path: string; readonly text: string } {
    let end = CHAIN_START;
    const bodies: RecordBody[] = [OPENED, started('s1')];
    for (let id = 0; id < 300; id += 1) {
      bodies.push(effect(id, { label: 'orders ä '.repeat(7000) }), effectEnded(id, 'passed'));
    }
    const lines = [...bodies, effect(999)].map(body => {
      const linked = linkLine(end, '2026-11-24T00:00:00.000Z', JSON.stringify(body));
      end = linked.end;
      return `${linked.line}\n`;
    });
    const path = join(folder, 'long.journal.jsonl');
    const text = lines.join('');
    writeFileSync(path, text);
    return { path, text };
  }

  test('is folded as in one, and an open effect stays open', async () => {
    const { path, text } = write();
    const bytes = Buffer.byteLength(text);
    const [several, one] = [await foldAside(path, bytes), foldFile(path, bytes)];
    expect(plain(several.folded)).toEqual(plain(one.folded));
    const { proven, ...rest } = several;
    expect({ ...rest, folded: null }).toEqual({ ...one, folded: null });
    expect(proven.length).toBeGreaterThan(1);
    expect(Object.keys(several.folded.state.openEffects)).toEqual(['e999']);
  });

  test('tells the line with a fault, wherever it is', async () => {
    const { path, text } = write();
    for (const id of [20, 150, 290]) {
      writeFileSync(path, text.replace(`"effect":"e${id}","step":"s1"`, `"effect":"e${id}","step":"s2"`));
      const { fault } = await foldAside(path, Buffer.byteLength(text));
      expect(fault).toMatchObject({ code: 'journal.broken', line: 4 + 2 * id });
    }
  });
});
