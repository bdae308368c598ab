// What a notebook shows of recorded outputs, by JupyterLab's own rules.
import { expect, test } from '@jest/globals';
import { notebookOutputsOf } from '../../../contract/notebook/notebook-outputs.js';
import type { RecordedOutput } from '../../../contract/notebook/output.js';

const text = (value: string, name: 'stdout' | 'stderr' = 'stdout'): RecordedOutput => ({
  kind: 'stream',
  name,
  text: value
});
const display = (value: string, displayId?: string): RecordedOutput => ({
  kind: 'display',
  data: { 'text/plain': value },
  metadata: {},
  ...(displayId === undefined ? {} : { displayId })
});
const shown = (outputs: readonly RecordedOutput[]): unknown[] =>
  notebookOutputsOf(outputs).map(output => ('data' in output ? output.data['text/plain'] : output));

test('parts of one stream are one output until something else comes between', () => {
  expect(shown([text('a\n'), text('b\n'), display('x'), text('c\n'), text('d\n', 'stderr')])).toEqual([
    { output_type: 'stream', name: 'stdout', text: 'a\nb\n' },
    'x',
    { output_type: 'stream', name: 'stdout', text: 'c\n' },
    { output_type: 'stream', name: 'stderr', text: 'd\n' }
  ]);
});

test('an update changes every display of its id, and nothing when there is none', () => {
  const update: RecordedOutput = {
    kind: 'update',
    data: { 'text/plain': 'new' },
    metadata: {},
    displayId: 'd'
  };
  expect(shown([update, display('one', 'd'), display('two'), display('three', 'd'), update])).toEqual([
    'new',
    'two',
    'new'
  ]);
});

test('a clear empties at once, or when the next output comes', () => {
  expect(shown([display('a'), { kind: 'clear', wait: false }])).toEqual([]);
  expect(shown([display('a'), { kind: 'clear', wait: true }])).toEqual(['a']);
  expect(shown([display('a'), { kind: 'clear', wait: true }, display('b'), display('c')])).toEqual([
    'b',
    'c'
  ]);
});

test('a result carries its number, an error its traceback', () => {
  expect(
    notebookOutputsOf([
      { kind: 'result', data: { 'text/plain': '4' }, metadata: {}, executionCount: 7 },
      { kind: 'error', ename: 'Error', evalue: 'no', traceback: ['a', 'b'] }
    ])
  ).toEqual([
    { output_type: 'execute_result', data: { 'text/plain': '4' }, metadata: {}, execution_count: 7 },
    { output_type: 'error', ename: 'Error', evalue: 'no', traceback: ['a', 'b'] }
  ]);
});
