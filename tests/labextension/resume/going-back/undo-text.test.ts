// What undo steps print, as one text: which attempts are asked for, in which order they stand, and what of it is shown.
import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../../contract/journal/journal.js';
import { undoStepOf } from '../../../../contract/notebook/outline.js';
import type { OutputSpan } from '../../../../contract/notebook/output.js';
import { UndoText } from '../../../../labextension/resume/going-back/undo-text.js';
import { ANN, opened, started, stateOf } from '../../journal-of.js';

const KERNEL: RecordBody = { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN };
const undo = (id: string, name: string): RecordBody => ({
  kind: 'rollback-registered',
  rollback: id,
  name,
  step: 'a'
});
const begun: RecordBody = {
  kind: 'undoing-started',
  checkpoint: null,
  step: 'a',
  rollbacks: ['r2', 'r1'],
  by: ANN,
  reason: 'the pods crash'
};
const BEFORE = [opened(), KERNEL, undo('r1', 'orders back'), undo('r2', 'payments back'), begun];
const SECOND = undoStepOf('r2');
const FIRST = undoStepOf('r1');

const span = (step: string, from: number, ...texts: string[]): OutputSpan => ({
  step,
  attempt: 1,
  from,
  upTo: from + texts.length,
  outputs: texts.map(text => ({ kind: 'stream', name: 'stdout', text }))
});

function textAfter(bodies: readonly RecordBody[], ...spans: OutputSpan[]): string | null {
  const state = stateOf(...BEFORE, ...bodies);
  const text = new UndoText();
  text.follow(state, state.undoing!);
  text.receive(spans);
  return text.textOf(state, state.undoing!);
}

test('each attempt is asked for once, as soon as it has begun', () => {
  const text = new UndoText();
  const ask = (...bodies: RecordBody[]) => {
    const state = stateOf(...BEFORE, ...bodies);
    return text.follow(state, state.undoing!);
  };
  expect(ask()).toEqual([]);
  expect(ask(started(SECOND))).toEqual([{ step: SECOND, attempt: 1, from: 0 }]);
  expect(ask(started(SECOND))).toEqual([]);
  expect(ask(started(SECOND), started(FIRST))).toEqual([{ step: FIRST, attempt: 1, from: 0 }]);
  text.restart();
  expect(ask(started(SECOND), started(FIRST))).toHaveLength(2);
});

test('the steps stand in the order in which they run, each under its name', () => {
  expect(
    textAfter(
      [started(SECOND), started(FIRST)],
      span(SECOND, 0, 'payments: stopping\n'),
      span(FIRST, 0, 'orders: sto', 'pping\n'),
      span(FIRST, 2, 'orders: stopped\n')
    )
  ).toBe('── payments back\npayments: stopping\n── orders back\norders: stopping\norders: stopped');
});

test('a span that comes twice, or of an attempt that is not followed, adds nothing', () => {
  const once = span(SECOND, 0, 'one\n');
  expect(
    textAfter([started(SECOND)], once, once, { ...once, attempt: 2, from: 1 }, span(FIRST, 0, 'x'))
  ).toBe('── payments back\none');
});

test('nothing is shown while nothing was printed', () => {
  expect(textAfter([started(SECOND)], span(SECOND, 0))).toBeNull();
});

test('colours are left out, displays are shown by their text, and of many lines the last 200', () => {
  const many = Array.from({ length: 300 }, (_, index) => `line ${index}\n`).join('');
  expect(textAfter([started(SECOND)], span(SECOND, 0, '\u001b[32mhealthy\u001b[0m\n'))).toContain(
    '\nhealthy'
  );
  const display: OutputSpan = {
    ...span(SECOND, 0, ''),
    outputs: [{ kind: 'display', data: { 'text/plain': 'a table' }, metadata: {} }]
  };
  expect(textAfter([started(SECOND)], display)).toBe('── payments back\na table');
  const plan: OutputSpan = {
    ...span(SECOND, 0, ''),
    outputs: [{ kind: 'display', data: { 'text/plain': 'the plan' }, metadata: {}, displayId: 'plan' }]
  };
  expect(textAfter([started(SECOND)], plan)).toBeNull();
  const lines = textAfter([started(SECOND)], span(SECOND, 0, many))?.split('\n');
  expect(lines).toHaveLength(200);
  expect(lines?.at(-1)).toBe('line 299');
});
