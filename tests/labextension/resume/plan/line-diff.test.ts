// Two texts line by line.
import { expect, test } from '@jest/globals';
import { diffLines } from '../../../../labextension/resume/plan/line-diff.js';

const MARKS = { same: ' ', removed: '-', added: '+' };
const diff = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ kind, text }) => MARKS[kind] + text);

test('equal texts have no difference', () => {
  expect(diff('a\nb', 'a\nb')).toEqual([' a', ' b']);
});

test('a changed line stands before what took its place, among the lines that stayed', () => {
  expect(diff('build()\ndeploy(2)\ntell()', 'build()\ndeploy(3)\ntell()')).toEqual([
    ' build()',
    '-deploy(2)',
    '+deploy(3)',
    ' tell()'
  ]);
});

test('lines that came and went at both ends are found', () => {
  expect(diff('a\nb\nc', 'b\nc\nd')).toEqual(['-a', ' b', ' c', '+d']);
  expect(diff('', 'a')).toEqual(['-', '+a']);
});

test('both texts can be read back from the difference', () => {
  const before = 'x\na\nb\nx\nc';
  const after = 'a\nx\nx\nc\nd';
  const lines = diffLines(before, after);
  const textOf = (other: string): string =>
    lines.flatMap(({ kind, text }) => (kind === 'same' || kind === other ? [text] : [])).join('\n');
  expect([textOf('removed'), textOf('added')]).toEqual([before, after]);
});
