// The rules of an approval: how many must decide, who may, and how sure we must be of them.
// Pure and shared: the kernel refuses by them, a front end explains by them, so that both give the same reason.
import type { ApprovalRequest, ApprovalState, DecisionSignature } from './hold.js';
import type { JsonObject } from '../base/json.js';
import type { IdentityGrade, Person } from '../base/person.js';
import { wordsOfMeans } from '../signature/decision-means.js';
import { isOwnKey } from '../signature/vouched.js';
import { assignSeats } from './seats.js';
import type { ApprovalRules, ApproverSeat, FormField } from './hold-rules.js';

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
 * Counts the approvals. One person counts once, also when several groups name them, and so does one key, whatever names it has.
 *
 * @example
 * standingOf(approval) // { approvedBy: [ann], required: 2, isComplete: false, awaited: ['qa'] }
 */
export function standingOf(approval: Pick<ApprovalState, 'request' | 'decisions'>): ApprovalStanding {
  const rules = rulesOf(approval.request);
  const people = new Map<string, Person>();
  const keys = new Set<string>();
  for (const { decision, by, signature } of approval.decisions) {
    const isKnown =
      signature !== undefined &&
      isOwnKey(signature) &&
      keys.has(signature.key) &&
      countsKeys(approval.request);
    if (decision === 'approved' && !people.has(by.username) && !isKnown) {
      people.set(by.username, by);
    }
    if (signature) {
      keys.add(signature.key);
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

/** Whoever drives; null when nobody does. */
export type Driver = Pick<Person, 'username' | 'name' | 'grade'> | null;

/** Why a person may not decide. `code` is stable. */
export interface Ineligibility {
  readonly code:
    | 'hold.not_named'
    | 'hold.four_eyes'
    | 'hold.weak_identity'
    | 'hold.other_means'
    | 'hold.synced_key'
    | 'hold.decided_before';
  readonly message: string;
}

/**
 * Null when `person` may decide on `approval` now; else the first reason why not.
 *
 * @param driver - Who drives now.
 * @param proof - With what was signed. Absent: nothing was signed.
 * @example
 * ineligibilityOf(approval, ann, ann) // { code: 'hold.four_eyes', message: '…' }
 */
export function ineligibilityOf(
  approval: ApprovalState,
  person: Person,
  driver: Driver,
  proof?: DecisionProof
): Ineligibility | null {
  const key = proof?.key;
  const rules = rulesOf(approval.request);
  const name = person.name || person.username;
  if (!isNamed(person.username, seatsNow(approval))) {
    return {
      code: 'hold.not_named',
      message: `${name} (${person.username}) is not among those who may decide on “${approval.name}”: ${approval.request.approvers.join(', ')}. ${whereNamesComeFrom(name)}`
    };
  }
  if (rules.fourEyes && person.username === driver?.username) {
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
  const alike = [driver, person].find(each => isBelow(each, rules.driverGrade));
  if (alike !== undefined) {
    return {
      code: 'hold.four_eyes',
      message: `“${approval.name}” needs somebody else than the driver, and nobody can tell: ${doubtAbout(alike, alike === driver)}. ${WAY_OUT}`
    };
  }
  const ofProof = ineligibilityOfProof(approval.name, rules, proof);
  if (ofProof !== null) {
    return ofProof;
  }
  if (approval.decisions.some(({ by }) => by.username === person.username)) {
    return {
      code: 'hold.decided_before',
      message: `${name} has decided on “${approval.name}” already; one person counts once.`
    };
  }
  const other =
    key !== undefined && isOwnKey(proof!) && countsKeys(approval.request)
      ? approval.decisions.find(({ signature }) => signature?.key === key)
      : undefined;
  if (other) {
    return {
      code: 'hold.decided_before',
      message: `The key ${key} of ${name} has decided on “${approval.name}” already, as ${other.by.username}; one key counts once, whatever names it has.`
    };
  }
  return null;
}

/** With what a decision was signed, as far as rules ask for it. */
export type DecisionProof = Pick<DecisionSignature, 'key' | 'means' | 'synced'>;

/** Null when it was signed with what `rules` ask for. */
export function ineligibilityOfProof(
  name: string,
  { means, synced }: Pick<ApprovalRules, 'means' | 'synced'>,
  proof: DecisionProof | undefined
): Ineligibility | null {
  const used = proof && (proof.means ?? 'key');
  if (means !== undefined && (used === undefined || !means.includes(used))) {
    return {
      code: 'hold.other_means',
      message: `“${name}” needs a decision that is signed with a ${wordsOfMeans(means).join(' or a ')}; this one is ${used === undefined ? 'not signed' : `signed with a ${wordsOfMeans([used])[0]}`}.`
    };
  }
  return synced === false && proof?.synced === true
    ? {
        code: 'hold.synced_key',
        message: `“${name}” needs a passkey that stays on one device; an account may keep copies of this one.`
      }
    : null;
}

/** True when `person` may take the decision on `approval` back: the driver, whoever decided, and whoever may decide. */
export function mayRevoke(approval: ApprovalState, person: Person, driver: Driver): boolean {
  return (
    person.username === driver?.username || ineligibilityOf(approval, person, null)?.code !== 'hold.not_named'
  );
}

/** Versions that made no nonce counted names alone; what they recorded stays as they counted it. */
function countsKeys(request: ApprovalRequest): boolean {
  return request.nonce !== undefined;
}

/**
 * Why nobody can tell whether the driver and whoever decides are two people; null when it can be told, or is not asked.
 *
 * @param driver - Who drives now.
 */
export function doubtOfFourEyes(
  { fourEyes, driverGrade }: Pick<ApprovalRules, 'fourEyes' | 'driverGrade'>,
  driver: Driver
): string | null {
  if (!fourEyes || !isBelow(driver, driverGrade ?? 'authenticated')) {
    return null;
  }
  return driverGrade === undefined
    ? `Four eyes cannot be kept for certain: ${doubtAbout(driver, true)}, so nobody can be sure that somebody else decides.`
    : `Four eyes cannot be kept: ${doubtAbout(driver, true)}, so no decision counts. ${WAY_OUT}`;
}

/** Whoever is less sure than `grade`, or nobody, cannot be told from another person. */
function isBelow(person: Driver, grade: IdentityGrade | undefined): boolean {
  return grade !== undefined && (person === null || GRADES.indexOf(person.grade) < GRADES.indexOf(grade));
}

function doubtAbout(person: Driver, isDriver: boolean): string {
  return person === null
    ? 'nobody is known to drive'
    : `${person.name || person.username} ${isDriver ? 'drives' : 'decides'} and is only ${person.grade}`;
}

/** What a policy can ask for where identities cannot be compared. */
export const WAY_OUT =
  'Hand the run over to somebody whom JupyterHub authenticates; or let the policy ask for two signed decisions instead (required: 2, grade: signed): one of the two does not drive.';

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
export const GRADES: readonly IdentityGrade[] = ['claimed', 'attested', 'authenticated', 'signed'];

/** Deputies count once they were asked. */
function seatsNow(approval: ApprovalState): readonly ApproverSeat[] {
  const { seats, escalation } = rulesOf(approval.request);
  return approval.escalatedAt === undefined || seats.length === 0
    ? seats
    : [...seats, ...(escalation?.seats ?? [])];
}

/** A deputy fills any seat; whether deputies had been asked was checked when they decided. */
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

/** For somebody who ought to be among them, and is known under another name here. */
function whereNamesComeFrom(name: string): string {
  return name.startsWith('Anonymous ')
    ? 'This Jupyter server gives every browser a name at random. JupyterHub or an identity provider gives people their names, and a key of your own needs neither (launchbook approve): the page “Identity” of the documentation.'
    : 'That is the name that this Jupyter server gives; the page “Identity” of the documentation says where names come from.';
}
