// The address of the page on which one question is decided. Its secret part is made from the nonce of the request, so that board, kernel and
// Slack make the same address without telling each other, and that it opens this question and nothing else of the board.
import type { ApprovalState } from '../../contract/holds/hold.js';
import { sha256 } from '../hash.js';

/**
 * The secret part; null for a request of an older version, which has no nonce. A question that is asked again with the same content keeps it.
 *
 * @example
 * decisionSecret(approval) // '5f0c…', 32 characters
 */
export function decisionSecret({ request }: Pick<ApprovalState, 'request'>): string | null {
  return request.nonce === undefined
    ? null
    : sha256(`launchbook decision page\n${request.nonce}`).slice(0, 32);
}

/** The same for a checklist or a task list; null for one of an older version. */
export function listSecret({ nonce }: { readonly nonce?: string }): string | null {
  return nonce === undefined ? null : sha256(`launchbook list page\n${nonce}`).slice(0, 32);
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
  return secret === null ? null : `${origin}/decide/${secret}/`;
}
