// When cells are asked about, and which answers count.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { CheckDiagnostic, CheckRequest } from '../../../contract/comms/check-comm.js';
import { CellChecks } from '../../../labextension/diagnostics/cell-checks.js';

const FAULT: CheckDiagnostic = {
  code: 'TS2322',
  message: 'no',
  severity: 'error',
  line: 1,
  column: 1,
  frame: 'no'
};

let texts: Map<string, string>;
let sent: CheckRequest[];
let found: [cell: string, text: string, count: number | null][];
let isConnected: boolean;
let checks: CellChecks;

beforeEach(() => {
  jest.useFakeTimers();
  texts = new Map([
    ['a', 'let a'],
    ['b', 'let b']
  ]);
  sent = [];
  found = [];
  isConnected = true;
  checks = new CellChecks({
    send: request => {
      if (isConnected) {
        sent.push(request);
      }
      return isConnected;
    },
    textOf: cell => texts.get(cell) ?? null,
    found: (cell, text, diagnostics) => found.push([cell, text, diagnostics?.length ?? null]),
    delayMs: () => 400,
    makeId: () => `request-${sent.length}`
  });
});
afterEach(() => {
  jest.useRealTimers();
});

function answer(index: number, diagnostics: readonly CheckDiagnostic[] = [FAULT]): void {
  checks.receive({ request: sent[index]!.request, diagnostics, error: null });
}

test('a cell that is being typed in is asked about once its text has rested', () => {
  checks.changed('a');
  jest.advanceTimersByTime(399);
  texts.set('a', 'let aa');
  checks.changed('a');
  jest.advanceTimersByTime(399);
  expect(sent).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(sent.map(request => request.code)).toEqual(['let aa']);
});

test('the answer to the present text is shown', () => {
  checks.check('a');
  answer(0);
  expect(found).toEqual([['a', 'let a', 1]]);
});

test('the answer to an older text is thrown away, and the present text is asked about', () => {
  checks.check('a');
  texts.set('a', 'let newer');
  answer(0);
  expect(found).toEqual([]);
  expect(sent.map(request => request.code)).toEqual(['let a', 'let newer']);
  answer(1, []);
  expect(found).toEqual([['a', 'let newer', 0]]);
});

test('a cell has one question under way at a time', () => {
  checks.check('a');
  texts.set('a', 'let newer');
  checks.check('a');
  checks.check('b');
  expect(sent.map(request => request.code)).toEqual(['let a', 'let b']);
});

test('a text that was answered is not asked about again', () => {
  checks.check('a');
  answer(0);
  checks.check('a');
  expect(sent).toHaveLength(1);
});

test('after a cell has run every text is asked about again, and answers from before do not count', () => {
  checks.check('a');
  checks.expire();
  checks.check('a');
  answer(0);
  expect(found).toEqual([]);
  expect(sent).toHaveLength(2);
  answer(1);
  expect(found).toEqual([['a', 'let a', 1]]);
});

test('when the kernel goes away what was found is taken back', () => {
  checks.check('a');
  answer(0);
  checks.changed('b');
  checks.reset();
  jest.advanceTimersByTime(1000);
  expect(found).toEqual([
    ['a', 'let a', 1],
    ['a', 'let a', null]
  ]);
  expect(sent).toHaveLength(1);
});

test('without a connection nothing is awaited, so that the next check asks', () => {
  isConnected = false;
  checks.check('a');
  isConnected = true;
  checks.check('a');
  expect(sent).toHaveLength(1);
});

test('an empty cell has no faults, and nobody is asked', () => {
  texts.set('a', '  \n');
  checks.check('a');
  expect(sent).toEqual([]);
  expect(found).toEqual([['a', '  \n', 0]]);
});

test('a cell that is gone is not asked about, and its answer is left alone', () => {
  checks.check('a');
  texts.delete('a');
  answer(0);
  expect(found).toEqual([]);
  expect(sent).toHaveLength(1);
});

test('an answer that nobody asked for is left alone', () => {
  checks.receive({ request: 'other', diagnostics: [FAULT], error: null });
  expect(found).toEqual([]);
});
