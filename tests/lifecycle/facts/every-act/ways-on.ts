// Steps are left out and judged, the run is resumed, given up and rolled back.
import { undoStepOf } from '../../../../contract/notebook/outline.js';
import { ANN, BOB, EVE, ID, act, effect, ended, silent, started, type Scene } from './scene.js';

export const WAYS_ON: readonly Scene[] = [
  act(
    { kind: 'step-skipped', step: ID.smoke, by: EVE, reason: 'nothing to look at' },
    EVE,
    'nothing to look at',
    'left out “Smoke test” (Deployment)'
  ),
  silent(started(ID.orders, 1, EVE)),
  silent({ kind: 'rollback-registered', rollback: ID.undo, name: 'Orders back', step: ID.orders }),
  silent({ kind: 'rollback-values', rollback: ID.undo, values: [{ name: 'service', text: "'orders'" }] }),
  silent(effect('e1', ID.orders, 1, 'fleetctl deploy orders')),
  silent({ kind: 'effect-ended', effect: 'e1', outcome: 'passed', durationMs: 5, result: null }),
  silent(effect('e2', ID.orders, 1, 'fleetctl restart orders')),
  silent({ kind: 'executor-replaced', reason: 'it ended with code 3' }),
  act(
    { kind: 'effect-judged', effect: 'e2', judgement: 'failed', by: BOB, reason: 'no entry in the log' },
    BOB,
    'no entry in the log',
    'judged “fleetctl restart orders” of “Deploy orders” (Deployment) as failed'
  ),
  act(
    { kind: 'effect-judged', effect: 'e2', judgement: 'again', by: BOB, reason: 'it is harmless' },
    BOB,
    'it is harmless',
    'let “fleetctl restart orders” of “Deploy orders” (Deployment) be done again'
  ),
  act(
    { kind: 'effect-judged', effect: 'e2', judgement: 'passed', by: EVE, reason: 'seen in the log' },
    EVE,
    'seen in the log',
    'judged “fleetctl restart orders” of “Deploy orders” (Deployment) as passed'
  ),
  act(
    { kind: 'resume-started', by: EVE, steps: [ID.look] },
    EVE,
    '',
    'resumed the run',
    '1 step to bring back'
  ),
  silent({ kind: 'step-replayed', step: ID.look, attempt: 2, durationMs: 3 }),
  silent({ kind: 'resume-ended', outcome: 'passed' }),
  act(
    { kind: 'recovery-discarded', from: ID.ask, by: EVE, reason: 'the data are old' },
    EVE,
    'the data are old',
    'gave up the variables of “Ask” (QA sign-off) and all after it'
  ),
  act(
    { kind: 'recovery-discarded', from: null, by: EVE, reason: 'everything is old' },
    EVE,
    'everything is old',
    'gave up the variables of all steps'
  ),
  act(
    started(ID.orders, 2, EVE, { outOfOrder: { open: [ID.ask] } }),
    EVE,
    '',
    'ran “Deploy orders” (Deployment) out of order',
    '“Ask” (QA sign-off)'
  ),
  silent(effect('e3', ID.look, 2, 'mail the team')),
  silent({ kind: 'effect-ended', effect: 'e3', outcome: 'passed', durationMs: 5, result: null }),
  silent(ended(ID.orders, 2)),
  act(
    {
      kind: 'undoing-started',
      checkpoint: null,
      step: ID.orders,
      rollbacks: [ID.undo],
      by: EVE,
      reason: 'orders are slow'
    },
    EVE,
    'orders are slow',
    'began to roll back to before “Deploy orders” (Deployment)'
  ),
  silent(started(undoStepOf(ID.undo), 1, EVE)),
  silent({ kind: 'rollback-started', rollback: ID.undo, step: undoStepOf(ID.undo) }),
  silent({ kind: 'rollback-ended', rollback: ID.undo, outcome: 'passed' }),
  silent(ended(undoStepOf(ID.undo), 1)),
  // The same undo step again, by a cell of the notebook.
  silent({ kind: 'rollback-started', rollback: ID.undo, step: ID.orders }),
  silent({ kind: 'rollback-ended', rollback: ID.undo, outcome: 'passed' }),
  silent({ kind: 'kernel-started', version: '0.1.0', pid: 2, by: ANN }),
  silent({
    kind: 'undoing-stopped',
    error: { name: 'HttpError', code: 'http.failed', message: 'The fleet did not answer.' }
  }),
  act(
    {
      kind: 'rolled-back',
      checkpoint: null,
      step: ID.orders,
      by: BOB,
      reason: 'orders are still slow',
      steps: [ID.orders, ID.smoke],
      approvals: []
    },
    BOB,
    'orders are still slow',
    'rolled back to before “Deploy orders” (Deployment)',
    '“Smoke test” (Deployment)'
  ),
  act(
    {
      kind: 'rewound',
      checkpoint: 'before it all',
      by: ANN,
      reason: 'once more from the start',
      steps: [ID.look],
      approvals: ['go-4']
    },
    ANN,
    'once more from the start',
    'rolled back to the checkpoint “before it all”',
    'approvals that fell: “Go at last”',
    'without an undo step: “Look” (Prepare), which did mail the team'
  ),
  act(
    {
      kind: 'rolled-back',
      checkpoint: null,
      step: null,
      by: ANN,
      reason: 'it is over',
      steps: [ID.look, ID.ask],
      approvals: []
    },
    ANN,
    'it is over',
    'rolled back the whole run'
  )
];
