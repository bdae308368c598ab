// Policies that can never be met: nobody who may decide can be known as surely as they ask for. A run would stop there in the night.
import type { IdentityGrade } from '../base/person.js';
import { GRADES, WAY_OUT } from './approval-rules.js';
import { isOneOf } from './known-names.js';
import { DECISION_MEANS } from '../signature/decision-means.js';
import type { HoldPolicy, RecordedPolicy } from './policy.js';

/** What is known of the people of a project. */
export interface KnownIdentities {
  /** As how much a server says who people are; null where nobody knows on which server it will be. */
  readonly server: Exclude<IdentityGrade, 'signed'> | null;
  /** Names in allowed_signers; `*` in one stands for any characters. */
  readonly signers: readonly string[];
  /** Those of them who have a passkey. Absent: nobody has looked. */
  readonly passkeys?: readonly { readonly names: readonly string[]; readonly isSynced: boolean }[];
  /** Those of them who have another key. Absent: nobody has looked. */
  readonly keys?: readonly string[];
}

/**
 * A sentence for each hold point of the policy that nobody can release, or too few.
 *
 * @example
 * unmetPolicies('production', policy, { server: 'claimed', signers: [] })
 * // ['The policy of production asks for authenticated decisions; this server knows people as claimed only, …']
 */
export function unmetPolicies(
  environment: string,
  { approvals, phases, groups, decide }: Pick<RecordedPolicy, 'approvals' | 'phases' | 'groups' | 'decide'>,
  identities: KnownIdentities
): string[] {
  const known = { ...identities, isVouched: decide?.voucher !== undefined };
  const general = unmet(approvals, groups, known);
  return [
    ...(general === null ? [] : [`The policy of ${environment} ${general}`]),
    ...Object.entries(phases).flatMap(([title, phase]) => {
      const reason = unmet({ ...approvals, ...phase }, groups, known);
      const isTold = reason === null || reason === general;
      return isTold ? [] : [`The policy of ${environment} for the phase '${title}' ${reason}`];
    })
  ];
}

type Known = KnownIdentities & { readonly isVouched: boolean };

function unmet(policy: HoldPolicy, groups: RecordedPolicy['groups'], known: Known): string | null {
  const { grade = 'claimed', fourEyes = false, approvers = [], required = 1, everyone = false } = policy;
  const { means } = policy;
  const { server } = known;
  if (fourEyes && grade !== 'claimed' && server === 'claimed') {
    return `asks for somebody else than the driver, and for ${grade} decisions; this server knows people as claimed only, so that nobody can tell who drives. ${WAY_OUT}`;
  }
  const isVouched =
    known.isVouched && (means === undefined || means.some(each => each === 'hub' || each === 'slack'));
  const isSaidByServer =
    grade !== 'signed' &&
    (means === undefined || isVouched) &&
    (isVouched || server === null || grade === 'attested' || GRADES.indexOf(server) >= GRADES.indexOf(grade));
  if (isSaidByServer) {
    return null;
  }
  const signers = ableSigners(policy, known);
  const people = approvers.flatMap(name => groups[name] ?? [name]);
  const isOpen = people.length === 0 || people.includes('*');
  const able = isOpen ? signers : [...new Set(people)].filter(name => isOneOf(name, signers));
  const needed = everyone ? Math.max(required, approvers.length) : required;
  if (able.length >= needed || able.some(name => name.includes('*'))) {
    return null;
  }
  const who = isOpen ? 'nobody' : `none of ${approvers.join(', ')}`;
  const [one, several] = wordsOfKeys(policy);
  const keys =
    able.length === 0
      ? `${who} has ${one} in allowed_signers`
      : `only ${able.join(', ')} ${able.length === 1 ? `has ${one}` : `have ${several}`} in allowed_signers, and it needs ${needed} people`;
  return grade === 'signed' || means !== undefined
    ? `asks for signed decisions; ${keys}.`
    : `asks for ${grade} decisions; this server knows people as ${server} only, and ${keys}.`;
}

/** Who can sign in a way that counts. */
function ableSigners(
  { means = DECISION_MEANS, synced = true }: HoldPolicy,
  { signers, passkeys, keys = signers }: KnownIdentities
): readonly string[] {
  if (passkeys === undefined) {
    return signers;
  }
  const counted = passkeys.filter(({ isSynced }) => synced || !isSynced).flatMap(({ names }) => names);
  return [
    ...new Set([...(means.includes('key') ? keys : []), ...(means.includes('passkey') ? counted : [])])
  ];
}

function wordsOfKeys({ means, synced }: HoldPolicy): readonly [one: string, several: string] {
  const isPasskey = means?.every(each => each === 'passkey') === true;
  const where = isPasskey && synced === false ? ' of one device' : '';
  return isPasskey ? [`a passkey${where}`, `passkeys${where}`] : ['a key', 'keys'];
}
