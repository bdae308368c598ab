// Which outputs an open document asks the kernel for.
import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { missingOutputs, type ShownOutputs } from '../../../labextension/outputs/missing-outputs.js';
import { ended, KERNEL, OPENED, stamp, started } from '../../contract/sample-journal.js';

function output(step: string, upTo: number, attempt = 1): RecordBody {
  return { kind: 'output', step, attempt, upTo, outputs: [{ kind: 'stream', name: 'stdout', text: 'x' }] };
}

function ask(
  bodies: readonly RecordBody[],
  known: { shown?: ShownOutputs; kept?: number; isOwn?: boolean; hasSeen?: boolean } = {}
) {
  return missingOutputs(foldJournal(stamp([OPENED, KERNEL, ...bodies])), ['a'], {
    shown: () => known.shown,
    keptAttempt: () => known.kept ?? 0,
    hasSeen: () => known.hasSeen ?? false,
    isOwn: () => known.isOwn ?? false
  });
}

const RUNNING = [started('a'), output('a', 4)];
const ENDED = [...RUNNING, ended('a')];

test('a cell that never ran asks for nothing, one that ran unseen for everything', () => {
  expect(ask([])).toEqual([]);
  expect(ask(ENDED)).toEqual([{ step: 'a', attempt: 1, from: 0 }]);
});

test('a cell that runs is asked for although nothing is recorded yet', () => {
  expect(ask([started('a')])).toEqual([{ step: 'a', attempt: 1, from: 0 }]);
});

test('a file that tells of the attempt has its outputs; one that tells of an earlier attempt does not', () => {
  expect(ask(ENDED, { kept: 1 })).toEqual([]);
  expect(ask([...ENDED, started('a', 2), output('a', 1, 2), ended('a', 2)], { kept: 1 })).toEqual([
    { step: 'a', attempt: 2, from: 0 }
  ]);
});

test('after a cut connection only the rest is asked for', () => {
  expect(ask(ENDED, { shown: { attempt: 1, upTo: 3 } })).toEqual([{ step: 'a', attempt: 1, from: 3 }]);
  expect(ask(ENDED, { shown: { attempt: 1, upTo: 4 } })).toEqual([]);
  expect(ask(RUNNING, { shown: { attempt: 1, upTo: 4 } })).toEqual([{ step: 'a', attempt: 1, from: 4 }]);
});

test('what this page executes or got from the kernel itself is not asked for', () => {
  expect(ask(RUNNING, { isOwn: true })).toEqual([]);
  expect(ask(RUNNING, { shown: { attempt: 1, upTo: 'all' } })).toEqual([]);
});

test('an attempt of another page that began while this one was here is asked for, unless the file has it', () => {
  const unnumbered = [started('a'), ended('a')];
  expect(ask(unnumbered, { hasSeen: true })).toEqual([{ step: 'a', attempt: 1, from: 0 }]);
  expect(ask(unnumbered, { hasSeen: true, kept: 1 })).toEqual([]);
});

test('attempts of a version that recorded no outputs are left as they are', () => {
  expect(ask([started('a'), ended('a')])).toEqual([]);
});
