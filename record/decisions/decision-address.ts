// The addresses of the pages on which people decide and report, made as contract/decide/page-address.ts says.
import { pageAddress, secretOfHash, secretTextOf } from '../../contract/decide/page-address.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { sha256 } from '../hash.js';

/**
 * The secret part; null for a request of an older version, which has no nonce. A question that is asked again with the same content keeps it.
 *
 * @example
 * decisionSecret(approval) // '5f0c…', 32 characters
 */
export function decisionSecret(approval: Pick<ApprovalState, 'request'>): string | null {
  const text = secretTextOf(approval);
  return text === null ? null : secretOfHash(sha256(text));
}

/** The same for a checklist or a task list; null for one of an older version. */
export function listSecret({ nonce }: { readonly nonce?: string }): string | null {
  return nonce === undefined ? null : secretOfHash(sha256(`launchbook list page\n${nonce}`));
}

/** The whole address of the page of a checklist or a task list. `origin` as for {@link decisionAddress}. */
export function listAddress(origin: string, list: { readonly nonce?: string }): string | null {
  return addressOf(origin, listSecret(list));
}

/**
 * The whole address.
 *
 * @param origin - One of `decide.origins` of launchbook.yml.
 * @example
 * decisionAddress('https://launchbook.example.com', approval) // 'https://launchbook.example.com/decide/5f0c…/'
 */
export function decisionAddress(origin: string, approval: Pick<ApprovalState, 'request'>): string | null {
  return addressOf(origin, decisionSecret(approval));
}

function addressOf(origin: string, secret: string | null): string | null {
  return secret === null ? null : pageAddress(origin, secret);
}
