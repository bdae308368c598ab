// What the text of launchbook.yml, which has been validated, asks of rehearsals in one environment.
import type { RehearsalRule } from '../../contract/rehearsal/receipt.js';
import { NO_REHEARSALS, type RehearsalPolicy } from '../../contract/rehearsal/rehearsal-policy.js';
import { parseDuration } from '../../runbook/duration.js';
import { lowerEnvironments } from './check-rehearsals.js';
import type { RehearsalText } from './policy-schema.js';
import type { ProfileFile } from './profile-schema.js';

/** What a file asks of rehearsals in `environment`; nothing where it does not know that. */
export function rehearsalPolicyOf(content: ProfileFile, environment: string | null): RehearsalPolicy {
  const policy = environment === null ? undefined : content.environments?.[environment]?.policy;
  if (environment === null || !policy) {
    return NO_REHEARSALS;
  }
  const lower = lowerEnvironments(content, environment);
  const phases = Object.entries(policy.phases ?? {}).flatMap(([title, { rehearsal }]) =>
    rehearsal === undefined ? [] : [[title, ruleOf(inherited(policy.rehearsal, rehearsal), lower)] as const]
  );
  return { everywhere: ruleOf(policy.rehearsal ?? false, lower), phases: Object.fromEntries(phases) };
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
