// What is different between two policies, a sentence for each rule, and whether the later one asks for less anywhere. Pure and shared:
// the kernel refuses by it what would weaken a run, journal and archive tell by it what has changed.
import { GRADES } from './approval-rules.js';
import { formatDuration } from '../base/format.js';
import type { HoldPolicy, OrderRule, RecordedPolicy } from './policy.js';
import type { RehearsalRule } from '../rehearsal/receipt.js';
import { isWeakerRule, ruleOfPhase, titlesOf, type RehearsalPolicy } from '../rehearsal/rehearsal-policy.js';
import { describeRule } from '../rehearsal/rehearsal-text.js';
import { assignSeats } from './seats.js';

/** The differences by their direction. A rule of which nobody can tell is among the weaker ones. */
export interface PolicyChange {
  readonly stricter: readonly string[];
  readonly weaker: readonly string[];
}

/**
 * Compares what two policies ask for, groups resolved to people.
 *
 * @example
 * policyChange(before, after).weaker // ['Every hold point: required was 2 and is 1.']
 */
export function policyChange(before: RecordedPolicy, after: RecordedPolicy): PolicyChange {
  const found = [
    ...changesOfHolds(before, after),
    ...changesOfRehearsals(before.rehearsal, after.rehearsal),
    ...(before.order && after.order ? changeOf('', ORDER_RULE, before.order, after.order) : []),
    ...PROJECT_RULES.flatMap(rule => changeOf('', rule, before, after))
  ];
  const known = new Set<string>();
  const fresh = found.filter(({ key }) => !known.has(key) && known.add(key));
  return {
    stricter: fresh.filter(change => !change.isWeaker).map(({ text }) => text),
    weaker: fresh.filter(change => change.isWeaker).map(({ text }) => text)
  };
}

interface Difference {
  /** Equal for a rule of a phase that changed with that of every hold point. */
  readonly key: string;
  readonly text: string;
  readonly isWeaker: boolean;
}

/** How one rule is read, told and compared. `weaker`: whether `after` asks for less than `before`. */
interface Rule<S, V> {
  readonly name: string;
  readonly read: (source: S) => V;
  readonly tell: (value: V) => string;
  readonly weaker: (before: V, after: V) => boolean;
}

/** What a rule of hold points is read from. */
interface HoldSource {
  readonly hold: HoldPolicy;
  readonly policy: RecordedPolicy;
}

type AnyRule<S> = Rule<S, never>;

function changesOfHolds(before: RecordedPolicy, after: RecordedPolicy): Difference[] {
  const phases = [...new Set([...Object.keys(before.phases), ...Object.keys(after.phases)])];
  const scopes = [
    { words: 'Every hold point', of: (policy: RecordedPolicy) => policy.approvals },
    ...phases.map(phase => ({
      words: `Hold points of “${phase}”`,
      of: (policy: RecordedPolicy) => ({ ...policy.approvals, ...policy.phases[phase] })
    }))
  ];
  return scopes.flatMap(({ words, of }) =>
    HOLD_RULES.flatMap(rule =>
      changeOf(`${words}: `, rule, { hold: of(before), policy: before }, { hold: of(after), policy: after })
    )
  );
}

/** Of what one of them does not tell nothing is known. */
function changesOfRehearsals(
  before: RehearsalPolicy | undefined,
  after: RehearsalPolicy | undefined
): Difference[] {
  if (!before || !after) {
    return [];
  }
  const scopes = [
    { words: 'Every phase', of: (policy: RehearsalPolicy) => policy.everywhere },
    ...titlesOf(before, after).map(title => ({
      words: `“${title}”`,
      of: (policy: RehearsalPolicy) => ruleOfPhase(policy, title)
    }))
  ];
  return scopes.flatMap(({ words, of }) => changeOf(`${words}: `, REHEARSAL_RULE, of(before), of(after)));
}

function changeOf<S>(scope: string, anyRule: AnyRule<S>, before: S, after: S): Difference[] {
  const rule = anyRule as unknown as Rule<S, unknown>;
  const [was, is] = [rule.read(before), rule.read(after)];
  const [told, tells] = [rule.tell(was), rule.tell(is)];
  if (told === tells) {
    return [];
  }
  const text = `${rule.name} was ${told} and is ${tells}.`;
  return [{ key: text, text: `${scope}${text}`, isWeaker: rule.weaker(was, is) }];
}

/** People by username; null stands for anybody. */
type People = readonly string[] | null;

function peopleOf(names: readonly string[] | undefined, { groups }: RecordedPolicy): People {
  const people = names?.flatMap(name => (Object.hasOwn(groups, name) ? groups[name]! : [name])) ?? ['*'];
  return people.includes('*') ? null : [...new Set(people)].sort();
}

/** Who may decide. Nobody named means anybody, as for the kernel. */
function approversOf({ hold, policy }: HoldSource): People {
  return hold.approvers?.length ? peopleOf(hold.approvers, policy) : null;
}

/** How many people must approve. `seats`: with `everyone` who may fill each of them, one person of its own. */
interface Needed {
  readonly count: number;
  readonly seats: readonly People[] | null;
}

function neededOf({ hold, policy }: HoldSource): Needed {
  const seats = hold.everyone ? (hold.approvers ?? []).map(name => peopleOf([name], policy)) : null;
  return { count: Math.max(hold.required ?? 1, seats?.length ?? 0), seats };
}

function tellNeeded({ count, seats }: Needed): string {
  const each = seats?.map(seat => (seat === null ? 'anybody' : seat.join(' or ') || 'nobody')).sort() ?? [];
  return each.length === 0 ? String(count) : `${count} (one of each: ${each.join('; ')})`;
}

