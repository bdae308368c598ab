import { expect, test } from '@jest/globals';
import type { ActName } from '../../../contract/comms/acts.js';
import { LINES, type Word } from '../../../run/line-commands/lines.js';
import { isLineCommand, readLine } from '../../../run/line-commands/read-line.js';

const OUTLINE = {
  title: '',
  phases: [
    {
      id: 'p1',
      title: 'Payments',
      steps: [{ id: 's1', title: 'Deploy orders', holds: [] }]
    }
  ]
};

const before = (step: string | null) => ({ checkpoint: null, step });
const to = (checkpoint: string) => ({ checkpoint, step: null });

const read = (code: string): [ActName, object][] =>
  readLine(code, OUTLINE).map(({ act, params }) => [act, params]);

const LINES_READ: readonly (readonly [string, readonly [ActName, object][]])[] = [
  [
    '%resume',
    [
      ['resume', {}],
      ['plan-resume', {}]
    ]
  ],
  [' %resume --plan\n', [['plan-resume', {}]]],
  ['%continue "Deploy orders"', [['continue', { step: 's1', reason: '' }]]],
  ['%continue s1 the command was wrong', [['continue', { step: 's1', reason: 'the command was wrong' }]]],
  ['%continue --plan s1', [['plan-continue', { step: 's1' }]]],
  ['%skip "Warm the caches" done by hand', [['skip', { step: 'Warm the caches', reason: 'done by hand' }]]],
  ["%skip 'a b'", [['skip', { step: 'a b', reason: '' }]]],
  ['%skip "Deploy orders" by hand', [['skip', { step: 's1', reason: 'by hand' }]]],
  [
    '%judge s:1:effect-3 again not in the log',
    [['judge', { effect: 's:1:effect-3', judgement: 'again', reason: 'not in the log' }]]
  ],
  ['%discard --all new data', [['discard', { from: null, reason: 'new data' }]]],
  ['%discard "Deploy orders" new data', [['discard', { from: 's1', reason: 'new data' }]]],
  ['%begin-anew the disk is gone', [['begin-anew', { reason: 'the disk is gone' }]]],
  ['%accept-clock it was ahead', [['accept-clock', { reason: 'it was ahead' }]]],
  ['%reopen one step more', [['reopen', { reason: 'one step more' }]]],
  ['%release Payments no time left', [['release-phase', { phase: 'p1', reason: 'no time left' }]]],
  ['%release p1 no time left', [['release-phase', { phase: 'p1', reason: 'no time left' }]]],
  ['%release other no time left', [['release-phase', { phase: 'other', reason: 'no time left' }]]],
  [
    '%rollback "Deploy orders" too slow',
    [
      ['plan-rollback', { to: before('s1') }],
      ['roll-back', { to: before('s1'), reason: 'too slow' }]
    ]
  ],
  [
    '%rollback --all broken',
    [
      ['plan-rollback', { to: before(null) }],
      ['roll-back', { to: before(null), reason: 'broken' }]
    ]
  ],
  ['%rollback --plan', [['plan-rollback', { to: before(null) }]]],
  [' %rollback --plan deploy', [['plan-rollback', { to: before('deploy') }]]],
  [
    '%rollback --to-checkpoint "before deploy" too slow',
    [
      ['plan-rollback', { to: to('before deploy') }],
      ['roll-back', { to: to('before deploy'), reason: 'too slow' }]
    ]
  ],
  ['%rollback --plan --to-checkpoint before', [['plan-rollback', { to: to('before') }]]],
  [
    '%rollback deploy --plan',
    [
      ['plan-rollback', { to: before('deploy') }],
      ['roll-back', { to: before('deploy'), reason: '--plan' }]
    ]
  ],
  [
    '%rollback --to-checkpoint --plan why',
    [
      ['plan-rollback', { to: to('--plan') }],
      ['roll-back', { to: to('--plan'), reason: 'why' }]
    ]
  ],
  ['%out-of-order deploy no time left', [['run-out-of-order', { step: 'deploy', reason: 'no time left' }]]],
  ['%run-again deploy', [['run-again', { steps: ['deploy'] }]]],
  ['%skip --plan why', [['skip', { step: '--plan', reason: 'why' }]]],
  [
    '%rewind before too slow',
    [
      ['plan-rollback', { to: to('before') }],
      ['roll-back', { to: to('before'), reason: 'too slow' }]
    ]
  ],
  ['%rewind --plan "before deploy"', [['plan-rollback', { to: to('before deploy') }]]]
];

test.each(LINES_READ)('reads %j', (code, expected) => {
  expect(isLineCommand(code)).toBe(true);
  expect(read(code)).toEqual(expected);
});

test.each(Object.keys(LINES) as Word[])('%%%s is read above', word => {
  expect(LINES_READ.some(([code]) => code.trim().startsWith(`%${word}`))).toBe(true);
});

test.each([
  '%resume now',
  '%skip',
  '%out-of-order',
  '%judge e1',
  '%rewind',
  '%rewind --plan',
  '%rollback',
  '%rollback --to-checkpoint',
  '%rollback --plan --to-checkpoint',
  '%release',
  '%discard',
  '%resume\nawait deploy()',
  '%resume --plan\nawait deploy()'
])('refuses %j and says what was expected', code => {
  expect(isLineCommand(code)).toBe(true);
  expect(() => read(code)).toThrow(
    /expected %(resume|skip|out-of-order|judge|rewind|rollback|release|discard)/
  );
});

test.each(['%resumed', 'x %resume', '%%resume', '%time', '1 %resume', 'await deploy() // %resume --plan'])(
  '%j is an ordinary cell',
  code => expect(isLineCommand(code)).toBe(false)
);
