// The secrets that stand in a profile. On its own, because the supervisor needs them before anything of the library is read.
import type { EnvironmentProfile } from '../ports.js';
import type { KnownSecret } from './masker.js';

/** Tokens and webhooks with the names that are shown in their place. */
export function profileSecretsOf({ splunk, slack }: EnvironmentProfile): readonly KnownSecret[] {
  return [
    { name: 'splunk.token', value: splunk?.token },
    { name: 'slack.token', value: slack?.token },
    { name: 'slack.webhook', value: slack?.webhook }
  ].filter((secret): secret is KnownSecret => typeof secret.value === 'string');
}
