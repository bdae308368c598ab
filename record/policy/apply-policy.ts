// Puts policy and cell together: the policy is the minimum, the cell may ask for more. Asking for less is an error that lists both,
// so that the author of a runbook cannot weaken what the environment demands.
import { GRADES, isNamed } from '../../contract/holds/approval-rules.js';
import { type FormField } from '../../contract/holds/hold-rules.js';
import { type ApproverSeat } from '../../contract/holds/hold-rules.js';
import { type ApprovalRules } from '../../contract/holds/hold-rules.js';
import { LaunchbookError } from '../../contract/base/error.js';
import { formatDuration } from '../../contract/base/format.js';
import type { HoldPolicy, PeoplePolicy } from '../../runbook/hold/policy.js';

/** What counts for one request. */
export interface AppliedRules {
  readonly approvers: readonly string[];
  readonly timeoutMs: number | null;
  readonly rules: ApprovalRules;
}

/**
 * The rules of a hold point named `name` in the phase `phase`.
 *
 * @param nowMs - Milliseconds since the epoch, from which the escalation is counted.
 * @throws code `hold.below_policy` when the cell asks for less, `hold.impossible` when nobody could ever fulfil it; both list everything.
 * @example
 * applyPolicy(policy, { name: 'QA', phase: 'Deploy', asked: { required: 2 }, form: [], nowMs }).rules.required // 2
 */
export function applyPolicy(
  policy: PeoplePolicy,
  request: {
    readonly name: string;
    readonly phase: string;
    readonly asked: HoldPolicy;
    readonly form: readonly FormField[];
    readonly nowMs: number;
  }
): AppliedRules {
  const least: HoldPolicy = { ...policy.approvals, ...policy.phases[request.phase] };
  const { asked } = request;
  refuse(request, 'hold.below_policy', [
    ...faultsBelow(least, asked, policy),
    ...faultsOfFewSeats(least, asked),
    ...faultsOfEscalation(least, asked, policy)
  ]);
  const approvers = asked.approvers ?? least.approvers ?? [];
  const seats = approvers.map(name => seatOf(name, policy));
  const everyone = asked.everyone ?? least.everyone ?? false;
  const escalate = asked.escalate ?? least.escalate;
  const deputies = escalate?.to.map(name => seatOf(name, policy)) ?? [];
  const grade = asked.grade ?? least.grade ?? 'claimed';
  const fourEyes = asked.fourEyes ?? least.fourEyes ?? false;
  const required = everyone ? seats.length : (asked.required ?? least.required ?? 1);
  refuse(request, 'hold.impossible', [
    ...faultsOfSeats(required, everyone, seats, deputies),
    ...faultsOfBoth(everyone, approvers, asked)
  ]);
  return {
    approvers,
    timeoutMs: asked.timeoutMs ?? least.timeoutMs ?? null,
    rules: {
      required,
      grade,
      fourEyes,
      ...(fourEyes && grade !== 'claimed' && { driverGrade: 'authenticated' }),
      comment: asked.comment ?? least.comment ?? false,
      everyone,
      seats,
      form: request.form,
      remindEveryMs: asked.remindEveryMs ?? least.remindEveryMs ?? null,
      escalation: escalate
        ? { seats: deputies, at: new Date(request.nowMs + escalate.afterMs).toISOString() }
        : null,
      breakGlass: policy.breakGlass?.map(name => seatOf(name, policy)) ?? null,
      ...(least.means === undefined ? {} : { means: least.means }),
      ...(least.synced === undefined ? {} : { synced: least.synced }),
      ...(policy.decide === undefined ? {} : { decide: policy.decide })
    }
  };
}

/** What a name in launchbook.yml or a cell stands for: a group, anybody (`*`), or one person. */
export function seatOf(name: string, policy: Pick<PeoplePolicy, 'groups'>): ApproverSeat {
  const members = Object.hasOwn(policy.groups, name) ? policy.groups[name]! : [name];
  return { name: name === '*' ? 'anybody' : name, members: members.includes('*') ? null : members };
}

function faultsBelow(least: HoldPolicy, asked: HoldPolicy, policy: PeoplePolicy): string[] {
  const faults: string[] = [];
  const below = (what: string, cell: string, file: string): void =>
    void faults.push(`${what}: the cell asks for ${cell}, launchbook.yml for ${file}.`);
  if ((asked.required ?? Infinity) < (least.required ?? 0)) {
    below('required', String(asked.required), `at least ${least.required}`);
  }
  if (asked.grade && least.grade && GRADES.indexOf(asked.grade) < GRADES.indexOf(least.grade)) {
    below('grade', asked.grade, `at least ${least.grade}`);
  }
  for (const flag of ['fourEyes', 'comment', 'everyone'] as const) {
    if (asked[flag] === false && least[flag] === true) {
      below(flag, 'false', 'true');
    }
  }
  if ((asked.timeoutMs ?? 0) > (least.timeoutMs ?? Infinity)) {
    below('timeout', formatDuration(asked.timeoutMs!), `at most ${formatDuration(least.timeoutMs!)}`);
  }
  const strangers = strangersIn(asked.approvers, least.approvers, policy);
  if (strangers.length > 0) {
    below('approvers', strangers.join(', '), `nobody but ${least.approvers!.join(', ')}`);
  }
  const missing = least.everyone
    ? (least.approvers ?? []).filter(name => !(asked.approvers ?? least.approvers!).includes(name))
    : [];
  if (missing.length > 0) {
    below('everyone', asked.approvers!.join(', '), `each of ${least.approvers!.join(', ')}`);
  }
  return faults;
}

