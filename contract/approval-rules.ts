// The rules of an approval: how many must decide, who may, and how sure we must be of them.
// Pure and shared: the kernel refuses by them, a front end explains by them, so that both give the same reason.
import type { ApprovalRequest, ApprovalState } from './hold.js';
import type { JsonObject } from './json.js';
import type { IdentityGrade, Person } from './person.js';
import { assignSeats } from './seats.js';

/** A field of the small form that a decision carries. */
export interface FormField {
  /** Key of the answer in `decision.values`. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'number' | 'boolean' | 'choice';
  /** What may be chosen; empty for the other types. */
  readonly choices: readonly string[];
  /** An approval without an answer is refused. */
  readonly required: boolean;
}

/** What one entry of `approvers` stands for. */
export interface ApproverSeat {
  /** The username or group as it was named. */
  readonly name: string;
  /** The usernames behind it; null stands for anybody. */
  readonly members: readonly string[] | null;
}

/** Who is asked too after silence. */
export interface EscalationRule {
  readonly seats: readonly ApproverSeat[];
  /** When, ISO 8601 UTC. */
  readonly at: string;
}

/** The rules that the kernel keeps: policy of the environment and phase, and what the cell asked beyond it. */
export interface ApprovalRules {
  /** How many different people must approve. With `everyone` the number of seats. */
  readonly required: number;
  /** The weakest identity grade that counts. */
  readonly grade: IdentityGrade;
  /** True: the driver's own decision does not count. */
  readonly fourEyes: boolean;
  /** True: a decision without a comment is refused. A rejection always needs its reason. */
  readonly comment: boolean;
  /** True: every seat must be filled by a person of its own (go/no-go). False: `required` people of any seat. */
  readonly everyone: boolean;
  /** Who may decide; empty means anybody. */
  readonly seats: readonly ApproverSeat[];
  readonly form: readonly FormField[];
  /** Milliseconds between reminders, or null for none. */
  readonly remindEveryMs: number | null;
  readonly escalation: EscalationRule | null;
  /** Who may release without the approvals: null stands for anybody, an empty list for nobody. */
  readonly breakGlass: readonly ApproverSeat[] | null;
}

/** The rules of a request. One that was journaled before rules existed needs one decision of anybody. */
export function rulesOf(request: ApprovalRequest): ApprovalRules {
  return request.rules ?? OPEN_RULES;
}

/** One decision of anybody. */
export const OPEN_RULES: ApprovalRules = {
  required: 1,
  grade: 'claimed',
  fourEyes: false,
  comment: false,
  everyone: false,
  seats: [],
  form: [],
  remindEveryMs: null,
  escalation: null,
  breakGlass: null
};

/** Where a partly decided approval stands. */
export interface ApprovalStanding {
  /** People whose approval counts, in the order of their decisions; each once. */
  readonly approvedBy: readonly Person[];
  readonly required: number;
  readonly isComplete: boolean;
  /** Seats that nobody has filled; with `required` people of any seat, all seats until it is complete. */
  readonly awaited: readonly string[];
}

/**
 * Counts the approvals. One person counts once, also when several groups name them.
 *
 * @example
 * standingOf(approval) // { approvedBy: [ann], required: 2, isComplete: false, awaited: ['qa'] }
 */
export function standingOf(approval: Pick<ApprovalState, 'request' | 'decisions'>): ApprovalStanding {
  const rules = rulesOf(approval.request);
  const people = new Map<string, Person>();
  for (const { decision, by } of approval.decisions) {
    if (decision === 'approved' && !people.has(by.username)) {
      people.set(by.username, by);
    }
  }
  const approvedBy = [...people.values()];
  if (rules.everyone) {
    const filled = assignSeats(
      rules.seats.map(seat => seatMembers(rules, seat)),
      [...people.keys()]
    );
    const awaited = rules.seats.filter((_, index) => filled[index] === null).map(seat => seat.name);
    return { approvedBy, required: rules.seats.length, isComplete: awaited.length === 0, awaited };
  }
  const isComplete = approvedBy.length >= rules.required;
  return {
    approvedBy,
    required: rules.required,
    isComplete,
    awaited: isComplete ? [] : approval.request.approvers
  };
}

