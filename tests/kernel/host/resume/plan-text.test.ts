import { expect, test } from '@jest/globals';
import {
  resumePlanText,
  rewindPlanText,
  rollbackPlanText
} from '../../../../kernel/host/resume/plan-text.js';

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

test('a way back names undo steps in their order, stale steps, fallen approvals and the expected time', () => {
  const text = rewindPlanText({
    checkpoint: { name: 'before', step: 'a', at: '2026-11-22T08:00:00.000Z', seq: 3 },
    steps: [{ step: 'b', title: 'Deploy', expectedMs: 61_000 }],
    rollbacks: [{ id: 'r', name: 'Orders back', step: 'b', seq: 5, status: 'registered', attempt: 1 }],
    approvals: [],
    expectedMs: 61_000
  });
  expect(text).toContain('    1. Orders back\n  Steps that become stale:\n    Deploy\n');
  expect(text).toContain('  Approvals that fall:\n    none\nExpected time to be here again: 1 min 1 s');
});

test('a rollback names what is undone, what was tried before, and what cannot be undone', () => {
  const undo = { step: 'b', seq: 5, attempt: 1, title: 'Deploy', expectedMs: 2000 };
  const text = rollbackPlanText({
    step: 'b',
    title: 'Deploy',
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
    '  Approvals that fall:',
    '    none',
    'Expected time: 4.0 s to undo, 1 min 1 s to be here again.'
  ]);
});
