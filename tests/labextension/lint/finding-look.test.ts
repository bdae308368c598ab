// What a finding says at its cell, and where its mark is.
import { expect, test } from '@jest/globals';
import type { LintFinding } from '../../../contract/lint/rules/finding.js';
import { faultLook, findingLook } from '../../../labextension/lint/finding-look.js';
import { ENGLISH } from '../english.js';

const FINDING: LintFinding = {
  rule: 'change-without-rollback',
  cell: 'a',
  line: 2,
  severity: 'warning',
  message: 'The step changes something and registers no undo step.',
  fix: 'Register it.',
  reason: 'The way back is thought of before the change.'
};
const TEXT = '// first\n  await $`fleetctl deploy orders`;  \nlast';

test('the mark is under the text of the line, without the blanks around it', () => {
  const { from, to } = findingLook(FINDING, TEXT);
  expect(TEXT.slice(from, to)).toBe('await $`fleetctl deploy orders`;');
});

test('rule, message, fix and reason are those of the finding', () => {
  const { rule, message, fix, reason } = FINDING;
  expect(findingLook(FINDING, TEXT)).toMatchObject({ rule, message, fix, reason, line: 2, isSerious: false });
});

test('what fails `launchbook lint` is serious', () => {
  expect(findingLook({ ...FINDING, severity: 'error' }, TEXT).isSerious).toBe(true);
});

test.each([
  [41, 3, 'last'],
  [0, 1, '// first']
])('line %d of three is shown as line %d', (line, shown, marked) => {
  const look = findingLook({ ...FINDING, line }, TEXT);
  expect(look.line).toBe(shown);
  expect(TEXT.slice(look.from, look.to)).toBe(marked);
});

test('an empty line has a mark without length', () => {
  expect(findingLook({ ...FINDING, line: 1 }, '')).toMatchObject({ from: 0, to: 0, line: 1 });
});

test('a faulty launchbook.yml is about no line, and says that no rule is switched off', () => {
  expect(faultLook({ message: 'there is no rule "x".', hint: 'Fix it.' }, ENGLISH)).toEqual({
    rule: 'launchbook.yml',
    isSerious: true,
    message: 'No rule is switched off: there is no rule "x".',
    fix: 'Fix it.',
    reason: '',
    line: 0,
    from: 0,
    to: 0
  });
});
