import { expect, test } from '@jest/globals';
import { resumePlanText, rollbackPlanText } from '../../../run/line-commands/plan-text.js';

const step = { phase: 'Deploy', attempt: 1, asks: [] };

test('a plan names every step with what becomes of it, and each question with its command', () => {
  const effect = {
    id: 'b:1:effect-2',
    step: 'b',
    attempt: 1,
    helper: 'shell',
    label: 'fleetctl deploy',
    startedAt: '2026-11-22T08:00:00.000Z',
    outcome: null,
    judged: null
  };
  const text = resumePlanText({
    steps: [
      { ...step, step: 'a', title: 'Build', action: 'replay' },
      { ...step, step: 'b', title: 'Deploy', action: 'ask', asks: [{ kind: 'inconclusive', effect }] },
      { ...step, step: 'c', title: 'Check', action: 'ask', asks: [{ kind: 'changed', isGone: false }] },
      { ...step, step: 'd', title: 'Close', action: 'run', attempt: null }
    ],
    replay: ['a'],
    next: 'b'
  });
  expect(text.split('\n')).toEqual([
    'Resume: 1 to replay, 2 to ask about, 0 to keep, 1 to run.',
    '  replay  Build',
    '  ask     Deploy',
    expect.stringMatching(
      /“fleetctl deploy” started .* has no end: %judge b:1:effect-2 passed\|failed\|again REASON$/
    ),
    '  ask     Check',
    '          its text has changed since it passed: put it back, or %discard "c" REASON',
    '  run     Close',
    'Next: Deploy'
  ]);
});

test('of a checkpoint it tells when it was reached, and names the same', () => {
  const text = rollbackPlanText({
    checkpoint: 'before',
    step: null,
    title: '',
    reachedAt: '2026-11-22T08:00:00.000Z',
    rollbacks: [
      {
        id: 'r',
        name: 'Orders back',
        step: 'b',
        title: 'Deploy',
        seq: 5,
        status: 'registered',
        attempt: 1,
        values: [
          { name: 'service', text: "'orders'" },
          { name: 'shards', text: '4' }
        ],
        expectedMs: null
      }
    ],
    broughtBack: [],
    without: [{ step: 'c', title: 'Announce', effects: ['echo done'] }],
    asks: [],
    steps: [{ step: 'b', title: 'Deploy', expectedMs: 61_000 }],
    approvals: [],
    expectedMs: 61_000,
    undoMs: null
  });
  expect(text).toMatch(/^Roll back to “before”, reached 2026-11-22 08:00:00 UTC:\n/);
  expect(text).toContain("    1. Orders back, with service = 'orders', shards = 4\n  Cannot be undone");
  expect(text).toContain('    Announce: echo done\n  Steps that become stale:\n    Deploy\n');
  expect(text).toContain(
    '  Approvals that no longer count:\n    none\nExpected time: not known to undo, 1 min 1 s to be here again.'
  );
});

test('a rollback names what is undone, what was tried before, and what cannot be undone', () => {
  const undo = { step: 'b', seq: 5, attempt: 1, title: 'Deploy', expectedMs: 2000 };
  const text = rollbackPlanText({
    checkpoint: null,
    step: 'b',
    title: 'Deploy',
    reachedAt: null,
    rollbacks: [
      { ...undo, id: 'r2', name: 'Payments back', status: 'failed' },
      { ...undo, id: 'r1', name: 'Orders back', status: 'registered' }
    ],
    broughtBack: [],
    without: [{ step: 'c', title: 'Announce', effects: ['POST https://chat/post', 'echo done'] }],
    asks: [],
    steps: [{ step: 'b', title: 'Deploy', expectedMs: 61_000 }],
    approvals: [],
    expectedMs: 61_000,
    undoMs: 4000
  });
  expect(text.split('\n')).toEqual([
    'Roll back to before “Deploy”:',
    '  Undo steps, in this order:',
    '    1. Payments back (tried before: failed)',
    '    2. Orders back',
    '  Cannot be undone, because no undo step is registered:',
    '    Announce: POST https://chat/post; echo done',
    '  Steps that become stale:',
    '    Deploy',
    '  Approvals that no longer count:',
    '    none',
    'Expected time: 4.0 s to undo, 1 min 1 s to be here again.'
  ]);
});
