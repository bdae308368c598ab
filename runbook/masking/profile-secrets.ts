// The secrets that stand in a profile. On its own, because the supervisor needs them before anything of the library is read.
import type { EnvironmentProfile, SealedProfile } from '../ports.js';
import { revealed, type Secret } from './secret-value.js';
import type { KnownSecret } from './masker.js';

/** Tokens and webhooks with the names that are shown in their place. */
export function profileSecretsOf({
  splunk,
  slack
}: Pick<EnvironmentProfile | SealedProfile, 'splunk' | 'slack'>): readonly KnownSecret[] {
  return [
    ['splunk.token', splunk?.token] as const,
    ['slack.token', slack?.token] as const,
    ['slack.webhook', slack?.webhook] as const
  ].flatMap(([name, value]: readonly [string, string | Secret | null | undefined]) =>
    value === null || value === undefined ? [] : [{ name, value: revealed(value) }]
  );
}
