// Which names of people and groups are known: a name that is spelt wrong stands for a person whom nobody has heard of, who never decides.
import { didYouMean } from '../base/did-you-mean.js';
import type { HoldPolicy, RecordedPolicy } from './policy.js';

/** Names that mean somebody. */
export interface KnownNames {
  readonly groups: readonly string[];
  /** Members of groups, people whom a policy names itself, and those in allowed_signers. `*` in one stands for any characters. */
  readonly people: readonly string[];
  /** Names in policies that are most likely misspelt groups. */
  readonly doubtful: readonly string[];
}

/** What the policies of a project name, and who can sign. */
export function knownNamesOf(
  policies: readonly Pick<RecordedPolicy, 'groups' | 'approvals' | 'phases' | 'breakGlass'>[],
  signers: readonly string[]
): KnownNames {
  const groups = unique(policies.flatMap(policy => Object.keys(policy.groups)));
  const members = unique([...policies.flatMap(policy => Object.values(policy.groups).flat()), ...signers]);
  const direct = unique(policies.flatMap(namesIn)).filter(name => !isOneOf(name, [...groups, ...members]));
  const doubtful = direct.filter(name => didYouMean(name, groups) !== '');
  return { groups, people: [...members, ...direct.filter(name => !doubtful.includes(name))], doubtful };
}

/**
 * A sentence for each name that is not known. None where nobody is known at all: then every name is a person.
 *
 * @example
 * faultsOfNames(['relase-managers'], { groups: ['release-managers'], people: [], doubtful: [] })
 * // ["'relase-managers' is neither a group nor a person that is known. Did you mean 'release-managers'?"]
 */
export function faultsOfNames(names: readonly string[], { groups, people, doubtful }: KnownNames): string[] {
  const known = [...groups, ...people];
  return known.length === 0
    ? []
    : unique([...names, ...doubtful])
        .filter(name => !isOneOf(name, known))
        .map(name => `'${name}' is neither a group nor a person that is known.${didYouMean(name, known)}`);
}

function namesIn({
  approvals,
  phases,
  breakGlass
}: Pick<RecordedPolicy, 'approvals' | 'phases' | 'breakGlass'>): string[] {
  const holds: readonly HoldPolicy[] = [approvals, ...Object.values(phases)];
  return [
    ...holds.flatMap(hold => [...(hold.approvers ?? []), ...(hold.escalate?.to ?? [])]),
    ...(breakGlass ?? [])
  ];
}

/** True when `name` is one of them; `*` in one stands for any characters. */
export function isOneOf(name: string, known: readonly string[]): boolean {
  return name === '*' || known.some(one => one === name || (one.includes('*') && asPattern(one).test(name)));
}

function asPattern(text: string): RegExp {
  const parts = text.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
