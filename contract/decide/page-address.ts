// The address of the page on which one question is decided. Its secret part is made from the nonce of the request, so that board, kernel, Slack
// and JupyterLab make the same address without telling each other, and that it opens this question and nothing else of the board.
import type { ApprovalState } from '../holds/hold.js';

/** The text whose SHA-256 (hex) begins with the secret part; null for a request of an older version, which has no nonce. */
export function secretTextOf({ request }: Pick<ApprovalState, 'request'>): string | null {
  return request.nonce === undefined ? null : `launchbook decision page\n${request.nonce}`;
}

/** The secret part of such a hash: 32 characters. */
export function secretOfHash(hash: string): string {
  return hash.slice(0, 32);
}

/** The whole address. `origin` is one of `decide.origins` of launchbook.yml. */
export function pageAddress(origin: string, secret: string): string {
  return `${origin}/decide/${secret}/`;
}
