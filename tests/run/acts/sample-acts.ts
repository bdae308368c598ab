// Every act with parameters that fit, and what a fresh run says to whoever drives it: an act that is new in the table is missing here
// until it is given some. Null: it is done.
import { WHOLE_RUN } from '../../../contract/base/rollback-target.js';
import type { ActName, ActParams } from '../../../contract/comms/acts.js';

export const SAMPLE_ACTS: {
  readonly [A in ActName]: { readonly params: ActParams[A]; readonly ends: string | null };
} = {
  decide: {
    params: { approval: 'a', content: 'c', decision: 'approved', comment: '' },
    ends: 'hold.unknown'
  },
  'decide-signed': { params: { token: 'launchbook1.x' }, ends: 'signature.unreadable' },
  revoke: { params: { approval: 'a', reason: 'r' }, ends: 'hold.unknown' },
  'break-glass': { params: { approval: 'a', reason: 'the data centre burns' }, ends: 'hold.unknown' },
  'release-phase': { params: { phase: 'deploy', reason: 'no time left' }, ends: 'rehearsal.not_locked' },
  tick: { params: { checklist: 'l', item: 0, ticked: true }, ends: 'checklist.not_waiting' },
  task: { params: { board: 'b', task: 't', action: 'accept', comment: '' }, ends: 'task.unknown' },
  'ask-wheel': { params: {}, ends: 'driver.drives_already' },
  'answer-wheel': { params: { wheel: 'w', accepted: true, reason: '' }, ends: 'driver.not_asked' },
  'offer-wheel': { params: { to: 'nobody' }, ends: 'driver.not_present' },
  'settle-offer': { params: { wheel: 'w', accepted: true, reason: '' }, ends: 'driver.not_offered' },
  'replace-driver': { params: { reason: 'asleep' }, ends: 'driver.drives_already' },
  'confirm-environment': { params: { typed: 'staging' }, ends: 'guard.not_needed' },
  resume: { params: {}, ends: null },
  discard: { params: { from: null, reason: 'new data' }, ends: null },
  judge: { params: { effect: 'e', judgement: 'passed', reason: 'seen' }, ends: 'judge.unknown' },
  continue: { params: { step: 'ship', reason: '' }, ends: 'continue.nothing' },
  'begin-anew': { params: { reason: 'the disk is gone' }, ends: 'journal.whole' },
  reopen: { params: { reason: 'one step more' }, ends: 'run.not_archived' },
  'accept-clock': { params: { reason: 'it was ahead' }, ends: 'run.clock_right' },
  skip: { params: { step: 'ship', reason: 'done by hand' }, ends: null },
  'run-out-of-order': { params: { step: 'ship', reason: 'the clock' }, ends: 'order.not_needed' },
  'run-again': { params: { steps: ['ship'] }, ends: 'again.not_needed' },
  'plan-run-again': { params: { texts: { ship: '1' } }, ends: null },
  'roll-back': { params: { to: WHOLE_RUN, reason: 'too slow' }, ends: null },
  'plan-continue': { params: { step: 'ship' }, ends: 'continue.nothing' },
  'plan-resume': { params: {}, ends: null },
  'plan-rollback': { params: { to: WHOLE_RUN }, ends: null }
};

export const ACT_NAMES = Object.keys(SAMPLE_ACTS) as ActName[];
