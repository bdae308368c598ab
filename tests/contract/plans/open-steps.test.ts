// Which steps are open before a step: each way in which a step comes to count or not to count, and any history of them.
import { describe, expect, test } from '@jest/globals';
import type { JournalRecord, RecordBody } from '../../../contract/journal/journal.js';
import { outlineOf, undoStepOf, type Outline } from '../../../contract/notebook/outline.js';
import { NO_FACTS } from '../../../contract/notebook/source-facts.js';
import { openStepsBefore } from '../../../contract/plans/open-steps.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { makeRandom } from '../../random.js';
import { ANN, KERNEL, OPENED, RUN_OPENED, ended, stamp, started } from '../sample-journal.js';

const phase = (id: string, steps: readonly string[], optional: readonly string[] = []) => ({
  id,
  title: id,
  steps: steps.map(step => ({
    id: step,
    title: step,
    holds: [],
    ...(optional.includes(step) ? { isOptional: true as const } : {})
  }))
});
const OUTLINE: Outline = {
  title: '',
  phases: [phase('Prepare', ['a', 'b']), phase('Deploy', ['c', 'x', 'd'], ['x']), phase('Close', ['e'])]
};
const BEGUN: RecordBody[] = [RUN_OPENED, KERNEL, { kind: 'outline', outline: OUTLINE }];
const passed = (step: string, attempt = 1): RecordBody[] => [started(step, attempt), ended(step, attempt)];
const ALL = ['a', 'b', 'c', 'd'].flatMap(step => passed(step));
const openIn = (bodies: readonly RecordBody[], step = 'e', outline = OUTLINE): string[] =>
  openStepsBefore(foldJournal(stamp([...BEGUN, ...bodies])), outline, step).map(({ id }) => id);

const effect = (step: string, outcome: 'inconclusive' | null): RecordBody[] => [
  started(step, 2),
  {
    kind: 'effect-started',
    effect: 'e1',
    step,
    attempt: 2,
    helper: 'shell',
    label: 'fleetctl deploy',
    request: {}
  },
  ...(outcome === null
    ? [KERNEL]
    : ([
        { kind: 'effect-ended', effect: 'e1', outcome, durationMs: 1, result: null },
        ended(step, 2, 'inconclusive')
      ] satisfies RecordBody[]))
];
const judged = (judgement: 'passed' | 'failed' | 'again'): RecordBody => ({
  kind: 'effect-judged',
  effect: 'e1',
  judgement,
  by: ANN,
  reason: 'seen in the log'
});
const skipped = (step: string): RecordBody => ({ kind: 'step-skipped', step, by: ANN, reason: 'by hand' });
const discarded = (from: string | null): RecordBody => ({
  kind: 'recovery-discarded',
  from,
  by: ANN,
  reason: 'new data'
});
const rolledBack = (steps: readonly string[]): RecordBody => ({
  kind: 'rolled-back',
  checkpoint: null,
  step: steps[0]!,
  by: ANN,
  reason: 'too slow',
  steps,
  approvals: []
});
const undone = (step: string): RecordBody[] => [
  { kind: 'rollback-registered', rollback: `r-${step}`, name: `r-${step}`, step },
  {
    kind: 'undoing-started',
    checkpoint: null,
    step,
    rollbacks: [`r-${step}`],
    by: ANN,
    reason: 'too slow'
  },
  { kind: 'rollback-started', rollback: `r-${step}`, step: undoStepOf(`r-${step}`) },
  { kind: 'rollback-ended', rollback: `r-${step}`, outcome: 'passed' }
];

