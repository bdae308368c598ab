// Words that the record of a run is written with. A secret of such a value would be masked in every text that speaks of decisions and
// outcomes, and it is no secret.
import { SecretUnavailableError } from '../errors/secret-unavailable-error.js';
import type { KnownSecret } from './masker.js';

/** Values of the fields that have a closed set of them; those of fewer than four characters are refused anyway. */
export const RECORD_WORDS: readonly string[] = [
  // Outcomes and states.
  ...[
    'passed',
    'failed',
    'inconclusive',
    'running',
    'waiting',
    'locked',
    'skipped',
    'stale',
    'not-started',
    'begun'
  ],
  ...[
    'pending',
    'approved',
    'rejected',
    'expired',
    'withdrawn',
    'revoked',
    'open',
    'accepted',
    'claimed',
    'done'
  ],
  ...['gathered', 'registered', 'held'],
  // Identities and ways.
  ...['attested', 'authenticated', 'signed', 'first', 'handed-over', 'replaced', 'taken-back', 'declined'],
  ...['again', 'critical', 'live', 'rehearsal', 'dry-run', 'kept', 'noted', 'free'],
  // Helpers, and what JSON writes.
  ...[
    'shell',
    'http',
    'splunk',
    'slack',
    'record',
    'approval',
    'checklist',
    'gather',
    'true',
    'false',
    'null'
  ],
  ...['stdout', 'stderr', 'text', 'number', 'boolean', 'choice', 'undefined']
];

/**
 * Refuses a secret whose value is such a word, or one of `names`, in whatever case.
 *
 * @throws SecretUnavailableError `secret.unusable`; which word it is, is not said.
 */
export function refuseReserved({ name, value }: KnownSecret, names: Iterable<string> = []): void {
  const word = value.trim().toLowerCase();
  const isName = [...names].some(known => known.trim().toLowerCase() === word);
  if (isName || RECORD_WORDS.includes(word)) {
    throw new SecretUnavailableError(
      `The secret '${name}' cannot be used: its value is ${isName ? 'a name in this run, of a person, a group, the release or the environment' : 'a word that the record of a run is written with, such as a decision or an outcome'}. Masking it would rewrite the record.`,
      { code: 'secret.unusable', hint: 'Set another value where it is kept; this one can be guessed.' }
    );
  }
}