/** Fewer people, or a seat of its own that somebody else could fill now. */
function needsLess(before: Needed, after: Needed): boolean {
  if (after.count < before.count || !before.seats || !after.seats) {
    return after.count < before.count;
  }
  // Whoever fills all seats of `after` must fill those of `before`: each of these needs one of its own that admits nobody else.
  const { seats } = after;
  const heirs = before.seats.map(old =>
    seats.flatMap((seat, index) => (hasMore(old, seat) ? [] : [String(index)]))
  );
  return assignSeats(heirs, [...seats.keys()].map(String)).includes(null);
}

function tellPeople(people: People): string {
  return people === null ? 'anybody' : people.join(', ') || 'nobody';
}

function hasMore(before: People, after: People): boolean {
  return before !== null && (after === null || after.some(name => !before.includes(name)));
}

const tellNumber = (value: number): string => (value === Infinity ? 'without limit' : formatDuration(value));

function flag(name: 'fourEyes' | 'comment' | 'everyone'): AnyRule<HoldSource> {
  const rule: Rule<HoldSource, boolean> = {
    name,
    read: ({ hold }) => hold[name] ?? false,
    tell: String,
    weaker: before => before
  };
  return rule as unknown as AnyRule<HoldSource>;
}

function rule<S, V>(parts: Rule<S, V>): AnyRule<S> {
  return parts as unknown as AnyRule<S>;
}

const HOLD_RULES: readonly AnyRule<HoldSource>[] = [
  rule<HoldSource, Needed>({
    name: 'required',
    read: neededOf,
    tell: tellNeeded,
    weaker: needsLess
  }),
  rule<HoldSource, number>({
    name: 'grade',
    read: ({ hold }) => GRADES.indexOf(hold.grade ?? 'claimed'),
    tell: index => GRADES[index]!,
    weaker: (before, after) => after < before
  }),
  flag('fourEyes'),
  flag('comment'),
  flag('everyone'),
  rule<HoldSource, number>({
    name: 'timeout',
    read: ({ hold }) => hold.timeoutMs ?? Infinity,
    tell: tellNumber,
    weaker: (before, after) => after > before
  }),
  rule<HoldSource, People>({
    name: 'approvers',
    read: approversOf,
    tell: tellPeople,
    weaker: hasMore
  }),
  rule<HoldSource, People>({
    name: 'deputies',
    read: ({ hold, policy }) => peopleOf(hold.escalate?.to ?? [], policy),
    tell: tellPeople,
    weaker: hasMore
  }),
  rule<HoldSource, number>({
    name: 'silence before the deputies are asked',
    read: ({ hold }) => hold.escalate?.afterMs ?? Infinity,
    tell: tellNumber,
    weaker: (before, after) => after < before
  }),
  rule<HoldSource, readonly string[] | null>({
    name: 'means',
    read: ({ hold }) => hold.means ?? null,
    tell: means => (means === null ? 'any' : [...means].sort().join(', ')),
    weaker: hasMore
  }),
  rule<HoldSource, boolean>({
    name: 'synced',
    read: ({ hold }) => hold.synced ?? true,
    tell: String,
    weaker: before => !before
  })
];

const REHEARSAL_RULE = rule<RehearsalRule | null, RehearsalRule | null>({
  name: 'the required rehearsal',
  read: asked => asked,
  tell: asked => (asked === null ? 'nothing' : describeRule(asked)),
  weaker: isWeakerRule
});

const ORDERS: readonly OrderRule[] = ['free', 'noted', 'kept'];

const ORDER_RULE = rule<OrderRule, OrderRule>({
  name: 'The order of steps',
  read: order => order,
  tell: order => order,
  weaker: (before, after) => ORDERS.indexOf(after) < ORDERS.indexOf(before)
});

const PROJECT_RULES: readonly AnyRule<RecordedPolicy>[] = [
  rule<RecordedPolicy, People>({
    name: 'Break-glass',
    read: policy => peopleOf(policy.breakGlass ?? ['*'], policy),
    tell: tellPeople,
    weaker: hasMore
  }),
  rule<RecordedPolicy, number>({
    name: 'The silence after which a driver may be replaced',
    read: policy => policy.driverVanishedMs,
    tell: tellNumber,
    weaker: (before, after) => after < before
  }),
  rule<RecordedPolicy, string>({
    name: 'The file of allowed signers',
    read: policy => policy.allowedSigners ?? 'none',
    tell: String,
    weaker: () => true
  }),
  rule<RecordedPolicy, string | null>({
    name: 'The JupyterHub that may vouch for people',
    read: policy => policy.hub,
    tell: hub => hub ?? 'any',
    weaker: before => before !== null
  }),
  rule<RecordedPolicy, string | null>({
    name: 'The host that passkeys are for',
    read: policy => policy.decide?.rpId ?? null,
    tell: host => host ?? 'none',
    weaker: (_, after) => after !== null
  }),
  rule<RecordedPolicy, readonly string[]>({
    name: 'The pages that decide',
    read: policy => [...(policy.decide?.origins ?? [])].sort(),
    tell: origins => origins.join(', ') || 'none',
    weaker: (before, after) => after.some(origin => !before.includes(origin))
  }),
  rule<RecordedPolicy, string | null>({
    name: 'The voucher of logins',
    read: policy => policy.decide?.voucher ?? null,
    tell: voucher => voucher ?? 'none',
    weaker: (_, after) => after !== null
  }),
  rule<RecordedPolicy, readonly string[]>({
    name: 'The people who decide in Slack',
    read: policy =>
      Object.entries(policy.decide?.slack ?? {})
        .map(([name, id]) => `${name} (${id})`)
        .sort(),
    tell: people => people.join(', ') || 'none',
    weaker: (before, after) => after.some(each => !before.includes(each))
  })
];