describe('open before the last step', () => {
  test.each<[string, RecordBody[], string[]]>([
    ['is all that has not run', [], ['a', 'b', 'c', 'd']],
    ['is nothing when all have passed', ALL, []],
    ['is what failed', [...ALL, started('b', 2), ended('b', 2, 'failed')], ['b']],
    ['is what was rejected', [...ALL, started('b', 2), ended('b', 2, 'rejected')], ['b']],
    ['is what still runs', [...ALL, started('b', 2)], ['b']],
    [
      'is not what passed at another attempt',
      [started('a'), ended('a', 1, 'failed'), ...passed('a', 2), ...ALL.slice(2)],
      []
    ],
    ['is not what was left out with a reason', [...ALL.slice(2), skipped('a')], []],
    ['is not what is stale because a step before it was run again', [...ALL, ...passed('a', 2)], []],
    [
      'is not what was left out and is stale by that',
      [...ALL.slice(0, 6), skipped('d'), ...passed('a', 2)],
      []
    ],
    [
      'is what was run again and failed, not what is stale by it',
      [...ALL, started('a', 2), ended('a', 2, 'failed')],
      ['a']
    ],
    ['is what was rolled back', [...ALL, rolledBack(['c', 'd'])], ['c', 'd']],
    [
      'is what was rolled back in a journal of an earlier version',
      [...ALL, { kind: 'rewound', checkpoint: 'before', by: ANN, reason: '', steps: ['d'], approvals: [] }],
      ['d']
    ],
    [
      'is what was rolled back after it was stale',
      [...ALL, ...passed('a', 2), rolledBack(['c', 'd'])],
      ['c', 'd']
    ],
    ['is what is undone already in a rollback that has not come to its end', [...ALL, ...undone('c')], ['c']],
    ['is what was undone while it was stale', [...ALL, ...undone('c'), ...passed('a', 2)], ['c']],
    ['is not what was undone and has passed again', [...ALL, ...undone('c'), ...passed('c', 2)], []],
    ['is not what was undone and then left out', [...ALL, ...undone('c'), skipped('c')], []],
    ['is what was given up', [...ALL, discarded('c')], ['c', 'd']],
    ['is what was given up after it was stale', [...ALL, ...passed('a', 2), discarded('c')], ['c', 'd']],
    ['is what was cut off', [...ALL, ...effect('b', null)], ['b']],
    ['is what was interrupted', [...ALL, ...effect('b', 'inconclusive')], ['b']],
    ['is not what was cut off and judged as passed', [...ALL, ...effect('b', null), judged('passed')], []],
    [
      'is not what was interrupted and judged as passed',
      [...ALL, ...effect('b', 'inconclusive'), judged('passed')],
      []
    ],
    ['is what was judged as failed', [...ALL, ...effect('b', null), judged('failed')], ['b']],
    ['is what is to be done again', [...ALL, ...effect('b', null), judged('passed'), judged('again')], ['b']],
    [
      'is what was cut off without an effect that somebody could judge',
      [...ALL, started('b', 2), KERNEL],
      ['b']
    ]
  ])('%s', (_name, bodies, open) => expect(openIn(bodies)).toEqual(open));

  test('is a cell that was inserted among steps that passed', () => {
    const [prepare, ...rest] = OUTLINE.phases;
    const outline = { ...OUTLINE, phases: [phase('Prepare', ['a', 'new', 'b']), ...rest] };
    expect(prepare!.steps).toHaveLength(2);
    expect(openIn(ALL, 'e', outline)).toEqual(['new']);
    expect(openIn(ALL.slice(0, 4), 'new', outline)).toEqual([]);
  });

  test('is nothing for a step that is done and run again, an optional one, a console cell, and in a scratch notebook', () => {
    expect(openIn(passed('d'), 'd')).toEqual([]);
    expect(openIn([], 'x')).toEqual([]);
    expect(openIn([], 'unnamed-0123')).toEqual([]);
    const scratch = foldJournal(stamp([OPENED, KERNEL]));
    expect(openStepsBefore(scratch, OUTLINE, 'e')).toEqual([]);
  });

  test('names each with its phase', () => {
    const state = foldJournal(stamp([...BEGUN, ...passed('a')]));
    expect(openStepsBefore(state, OUTLINE, 'c')).toEqual([{ id: 'b', title: 'b', phase: 'Prepare' }]);
  });
});

describe('in the outline', () => {
  const code = (id: string, source: string, tags?: readonly string[]) => ({
    id,
    cell_type: 'code',
    source,
    metadata: { tags }
  });
  const heading = (id: string, tags?: readonly string[]) => ({
    id,
    cell_type: 'markdown',
    source: `## ${id}`,
    metadata: { tags }
  });

  test('steps and phases with the tag optional have no place in the order, nor have cells that make no attempt', () => {
    const cells = [
      heading('deploy'),
      code('one', '1'),
      code('two', '2', ['optional', 'destructive']),
      code('empty', ' \n '),
      code('line', '%skip one done by hand'),
      code('back', 'await rollback.run();'),
      code('comment', '// %skip'),
      heading('roll back', ['optional']),
      code('undo', '3'),
      { id: 'h3', cell_type: 'markdown', source: '### More' },
      code('more', '4'),
      heading('close'),
      code('last', '5')
    ];
    const { phases } = outlineOf(cells, () => NO_FACTS);
    const steps = phases.flatMap(({ steps }) => steps);
    expect(steps.filter(({ isOptional }) => isOptional).map(({ id }) => id)).toEqual([
      'two',
      'line',
      'back',
      'undo',
      'more'
    ]);
  });
});