/** Why a person may not decide. `code` is stable. */
export interface Ineligibility {
  readonly code: 'hold.not_named' | 'hold.four_eyes' | 'hold.weak_identity' | 'hold.decided_before';
  readonly message: string;
}

/**
 * Null when `person` may decide on `approval` now; else the first reason why not.
 *
 * @param driver - Username of the driver, or null when nobody drives.
 * @example
 * ineligibilityOf(approval, ann, 'ann') // { code: 'hold.four_eyes', message: '…' }
 */
export function ineligibilityOf(
  approval: ApprovalState,
  person: Person,
  driver: string | null
): Ineligibility | null {
  const rules = rulesOf(approval.request);
  const name = person.name || person.username;
  if (!isNamed(person.username, seatsNow(approval))) {
    return {
      code: 'hold.not_named',
      message: `${name} (${person.username}) is not among those who may decide on “${approval.name}”: ${approval.request.approvers.join(', ')}.`
    };
  }
  if (rules.fourEyes && person.username === driver) {
    return {
      code: 'hold.four_eyes',
      message: `${name} drives this run; “${approval.name}” needs somebody else.`
    };
  }
  if (GRADES.indexOf(person.grade) < GRADES.indexOf(rules.grade)) {
    return {
      code: 'hold.weak_identity',
      message: `“${approval.name}” needs a decision of grade ${rules.grade}; ${name} is ${person.grade} here${person.doubt === undefined ? '' : `, because ${person.doubt}`}.`
    };
  }
  if (approval.decisions.some(({ by }) => by.username === person.username)) {
    return {
      code: 'hold.decided_before',
      message: `${name} has decided on “${approval.name}” already; one person counts once.`
    };
  }
  return null;
}

/** Every fault of the answers to a form; none when they may be taken. Only an approval needs the required ones. */
export function faultsOfValues(
  form: readonly FormField[],
  values: JsonObject,
  decision: 'approved' | 'rejected'
): string[] {
  const unknown = Object.keys(values).filter(key => !form.some(field => field.name === key));
  return [
    ...unknown.map(key => `The form has no field “${key}”.`),
    ...form.flatMap(field => faultsOfField(field, values[field.name], decision === 'approved'))
  ];
}

/** True when one of `seats` names `username`; no seats at all name everybody. */
export function isNamed(username: string, seats: readonly ApproverSeat[]): boolean {
  return seats.length === 0 || seats.some(seat => seat.members === null || seat.members.includes(username));
}

/** Identity grades, weakest first. */
export const GRADES: readonly IdentityGrade[] = ['claimed', 'authenticated', 'signed'];

/** Deputies count once they were asked. */
function seatsNow(approval: ApprovalState): readonly ApproverSeat[] {
  const { seats, escalation } = rulesOf(approval.request);
  return approval.escalatedAt === undefined || seats.length === 0
    ? seats
    : [...seats, ...(escalation?.seats ?? [])];
}

/** Whoever stands in for the silent fills any seat; whether they were asked was looked at when they decided. */
function seatMembers(rules: ApprovalRules, seat: ApproverSeat): readonly string[] | null {
  const deputies = rules.escalation?.seats ?? [];
  if (seat.members === null || deputies.some(deputy => deputy.members === null)) {
    return null;
  }
  return [...seat.members, ...deputies.flatMap(deputy => deputy.members ?? [])];
}

function faultsOfField(field: FormField, value: unknown, isNeeded: boolean): string[] {
  if (value === undefined || value === null || value === '') {
    return field.required && isNeeded ? [`“${field.label}” is not answered.`] : [];
  }
  const fits =
    field.type === 'choice'
      ? typeof value === 'string' && field.choices.includes(value)
      : typeof value === (field.type === 'text' ? 'string' : field.type) &&
        (typeof value !== 'number' || Number.isFinite(value));
  return fits ? [] : [`“${field.label}” is ${JSON.stringify(value)}, expected ${wordsOf(field)}.`];
}

function wordsOf(field: FormField): string {
  const words = { text: 'a text', number: 'a number', boolean: 'true or false' };
  return field.type === 'choice' ? `one of ${field.choices.join(', ')}` : words[field.type];
}
