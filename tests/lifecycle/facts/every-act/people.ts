// People decide, drive, tick, report and let a step begin out of order.
import { ANN, BOB, EVE, ID, act, ended, requested, silent, started, task, type Scene } from './scene.js';

export const PEOPLE: readonly Scene[] = [
  silent(started(ID.ask, 1, ANN)),
  silent(requested('go-1', 'Go', 1)),
  silent({ kind: 'approval-reminded', approval: 'go-1', awaited: ['qa'] }),
  silent({ kind: 'approval-escalated', approval: 'go-1', to: ['eve'] }),
  {
    body: {
      kind: 'approval-decided',
      approval: 'go-1',
      decision: {
        decision: 'rejected',
        by: BOB,
        at: '2026-11-22T08:30:00.000Z',
        comment: 'checkout is slow'
      },
      content: 'c'.repeat(64)
    },
    told: { by: BOB, reason: 'checkout is slow', says: ['rejected “Go”'], at: '2026-11-22T08:30:00.000Z' }
  },
  silent(ended(ID.ask, 1, 'rejected')),
  act(
    started(ID.ask, 2, ANN),
    ANN,
    '',
    'ran “Ask” (QA sign-off) again',
    'attempt 2 after one that was rejected'
  ),
  silent(requested('go-2', 'Go', 2)),
  {
    body: {
      kind: 'approval-decided',
      approval: 'go-2',
      decision: {
        decision: 'approved',
        by: EVE,
        at: '2026-11-22T08:40:00.000Z',
        comment: 'fast again',
        values: { version: '2.4.0' }
      },
      content: 'c'.repeat(64)
    },
    told: {
      by: EVE,
      reason: 'fast again; version: 2.4.0',
      says: ['approved “Go”'],
      at: '2026-11-22T08:40:00.000Z'
    }
  },
  act(
    { kind: 'approval-closed', approval: 'go-2', status: 'revoked', reason: 'seen a leak', by: EVE },
    EVE,
    'seen a leak',
    'revoked the approval “Go”'
  ),
  silent(requested('go-3', 'Go once more', 2)),
  silent({ kind: 'approval-closed', approval: 'go-3', status: 'expired', reason: 'Nobody decided in time.' }),
  silent(requested('go-4', 'Go at last', 2)),
  act(
    { kind: 'glass-broken', approval: 'go-4', by: ANN, reason: 'orders are down' },
    ANN,
    'orders are down',
    'released “Go at last” against the policy'
  ),
  silent(ended(ID.ask, 2)),

  act({ kind: 'wheel-asked', wheel: 'w1', by: BOB, client: 'b' }, BOB, '', 'asked Ann Lee for the wheel'),
  act(
    { kind: 'wheel-refused', wheel: 'w1', by: ANN, reason: 'nearly done' },
    ANN,
    'nearly done',
    'kept the wheel that Bob Ray had asked for'
  ),
  act({ kind: 'wheel-offered', wheel: 'w2', by: ANN, to: BOB }, ANN, '', 'offered Bob Ray the wheel'),
  act(
    { kind: 'wheel-offer-ended', wheel: 'w2', how: 'declined', by: BOB, reason: 'at lunch' },
    BOB,
    'at lunch',
    'declined the wheel that Ann Lee had offered'
  ),
  act({ kind: 'wheel-offered', wheel: 'w3', by: ANN, to: EVE }, ANN, '', 'offered Eve Orr the wheel'),
  act(
    { kind: 'wheel-offer-ended', wheel: 'w3', how: 'taken-back', by: ANN, reason: 'wrong person' },
    ANN,
    'wrong person',
    'took back the offer of the wheel to Eve Orr'
  ),
  act(
    { kind: 'driver-changed', by: BOB, client: 'b', how: 'handed-over', reason: '', agreedBy: ANN },
    BOB,
    '',
    'took the wheel that Ann Lee handed over'
  ),
  act(
    { kind: 'driver-changed', by: EVE, client: 'e', how: 'replaced', reason: 'Bob fell asleep' },
    EVE,
    'Bob fell asleep',
    'took over from Bob Ray'
  ),

  act(
    {
      kind: 'order-waived',
      step: ID.close,
      open: [ID.orders, ID.smoke],
      by: EVE,
      reason: 'the shop is down'
    },
    EVE,
    'the shop is down',
    'let “Close” (Closing) begin out of order',
    '“Deploy orders” (Deployment) and “Smoke test” (Deployment)'
  ),
  act(
    started(ID.close, 1, BOB, {
      outOfOrder: { open: [ID.orders], waived: { by: EVE, reason: 'the shop is down, I said' } }
    }),
    BOB,
    'the shop is down, I said',
    'ran “Close” (Closing) out of order',
    'by the word of Eve Orr'
  ),
  silent({
    kind: 'checklist-requested',
    checklist: 'list',
    name: 'Closing list',
    step: ID.close,
    attempt: 1,
    phase: 'Closing',
    items: [
      { text: 'Tell support', required: true },
      { text: 'Water the plants', required: true }
    ]
  }),
  act(
    { kind: 'checklist-ticked', checklist: 'list', item: 0, ticked: true, by: BOB },
    BOB,
    '',
    'ticked “Tell support” of “Closing list”'
  ),
  act(
    { kind: 'checklist-ticked', checklist: 'list', item: 0, ticked: false, by: EVE },
    EVE,
    '',
    'took the tick off “Tell support” of “Closing list”'
  ),
  silent({ kind: 'checklist-closed', checklist: 'list', status: 'withdrawn' }),
  silent({
    kind: 'tasks-assigned',
    board: 'board',
    name: 'Shop floor',
    step: ID.close,
    attempt: 1,
    phase: 'Closing',
    tasks: [
      task('t1', 'Order tea', 'ann', '2026-11-22T08:00:10.000Z'),
      task('t2', 'Call Lyon', 'bob', null),
      task('t3', 'Never done', 'bob', '2026-11-22T08:00:20.000Z')
    ]
  }),
  silent({ kind: 'gather-started', board: 'board', step: ID.close, rule: 'critical' }),
  act(
    { kind: 'task-moved', board: 'board', task: 't1', status: 'accepted', by: ANN, comment: 'on my way' },
    ANN,
    'on my way',
    'took on “Order tea” of “Shop floor”'
  ),
  act(
    { kind: 'task-moved', board: 'board', task: 't1', status: 'claimed', by: EVE, comment: 'two pots' },
    EVE,
    'two pots',
    'reported “Order tea” of “Shop floor” as done',
    'for ann',
    'late'
  ),
  silent({ kind: 'task-checked', board: 'board', task: 't1', passed: false, fault: 'no tea seen' }),
  act(
    { kind: 'task-moved', board: 'board', task: 't1', status: 'open', by: BOB, comment: 'pots are empty' },
    BOB,
    'pots are empty',
    'opened “Order tea” of “Shop floor” again'
  ),
  act(
    { kind: 'task-handed-over', board: 'board', task: 't2', reason: 'bob did not answer' },
    null,
    'bob did not answer',
    '“Call Lyon” of “Shop floor” went from bob to the deputy eve'
  ),
  silent({ kind: 'gather-ended', board: 'board', step: ID.close, status: 'withdrawn' }),
  silent(ended(ID.close, 1, 'failed')),
  act(
    {
      kind: 'step-continued',
      step: ID.close,
      attempt: 1,
      sourceHash: 'h',
      by: EVE,
      reason: 'mended the query'
    },
    EVE,
    'mended the query',
    'let “Close” (Closing) continue where attempt 1 ended'
  ),
  act(
    started(ID.close, 2, EVE, { continues: 1 }),
    EVE,
    '',
    'continued “Close” (Closing)',
    'attempt 2 after one that failed'
  ),
  silent(ended(ID.close, 2))
];
