// What launchbook.yml asks of rehearsals in one environment. Read apart from the profile: no variable of the process is needed for it,
// so a missing token hides no lock.
import type { ApproverSeat } from '../../contract/approval-rules.js';
import type { RehearsalRule } from '../../contract/rehearsal/receipt.js';
import { parseDuration } from '../duration.js';
import { seatOf } from '../hold/apply-policy.js';
import { lowerEnvironments } from './check-rehearsals.js';
import { findProfileFile } from './find-profile-file.js';
import { parseProfileFile } from './parse-profile-file.js';
import type { RehearsalText } from './policy-schema.js';

/** The rules of one environment. */
export interface RehearsalRules {
  readonly isProduction: boolean;
  /** Environments whose runs are shown where nothing is asked: all that are not production, but for itself. */
  readonly lower: readonly string[];
  /** Of every phase that has none of its own; null when nothing is asked. */
  readonly everywhere: RehearsalRule | null;
  /** By the title of the phase; null when nothing is asked of it. */
  readonly phases: { readonly [title: string]: RehearsalRule | null };
  /** Who may release against the policy; null stands for anybody, none for nobody. */
  readonly breakGlass: readonly ApproverSeat[] | null;
}

/** What counts where there is no launchbook.yml, or where it does not know the environment. */
export const NO_REHEARSAL_RULES: RehearsalRules = {
  isProduction: false,
  lower: [],
  everywhere: null,
  phases: {},
  breakGlass: null
};

/**
 * The rules for runs in `environment`, for a notebook in `folder` (absolute).
 *
 * @throws ProfileError when launchbook.yml has faults: then nobody knows what is asked.
 * @example
 * loadRehearsalRules('/srv/runbooks/runs/2.4.0-production', 'production').everywhere
 * // { withinMs: 604800000, environments: ['staging'], sameRelease: false }
 */
export function loadRehearsalRules(folder: string, environment: string): RehearsalRules {
  const file = findProfileFile(folder);
  if (file === null) {
    return NO_REHEARSAL_RULES;
  }
  const { content } = parseProfileFile(file);
  const text = content.environments?.[environment];
  if (!text) {
    return NO_REHEARSAL_RULES;
  }
  const { policy = {} } = text;
  const lower = lowerEnvironments(content, environment);
  const groups = content.groups ?? {};
  const phases = Object.entries(policy.phases ?? {}).flatMap(([title, { rehearsal }]) =>
    rehearsal === undefined ? [] : [[title, ruleOf(inherited(policy.rehearsal, rehearsal), lower)] as const]
  );
  return {
    isProduction: text.production === true,
    lower,
    everywhere: ruleOf(policy.rehearsal ?? false, lower),
    phases: Object.fromEntries(phases),
    breakGlass: policy.breakGlass?.map(name => seatOf(name, { groups })) ?? null
  };
}

/** The rule of the phase with this title, or null. */
export function ruleOfPhase(rules: RehearsalRules, title: string): RehearsalRule | null {
  return Object.hasOwn(rules.phases, title) ? (rules.phases[title] ?? null) : rules.everywhere;
}

/** True when some phase may be locked. */
export function hasRules({ everywhere, phases }: RehearsalRules): boolean {
  return everywhere !== null || Object.values(phases).some(rule => rule !== null);
}

/** What a phase does not say is as everywhere. */
function inherited(everywhere: RehearsalText | undefined, own: RehearsalText): RehearsalText {
  return typeof own === 'object' && typeof everywhere === 'object' ? { ...everywhere, ...own } : own;
}

function ruleOf(text: RehearsalText, lower: readonly string[]): RehearsalRule | null {
  if (text === false) {
    return null;
  }
  const { within, in: environments, sameRelease } = text === true ? {} : text;
  return {
    withinMs: within === undefined ? null : parseDuration(within, 'within'),
    environments: environments ?? lower,
    sameRelease: sameRelease ?? false
  };
}
