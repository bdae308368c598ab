// What the policy of one environment asks of rehearsals, and whether another one asks for less.
import type { RehearsalRule } from './receipt.js';

/** The rules of an environment. Null: nothing is asked. */
export interface RehearsalPolicy {
  /** Of every phase that has none of its own. */
  readonly everywhere: RehearsalRule | null;
  /** By the title of the phase. */
  readonly phases: { readonly [title: string]: RehearsalRule | null };
}

/** What holds where nothing is asked. */
export const NO_REHEARSALS: RehearsalPolicy = { everywhere: null, phases: {} };

/** The rule of the phase with this title, or null. */
export function ruleOfPhase({ phases, everywhere }: RehearsalPolicy, title: string): RehearsalRule | null {
  return Object.hasOwn(phases, title) ? (phases[title] ?? null) : everywhere;
}

/**
 * True when something that does not satisfy `before` may satisfy `after`.
 *
 * @example
 * isWeakerRule({ withinMs: 1, environments: ['staging'], sameRelease: false }, null) // true
 */
export function isWeakerRule(before: RehearsalRule | null, after: RehearsalRule | null): boolean {
  if (before === null || after === null) {
    return before !== null;
  }
  return (
    (after.withinMs ?? Infinity) > (before.withinMs ?? Infinity) ||
    after.environments.some(name => !before.environments.includes(name)) ||
    (before.sameRelease && !after.sameRelease)
  );
}

/** True when `after` asks less of any phase. */
export function isWeakerPolicy(before: RehearsalPolicy, after: RehearsalPolicy): boolean {
  return (
    isWeakerRule(before.everywhere, after.everywhere) ||
    titlesOf(before, after).some(title => isWeakerRule(ruleOfPhase(before, title), ruleOfPhase(after, title)))
  );
}

/** The phases that either names. */
export function titlesOf(before: RehearsalPolicy, after: RehearsalPolicy): readonly string[] {
  return [...new Set([...Object.keys(before.phases), ...Object.keys(after.phases)])];
}