test('whatever happened: exactly the steps that count for nothing now are open', () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= 400; seed++) {
    const story = tell(makeRandom(seed), kinds);
    const state = foldJournal(story.records);
    const expected = story.order.filter(id => id !== 'x' && !story.done.has(id));
    expect([seed, ...openStepsBefore(state, story.outline, 'last').map(({ id }) => id)]).toEqual([
      seed,
      ...expected
    ]);
  }
  expect(kinds.size).toBe(9);
});

/** A random history, and beside it the plain list of what is done. */
function tell(random: () => number, kinds: Set<string>) {
  let order = ['a', 'b', 'c', 'x', 'd'];
  const done = new Set<string>();
  const attempts = new Map<string, number>();
  const passedOnce = new Set<string>();
  const undoneNow = new Set<string>();
  const leftOut = new Set<string>();
  const records: JournalRecord[] = [];
  const outlineNow = (): Outline => ({ title: '', phases: [phase('One', [...order, 'last'], ['x'])] });
  const write = (...bodies: RecordBody[]): void => void records.push(...stamp(bodies, records.length + 1));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const begin = (step: string): number => {
    attempts.set(step, (attempts.get(step) ?? 0) + 1);
    write(started(step, attempts.get(step)));
    undoneNow.delete(step);
    leftOut.delete(step);
    if (passedOnce.has(step)) {
      // Stale by it is what comes after it: what was left out is so no more, and what was undone is open then.
      behind(step).forEach(id => leftOut.delete(id) && undoneNow.has(id) && done.delete(id));
    }
    return attempts.get(step)!;
  };
  const forget = (ids: readonly string[]): void => ids.forEach(id => done.delete(id) && leftOut.delete(id));
  const behind = (step: string): string[] => order.slice(order.indexOf(step));
  const acts: { readonly [kind: string]: (step: string) => void } = {
    pass: step => {
      write(ended(step, begin(step)));
      done.add(step);
      passedOnce.add(step);
    },
    fail: step => {
      write(ended(step, begin(step), pick(['failed', 'rejected', 'inconclusive'])));
      done.delete(step);
    },
    skip: step => {
      write(skipped(step));
      done.add(step);
      leftOut.add(step);
    },
    judge: step => {
      const attempt = begin(step);
      const id = `e${records.length}`;
      const judgement = pick(['passed', 'failed', 'again'] as const);
      write(
        { kind: 'effect-started', effect: id, step, attempt, helper: 'shell', label: 'x', request: {} },
        { kind: 'executor-replaced', reason: 'died' },
        { kind: 'effect-judged', effect: id, judgement, by: ANN, reason: 'seen' }
      );
      done.delete(step);
      if (judgement === 'passed') {
        done.add(step);
      }
    },
    rollBack: step => {
      write(rolledBack(behind(step).filter(id => attempts.has(id) || done.has(id))));
      forget(behind(step));
    },
    discard: step => {
      write(discarded(step));
      forget(behind(step));
    },
    undo: step => {
      if (attempts.has(step)) {
        write(...undone(step));
        undoneNow.add(step);
        done.forEach(id => id === step && !leftOut.has(id) && done.delete(id));
      }
    },
    insert: step => {
      order = order.flatMap(id => (id === step ? [`n${records.length}`, id] : [id]));
      write({ kind: 'outline', outline: outlineNow() });
    },
    restart: () => write(KERNEL)
  };
  write(RUN_OPENED, KERNEL, { kind: 'outline', outline: outlineNow() });
  for (let count = 4 + Math.floor(random() * 20); count > 0; count--) {
    const kind = pick(Object.keys(acts));
    kinds.add(kind);
    acts[kind]!(pick(order));
  }
  return { records, order, done, outline: outlineNow() };
}
