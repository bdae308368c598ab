// Does a released approval fulfil the policy of launchbook.yml? The journal says by which rules it was released, and a journal that was
// edited may say anything, so the recorded decisions themselves are checked against every rule of the file.
import {
  GRADES,
  ineligibilityOfProof,
  isNamed,
  rulesOf,
  standingOf
} from '../../contract/holds/approval-rules.js';
import { type ApprovalRules } from '../../contract/holds/hold-rules.js';
import type { ApprovalDecision, ApprovalState } from '../../contract/holds/hold.js';
import type { IdentityGrade } from '../../contract/base/person.js';
import type { RunState } from '../../contract/state/state.js';
import { seatOf } from './apply-policy.js';
import type { HoldPolicy, PeoplePolicy } from '../../runbook/hold/policy.js';

/**
 * What `policy` asks for and the release does not have; none when it stands.
 *
 * @example
 * faultsOfRelease(approval, policy, state) // ['The policy is not fulfilled: the decision of bob has no comment.']
 */
export function faultsOfRelease(approval: ApprovalState, policy: PeoplePolicy, state: RunState): string[] {
  if (approval.breakGlass) {
    const allowed = policy.breakGlass?.map(name => seatOf(name, policy)) ?? null;
    const { username } = approval.breakGlass.by;
    return allowed === null || (allowed.length > 0 && isNamed(username, allowed))
      ? []
      : [`${username} may not release against the policy.`];
  }
  const least: HoldPolicy = { ...policy.approvals, ...policy.phases[approval.phase] };
  return [
    ...faultsOfPeople(approval, least, policy),
    ...(least.everyone ? faultsOfSeats(approval, least, policy) : []),
    ...approval.decisions.flatMap(decision => [
      ...(least.comment && decision.comment.trim() === ''
        ? [`the decision of ${decision.by.username} has no comment`]
        : []),
      ...(least.fourEyes ? faultsOfDriver(approval, decision, state, least.grade ?? 'claimed') : []),
      ...faultsOfMeans(approval, decision, least, policy)
    ])
  ].map(fault => `The policy is not fulfilled: ${fault}.`);
}

function faultsOfPeople(approval: ApprovalState, least: HoldPolicy, policy: PeoplePolicy): string[] {
  const seats = [...(least.approvers ?? []), ...(least.escalate?.to ?? [])].map(name => seatOf(name, policy));
  const { approvedBy } = standingOf(approval);
  const counted = approvedBy.filter(
    person =>
      (least.approvers === undefined || isNamed(person.username, seats)) &&
      GRADES.indexOf(person.grade) >= GRADES.indexOf(least.grade ?? 'claimed')
  );
  return counted.length < approvedBy.length || counted.length < (least.required ?? 1)
    ? [`${counted.length} of ${least.required ?? 1} decisions count`]
    : [];
}

/** By the rules of the file as it is now, whatever those of the request were. */
function faultsOfMeans(
  { name }: ApprovalState,
  { by, signature }: ApprovalDecision,
  least: HoldPolicy,
  { decide }: PeoplePolicy
): string[] {
  const ineligible = ineligibilityOfProof(name, least, signature);
  const isElsewhere = signature?.origin !== undefined && decide?.origins.includes(signature.origin) !== true;
  return [
    ...(ineligible === null
      ? []
      : [`the decision of ${by.username}: ${ineligible.message.replace(/\.$/, '')}`]),
    ...(isElsewhere ? [`${by.username} decided on ${signature.origin}, which is no page that decides`] : [])
  ];
}

/** Where launchbook.yml says that everyone must approve, and not who, the cell has named them. */
function faultsOfSeats(approval: ApprovalState, least: HoldPolicy, policy: PeoplePolicy): string[] {
  const recorded = rulesOf(approval.request);
  const deputies = approval.escalatedAt === undefined ? [] : (least.escalate?.to ?? []);
  const named: Pick<ApprovalRules, 'seats' | 'escalation'> = least.approvers
    ? {
        seats: least.approvers.map(name => seatOf(name, policy)),
        escalation: { seats: deputies.map(name => seatOf(name, policy)), at: '' }
      }
    : recorded;
  if (named.seats.length === 0) {
    return ['everyone must approve, but nobody is named'];
  }
  const { seats, escalation } = named;
  const rules = { ...recorded, everyone: true, seats, escalation };
  const { awaited } = standingOf({ ...approval, request: { ...approval.request, rules } });
  return awaited.length > 0 ? [`nobody has approved for ${awaited.join(', ')}`] : [];
}

/** The wheel may have gone to another person since, so that it is asked who drove when this was decided. */
function faultsOfDriver(
  approval: ApprovalState,
  { by, at }: ApprovalDecision,
  state: RunState,
  grade: IdentityGrade
): string[] {
  const { driver } = state;
  const { username } = by;
  const asking = state.steps[approval.step]?.attempts.find(({ attempt }) => attempt === approval.attempt);
  // Only the last change of the wheel is known; before it, whoever ran the step that asks has driven.
  const drove = driver && Date.parse(driver.since) <= Date.parse(at) ? driver.person : asking?.by;
  if (drove === undefined) {
    return [`nobody can tell who drove when ${username} decided`];
  }
  const alike = [drove, by].find(each => GRADES.indexOf(each.grade) < GRADES.indexOf('authenticated'));
  if (grade !== 'claimed' && alike !== undefined) {
    return [
      `${alike.username} ${alike === drove ? 'drove' : 'decided'} and is only ${alike.grade}, so that nobody can tell whether ${username} is somebody else than ${drove.username}`
    ];
  }
  return drove.username === username ? [`${username} drove the run and decided`] : [];
}
