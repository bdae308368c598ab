// What a forger changes, one thing at a time: fields of records, their order, duplicates, omissions, records that never were. Seeded.
import type { JsonObject } from '../../contract/base/json.js';

/** A record with its time, whose chain is linked again afterwards. */
export type Body = JsonObject & { kind: string; at: string };

/** Choices that are the same for the same seed. */
export interface Choice {
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  isSo(share: number): boolean;
}

export function choiceOf(random: () => number): Choice {
  const below = (limit: number): number => Math.floor(random() * limit);
  return { below, pick: list => list[below(list.length)]!, isSo: share => random() < share };
}

const MASK = '«secret DB_PASSWORD»';

/** Changes one leaf or list anywhere in `value`; the strings of `words` are those that a forger would put elsewhere. */
export function changeSomewhere(value: unknown, choice: Choice, words: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return changeList(value, choice, words);
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    if (keys.length === 0) {
      return { more: 1 };
    }
    const key = choice.pick(keys);
    const copy: { [key: string]: unknown } = { ...value };
    if (choice.isSo(0.08)) {
      delete copy[key];
    } else {
      copy[key] = changeSomewhere(copy[key], choice, words);
    }
    return copy;
  }
  return changeLeaf(value, choice, words);
}

function changeList(list: readonly unknown[], choice: Choice, words: readonly string[]): unknown[] {
  const at = choice.below(Math.max(1, list.length));
  const way = list.length === 0 ? 1 : choice.below(8);
  switch (way) {
    case 0:
      return list.filter((_, index) => index !== at);
    case 1:
      return [...list, list[at] ?? choice.pick(words)];
    case 2:
      return [...list].reverse();
    default:
      return list.map((item, index) => (index === at ? changeSomewhere(item, choice, words) : item));
  }
}

function changeLeaf(value: unknown, choice: Choice, words: readonly string[]): unknown {
  if (typeof value === 'number') {
    return value + choice.pick([-1, 1, 1000]);
  }
  if (typeof value === 'boolean') {
    return !value;
  }
  const text = String(value);
  return choice.pick<() => unknown>([
    () => choice.pick(words),
    () => `${text} ${MASK}`,
    () => MASK,
    () => `${text}x`,
    () => text.slice(1),
    () => null,
    () => ''
  ])();
}

/** Another order, a record twice, or one less. */
export function changeOrder(bodies: readonly Body[], choice: Choice): Body[] {
  const from = 1 + choice.below(bodies.length - 1);
  const to = 1 + choice.below(bodies.length - 1);
  const without = bodies.filter((_, index) => index !== from);
  return choice.pick([
    () => without,
    () => [...bodies.slice(0, to), bodies[from]!, ...bodies.slice(to)],
    () => [...without.slice(0, to), bodies[from]!, ...without.slice(to)],
    () => [...bodies.slice(0, to), ...bodies.slice(to + 1 + choice.below(3))]
  ])();
}

/** A record that never was, somewhere behind the first. */
export function insertRecord(bodies: readonly Body[], choice: Choice): Body[] {
  const to = 1 + choice.below(bodies.length);
  const at = bodies[Math.min(to, bodies.length - 1)]!.at;
  const asked = bodies.find(({ kind }) => kind === 'approval-requested');
  const decided = bodies.find(({ kind }) => kind === 'approval-decided');
  const by = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
  const approval = asked?.['approval'] ?? 'approval';
  const status = choice.pick(['approved', 'withdrawn', 'expired', 'stale', 'revoked', 'pending']);
  const policy = bodies.find(({ kind }) => kind === 'policy-read');
  const records: (Body | undefined)[] = [
    { kind: 'approval-closed', at, approval, status, reason: '' },
    { kind: 'approval-escalated', at, approval, to: ['ann'] },
    { kind: 'glass-broken', at, approval, by, reason: 'It had to be done' },
    { kind: 'driver-changed', at, by, client: 'c', how: 'first', reason: '' },
    { kind: 'kernel-started', at, version: '0.1.0', pid: 2, by },
    policy && { ...policy, at, policy: { ...(policy['policy'] as object), approvals: {} } },
    asked && { ...asked, at },
    asked && { ...asked, at, approval: 'again' },
    decided && { ...decided, at },
    decided && { ...decided, at, decision: { ...(decided['decision'] as object), by } }
  ];
  const record = choice.pick(records.filter(each => each !== undefined));
  return [...bodies.slice(0, to), record, ...bodies.slice(to)];
}

/** Every text that occurs in the records, short enough to be put elsewhere. */
export function wordsOf(bodies: readonly Body[]): string[] {
  const words = new Set(['ann', 'quinn', 'omar', 'mallory', 'signed', 'claimed', 'approved', 'rejected']);
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      words.add(value);
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(visit);
    }
  };
  bodies.forEach(visit);
  return [...words];
}
