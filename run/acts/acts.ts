// The acts: what people may ask of a run, in one table. Messages of front ends, line commands and answers to an input request all use it:
// they read what a person asks for, and the same rules hold for each of them.
import {
  isAbsentOr,
  isFlag,
  isNumber,
  isObject,
  isText,
  isTextByName,
  isTextList,
  isTextOrNull
} from '../../contract/base/checks.js';
import { isRollbackTarget } from '../../contract/base/rollback-target.js';
import type { ActName } from '../../contract/comms/acts.js';
import { unsentCell } from '../keeper/unsent-cell.js';
import type { Act } from './act.js';

/** Every act by its name. */
export const ACTS: { readonly [A in ActName]: Act<A> } = {
  decide: {
    who: 'rules',
    takes: {
      approval: isText,
      content: isText,
      decision: isText,
      comment: isText,
      values: isAbsentOr(isObject)
    },
    carryOut: ({ approvals }, decision, { by }) => approvals.decide(decision, by)
  },
  'decide-signed': {
    who: 'rules',
    takes: { token: isText },
    carryOut: ({ signed }, { token }) => signed.take(token)
  },
  revoke: {
    who: 'rules',
    takes: { approval: isText, reason: isText },
    carryOut: ({ approvals }, { approval, reason }, { by }) => approvals.revoke(approval, reason, by)
  },
  'break-glass': {
    who: 'rules',
    takes: { approval: isText, reason: isText },
    carryOut: ({ approvals }, { approval, reason }, { by }) => approvals.breakGlass(approval, reason, by)
  },
  // Its own rules too: launchbook.yml says who may.
  'release-phase': {
    who: 'driver',
    takes: { phase: isText, reason: isText },
    carryOut: ({ rehearsals }, { phase, reason }, { by }) => rehearsals.release(phase, reason, by)
  },
  tick: {
    who: 'rules',
    takes: { checklist: isText, item: isNumber, ticked: isFlag },
    carryOut: ({ checklists }, tick, { by }) => checklists.tick(tick, by)
  },
  task: {
    who: 'rules',
    takes: { board: isText, task: isText, action: isText, comment: isText },
    carryOut: ({ taskLists }, move, { by }) => taskLists.move(move, by)
  },
  'ask-wheel': {
    who: 'rules',
    takes: {},
    carryOut: ({ wheel }, _none, { client }) => wheel.ask(client)
  },
  'answer-wheel': {
    who: 'rules',
    takes: { wheel: isText, accepted: isFlag, reason: isText },
    carryOut: (parts, { wheel, accepted, reason }, { client }) =>
      parts.wheel.answer(client, wheel, accepted, reason)
  },
  'offer-wheel': {
    who: 'rules',
    takes: { to: isText },
    carryOut: ({ wheel }, { to }, { client }) => wheel.offer(client, to)
  },
  'settle-offer': {
    who: 'rules',
    takes: { wheel: isText, accepted: isFlag, reason: isText },
    carryOut: (parts, { wheel, accepted, reason }, { client }) =>
      parts.wheel.settleOffer(client, wheel, accepted, reason)
  },
  'replace-driver': {
    who: 'rules',
    takes: { reason: isText },
    carryOut: ({ wheel }, { reason }, { client }) => wheel.replace(client, reason)
  },
  'confirm-environment': {
    who: 'rules',
    takes: { typed: isText },
    carryOut: ({ guard }, { typed }, { by }) => guard.confirm(typed, by)
  },
  resume: {
    who: 'driver',
    takes: { texts: isAbsentOr(isTextByName) },
    occupies: 'A resume',
    carryOut: async ({ resumer, standing }, { texts }, { by, onReplay }) => {
      await standing.refuseUnsound();
      return { resumed: await resumer.resume(by, texts, onReplay) };
    }
  },
  discard: {
    who: 'driver',
    takes: { from: isTextOrNull, reason: isText },
    // A resume would go on to bring back what is given up.
    occupies: 'Running steps again',
    carryOut: ({ judgements }, { from, reason }, { by }) => judgements.discard(from, reason, by)
  },
  judge: {
    who: 'driver',
    takes: { effect: isText, judgement: isText, reason: isText },
    carryOut: ({ judgements }, { effect, judgement, reason }, { by }) =>
      judgements.judge(effect, judgement, reason, by)
  },
  continue: {
    who: 'driver',
    takes: { step: isText, reason: isText, texts: isAbsentOr(isTextByName) },
    carryOut: async ({ continuing }, { step, reason, texts }, { by }) => ({
      continued: await continuing.choose(step, reason, by, texts)
    })
  },
  'begin-anew': {
    // Whoever drove stands in the journal that is not there.
    who: 'rules',
    takes: { reason: isText },
    carryOut: ({ keeper }, { reason }, { by }) => keeper.beginAnew(by, reason)
  },
  reopen: {
    // It changes whose turn it is in nothing, and whoever drove may be gone for months.
    who: 'rules',
    takes: { reason: isText },
    carryOut: ({ keeper }, { reason }, { by }) => keeper.reopen(by, reason)
  },
  'accept-clock': {
    who: 'driver',
    takes: { reason: isText },
    carryOut: ({ keeper }, { reason }, { by }) => keeper.acceptClock(by, reason)
  },
  skip: {
    who: 'driver',
    takes: { step: isText, reason: isText },
    carryOut: ({ judgements, approvals }, { step, reason }, { by }) =>
      judgements.skip(step, reason, by, holds => approvals.faultOfLeavingOut(holds, reason, by))
  },
  'run-out-of-order': {
    who: 'driver',
    takes: { step: isText, reason: isText },
    carryOut: ({ order }, { step, reason }, { by }) => order.waive(step, reason, by)
  },
  'run-again': {
    who: 'driver',
    takes: { steps: isTextList },
    carryOut: ({ secondRuns }, { steps }, { by }) => secondRuns.allow(steps, by)
  },
  'plan-run-again': {
    who: 'everybody',
    takes: { texts: isTextByName },
    carryOut: async ({ secondRuns }, { texts }) => ({ again: await secondRuns.plan(texts) })
  },
  'roll-back': {
    who: 'driver',
    takes: { to: isRollbackTarget, reason: isText },
    occupies: 'A rollback',
    carryOut: async ({ rollback }, { to, reason }, { by, cell }) => {
      // Undo steps show what they print under the cell that asks, or else under one that nobody has sent.
      await rollback.carryOut(to, reason, by, cell ?? unsentCell('undo', '', null));
    }
  },
  'plan-resume': {
    who: 'everybody',
    takes: { texts: isAbsentOr(isTextByName) },
    carryOut: async ({ resumer }, { texts }) => ({ resume: await resumer.plan(texts) })
  },
  'plan-continue': {
    who: 'everybody',
    takes: { step: isText, texts: isAbsentOr(isTextByName) },
    carryOut: async ({ continuing }, { step, texts }) => ({ continued: await continuing.plan(step, texts) })
  },
  'plan-rollback': {
    who: 'everybody',
    takes: { to: isRollbackTarget },
    carryOut: async ({ rollback }, { to }) => ({ rollback: await rollback.plan(to) })
  }
};
