// The secrets of a profile as values that print as their names, from the host's plain texts on.
import type { EnvironmentProfile, SealedProfile } from '../../runbook/ports.js';
import { Secret } from '../../runbook/masking/secret-value.js';

const sealed = new WeakMap<EnvironmentProfile, SealedProfile>();

/** The same object for the same profile. */
export function sealProfile(profile: EnvironmentProfile): SealedProfile {
  const known = sealed.get(profile) ?? seal(profile);
  sealed.set(profile, known);
  return known;
}

function seal({ splunk, slack = null, ...profile }: EnvironmentProfile): SealedProfile {
  return {
    ...profile,
    splunk: splunk && { ...splunk, token: new Secret('splunk.token', splunk.token) },
    slack: slack && {
      ...slack,
      token: secretOrNull('slack.token', slack.token),
      webhook: secretOrNull('slack.webhook', slack.webhook)
    }
  };
}

function secretOrNull(name: string, value: string | null): Secret | null {
  return value === null ? null : new Secret(name, value);
}
