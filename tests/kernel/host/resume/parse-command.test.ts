import { expect, test } from '@jest/globals';
import { isRunCommand, parseRunCommand } from '../../../../kernel/host/resume/parse-command.js';

test.each([
  ['%resume', { kind: 'resume' }],
  [' %resume --plan\n', { kind: 'plan' }],
  ['%skip "Warm the caches" done by hand', { kind: 'skip', step: 'Warm the caches', reason: 'done by hand' }],
  ["%skip 'a b'", { kind: 'skip', step: 'a b', reason: '' }],
  [
    '%judge s:1:effect-3 again not in the log',
    { kind: 'judge', effect: 's:1:effect-3', judgement: 'again', reason: 'not in the log' }
  ],
  ['%discard --all new data', { kind: 'discard', step: '--all', reason: 'new data' }],
  [
    '%rollback "Deploy orders" too slow',
    { kind: 'rollback', step: 'Deploy orders', reason: 'too slow', isPlan: false }
  ],
  ['%rollback --all broken', { kind: 'rollback', step: null, reason: 'broken', isPlan: false }],
  ['%rollback --plan', { kind: 'rollback', step: null, reason: '', isPlan: true }],
  ['%rollback --plan deploy', { kind: 'rollback', step: 'deploy', reason: '', isPlan: true }],
  ['%rewind before too slow', { kind: 'rewind', checkpoint: 'before', reason: 'too slow', isPlan: false }],
  [
    '%rewind --plan "before deploy"',
    { kind: 'rewind', checkpoint: 'before deploy', reason: '', isPlan: true }
  ]
])('reads %j', (code, expected) => {
  expect(isRunCommand(code)).toBe(true);
  expect(parseRunCommand(code)).toEqual(expected);
});

test.each([
  '%resume now',
  '%skip',
  '%judge e1',
  '%rewind',
  '%rewind --plan',
  '%rollback',
  '%resume\nawait deploy()'
])('refuses %j and says what was expected', code => {
  expect(isRunCommand(code)).toBe(true);
  expect(() => parseRunCommand(code)).toThrow(/expected %(resume|skip|judge|rewind|rollback)/);
});

test('a judgement without a reason is refused', () => {
  expect(() => parseRunCommand('%judge s:1:effect-3 passed')).toThrow(
    '%judge needs a reason: it stays in the record of the run.'
  );
});

test.each(['%resumed', 'x %resume', '%%resume', '%time', '1 %resume'])('%j is an ordinary cell', code =>
  expect(isRunCommand(code)).toBe(false)
);