/** With `everyone` as many people approve as there are entries of `approvers`, which must not be fewer than launchbook.yml asks for. */
function faultsOfFewSeats(least: HoldPolicy, asked: HoldPolicy): string[] {
  const approvers = asked.approvers ?? least.approvers ?? [];
  const fewest = Math.max(least.required ?? 1, least.everyone ? (least.approvers ?? []).length : 0);
  return (asked.everyone ?? least.everyone) && approvers.length > 0 && approvers.length < fewest
    ? [
        `everyone: one of each of ${approvers.join(', ')} is ${countPeople(approvers.length)}, launchbook.yml asks for at least ${fewest}.`
      ]
    : [];
}

/** Deputies who are asked sooner, or whom launchbook.yml does not name, decide where it would still wait for somebody else. */
function faultsOfEscalation(least: HoldPolicy, asked: HoldPolicy, policy: PeoplePolicy): string[] {
  const faults: string[] = [];
  if (!asked.escalate) {
    return faults;
  }
  const named = least.escalate?.to ?? [];
  // A deputy fills any seat, so with `everyone` those of one seat are strangers to the others.
  const isEachAsked = least.everyone === true && least.approvers !== undefined;
  const allowed = isEachAsked ? named : [...(least.approvers ?? []), ...named];
  const strangers =
    isEachAsked && named.length === 0
      ? asked.escalate.to
      : asked.escalate.to.length === 0
        ? []
        : strangersIn(asked.escalate.to, allowed, policy);
  if (strangers.length > 0) {
    faults.push(
      `escalate: the cell asks for ${strangers.join(', ')}, launchbook.yml for nobody${allowed.length === 0 ? '' : ` but ${allowed.join(', ')}`}.`
    );
  }
  if (least.escalate && asked.escalate.afterMs < least.escalate.afterMs) {
    faults.push(
      `escalate: the cell asks its deputies after ${formatDuration(asked.escalate.afterMs)}, launchbook.yml not before ${formatDuration(least.escalate.afterMs)}.`
    );
  }
  return faults;
}

/** Names of `asked` that stand for somebody whom `allowed` does not name. */
function strangersIn(
  asked: readonly string[] | undefined,
  allowed: readonly string[] | undefined,
  policy: PeoplePolicy
): string[] {
  if (asked === undefined || allowed === undefined || allowed.length === 0) {
    return [];
  }
  const seats = allowed.map(name => seatOf(name, policy));
  if (asked.length === 0) {
    return seats.some(seat => seat.members === null) ? [] : ['anybody'];
  }
  return asked.filter(name => {
    const { members } = seatOf(name, policy);
    return members === null
      ? !seats.some(seat => seat.members === null)
      : !members.every(member => isNamed(member, seats));
  });
}

function faultsOfSeats(
  required: number,
  everyone: boolean,
  seats: readonly ApproverSeat[],
  deputies: readonly ApproverSeat[]
): string[] {
  if (everyone && seats.length === 0) {
    return ['Everyone must approve, but nobody is named.'];
  }
  const all = [...seats, ...deputies];
  const people = new Set(all.flatMap(seat => seat.members ?? []));
  const isOpen = seats.length === 0 || all.some(seat => seat.members === null);
  return !isOpen && people.size < required
    ? [
        `${required} people must approve, but ${seats.map(seat => seat.name).join(', ')} are ${people.size}: ${[...people].join(', ') || 'nobody'}.`
      ]
    : [];
}

/** A cell that asks for more people than there are seats would get fewer than it asks for. */
function faultsOfBoth(everyone: boolean, approvers: readonly string[], asked: HoldPolicy): string[] {
  return everyone && approvers.length > 0 && approvers.length < (asked.required ?? 0)
    ? [
        `The cell asks for ${countPeople(asked.required!)}, but one of each of ${approvers.join(', ')} is ${countPeople(approvers.length)}.`
      ]
    : [];
}

function countPeople(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

function refuse(
  request: { readonly name: string; readonly phase: string },
  code: string,
  faults: readonly string[]
): void {
  if (faults.length > 0) {
    const what =
      code === 'hold.below_policy' ? 'asks for less than launchbook.yml does' : 'can never be released';
    throw new LaunchbookError(
      `Hold point “${request.name}” in phase “${request.phase}” ${what}:\n${faults.map(fault => `  ${fault}`).join('\n')}`,
      {
        code,
        hint:
          code === 'hold.below_policy'
            ? 'A cell may ask for more than launchbook.yml, never for less. Leave the option out, or have the policy changed.'
            : 'Name more people, or complete the groups in launchbook.yml.',
        fields: { faults }
      }
    );
  }
}
