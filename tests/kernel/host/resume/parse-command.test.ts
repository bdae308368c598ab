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
  ['%rewind before too slow', { kind: 'rewind', checkpoint: 'before', reason: 'too slow', isPlan: false }],
  [
    '%rewind --plan "before deploy"',
    { kind: 'rewind', checkpoint: 'before deploy', reason: '', isPlan: true }
  ]
])('reads %j', (code, expected) => {
  expect(isRunCommand(code)).toBe(true);
  expect(parseRunCommand(code)).toEqual(expected);
});

test.each(['%resume now', '%skip', '%judge e1', '%rewind', '%rewind --plan', '%resume\nawait deploy()'])(
  'refuses %j and says what was expected',
  code => {
    expect(isRunCommand(code)).toBe(true);
    expect(() => parseRunCommand(code)).toThrow(/expected %(resume|skip|judge|rewind)/);
  }
);

test.each(['%resumed', 'x %resume', '%%resume', '%time', '1 %resume'])('%j is an ordinary cell', code =>
  expect(isRunCommand(code)).toBe(false)
);
