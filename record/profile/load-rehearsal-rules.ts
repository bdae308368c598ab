// What launchbook.yml asks of rehearsals in one environment. Read apart from the profile: no variable of the process is needed for it,
// so a missing token hides no lock.
import type { ApproverSeat } from '../../contract/holds/hold-rules.js';
import { NO_REHEARSALS, type RehearsalPolicy } from '../../contract/rehearsal/rehearsal-policy.js';
import { seatOf } from '../policy/apply-policy.js';
import { lowerEnvironments } from './check-rehearsals.js';
import { findProfileFile } from './find-profile-file.js';
import { parseProfileFile } from './parse-profile-file.js';
import { rehearsalPolicyOf } from './read-rehearsals.js';

/** The rules of one environment. */
export interface RehearsalRules extends RehearsalPolicy {
  readonly isProduction: boolean;
  /** Environments whose runs are shown where nothing is asked: all that are not production, but for itself. */
  readonly lower: readonly string[];
  /** Who may release against the policy; null stands for anybody, none for nobody. */
  readonly breakGlass: readonly ApproverSeat[] | null;
}

/** What counts where there is no launchbook.yml, or where it does not know the environment. */
export const NO_REHEARSAL_RULES: RehearsalRules = {
  ...NO_REHEARSALS,
  isProduction: false,
  lower: [],
  breakGlass: null
};

/**
 * The rules for runs in `environment`, for a notebook in `folder` (absolute); `runbook` is the template's path in the repository.
 *
 * @throws ProfileError when launchbook.yml has faults: then nobody knows what is asked.
 * @example
 * loadRehearsalRules('/srv/runbooks/runs/2.4.0-production', 'production').everywhere
 * // { withinMs: 604800000, environments: ['staging'], sameRelease: false }
 */
export function loadRehearsalRules(folder: string, environment: string, runbook?: string): RehearsalRules {
  const file = findProfileFile(folder, runbook);
  if (file === null) {
    return NO_REHEARSAL_RULES;
  }
  const { content } = parseProfileFile(file);
  const text = content.environments?.[environment];
  if (!text) {
    return NO_REHEARSAL_RULES;
  }
  const groups = content.groups ?? {};
  return {
    ...rehearsalPolicyOf(content, environment),
    isProduction: text.production === true,
    lower: lowerEnvironments(content, environment),
    breakGlass: text.policy?.breakGlass?.map(name => seatOf(name, { groups })) ?? null
  };
}

/** True when some phase may be locked. */
export function hasRules({ everywhere, phases }: RehearsalPolicy): boolean {
  return everywhere !== null || Object.values(phases).some(rule => rule !== null);
}
