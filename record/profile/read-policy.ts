// The policy of an environment from the text of launchbook.yml, which has been validated: durations become milliseconds.
import { resolve } from 'node:path';
import { DRIVER_VANISHED_MS } from '../../contract/state/driver.js';
import { NO_REHEARSALS } from '../../contract/rehearsal/rehearsal-policy.js';
import { parseDuration } from '../../runbook/duration.js';
import type { HoldPolicy, PeoplePolicy } from '../../runbook/hold/policy.js';
import type { OrderRule } from '../../contract/holds/policy.js';
import type { PhasePolicyText, PolicyText } from './policy-schema.js';

/** What a project without launchbook.yml asks: one decision of anybody. */
export const NO_POLICY: PeoplePolicy = {
  groups: {},
  approvals: {},
  phases: {},
  rehearsal: NO_REHEARSALS,
  order: 'noted',
  breakGlass: null,
  driverVanishedMs: DRIVER_VANISHED_MS,
  allowedSigners: null,
  hub: null
};

/** `folder` is the one of launchbook.yml. */
export function readPolicy(
  text: PolicyText,
  order: OrderRule,
  groups: { readonly [group: string]: readonly string[] },
  allowedSigners: string,
  folder: string,
  hub: string | null
): PeoplePolicy {
  const phases = Object.entries(text.phases ?? {}).map(([title, policy]) => [title, holdPolicyOf(policy)]);
  const vanished = text.driver?.vanishedAfter;
  return {
    groups,
    approvals: holdPolicyOf(text.approvals ?? {}),
    phases: Object.fromEntries(phases) as PeoplePolicy['phases'],
    order,
    breakGlass: text.breakGlass ?? null,
    driverVanishedMs: vanished === undefined ? DRIVER_VANISHED_MS : parseDuration(vanished, 'vanishedAfter'),
    allowedSigners: resolve(folder, allowedSigners),
    hub
  };
}

function holdPolicyOf({ timeout, remind, escalate, rehearsal: _, ...same }: PhasePolicyText): HoldPolicy {
  return {
    ...same,
    ...(timeout === undefined ? {} : { timeoutMs: parseDuration(timeout, 'timeout') }),
    ...(remind === undefined ? {} : { remindEveryMs: parseDuration(remind, 'remind') }),
    ...(escalate === undefined
      ? {}
      : { escalate: { to: escalate.to, afterMs: parseDuration(escalate.after, 'after') } })
  };
}
