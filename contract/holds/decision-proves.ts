// How a decision was made and what that proves, for reading: the same words on the card, in the archive, in reports and in a chat.
import { describePerson, type IdentityGrade } from '../base/person.js';
import { isOwnKey } from '../signature/vouched.js';
import type { ApprovalDecision } from './hold.js';

type Decided = Pick<ApprovalDecision, 'by' | 'signature'>;

/** `Ann Lee (signed, passkey, not synced)`: who decided, how sure that is, and with what it was signed where the record says so. */
export function describeDecider({ by, signature }: Decided): string {
  const means = signature?.means === undefined ? [] : [signature.means];
  const copies = signature?.synced === undefined ? [] : [signature.synced ? 'synced' : 'not synced'];
  return describePerson(by).replace(/\)$/, () => `${['', ...means, ...copies].join(', ')})`);
}

/**
 * One clause that says what the decision proves, and what not.
 *
 * @example
 * whatItProves(decision) // 'a key signed it: its holder, for ever; not that a person did it by hand'
 */
export function whatItProves({ by, signature }: Decided): string {
  if (signature !== undefined && !isOwnKey(signature)) {
    return PROVES_LOGIN[signature.means === 'hub' ? 'hub' : 'slack'];
  }
  if (by.grade !== 'signed' || signature?.means !== 'passkey') {
    return by.grade === 'signed' && !signature ? 'nothing: its signature is missing' : PROVES[by.grade];
  }
  const copies = signature.synced ? 'an account may keep copies of the key' : 'the key cannot be copied';
  return `a passkey signed it on ${signature.origin ?? 'no page'}: a person whom the device had verified, for ever, and ${copies}; not what the page showed`;
}

const PROVES_LOGIN = {
  hub: 'the voucher sealed that JupyterHub named the person then: as sure as its key and their login; not a gesture, nor that they read it',
  slack:
    'the voucher sealed that Slack named the person then: as sure as its key, their session and the workspace; not a gesture, nor that they read it'
} as const;

const PROVES: { readonly [grade in IdentityGrade]: string } = {
  claimed: 'nobody checked who it was',
  attested:
    'the Jupyter server named the person then; not against code that runs in its account, and nothing shows it later',
  authenticated: 'a login named the person then; nothing shows it later',
  signed: 'a key signed it: its holder, for ever; not that a person did it by hand'
};
