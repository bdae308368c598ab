// What launchbook.yml asks of rehearsals, read when a live run first needs it and kept from then on: a kernel that was started before its
// notebook became a run must not miss it. A faulty file is read again, because it locks everything until it is mended.
import type { RehearsalRules } from '../../runbook/environment/load-rehearsal-rules.js';

/** The rules of an environment. Rejects with the faults of launchbook.yml. */
export type RulesOf = (environment: string) => Promise<RehearsalRules>;

/** Rules for a notebook in `folder` (absolute). */
export function rehearsalRulesIn(folder: string): RulesOf {
  const known = new Map<string, RehearsalRules>();
  return async environment => {
    const { loadRehearsalRules } = await import('../../runbook/environment/load-rehearsal-rules.js');
    const rules = known.get(environment) ?? loadRehearsalRules(folder, environment);
    known.set(environment, rules);
    return rules;
  };
}
