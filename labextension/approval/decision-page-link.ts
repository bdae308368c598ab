// The link from a card to the page on which the same question is decided with a phone, where launchbook.yml names where the pages are.
import { pageAddress, secretOfHash, secretTextOf } from '../../contract/decide/page-address.js';
import { rulesOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { sha256 } from '../page/sha256.js';

/** The same address as in Slack's posts; null where there is no such page, or where the browser cannot make it. */
export async function decisionPageOf(approval: Pick<ApprovalState, 'request'>): Promise<string | null> {
  const origin = rulesOf(approval.request).decide?.origins[0];
  const text = secretTextOf(approval);
  // A record that somebody has forged must not make a link of a script.
  if (origin === undefined || text === null || !/^https?:\/\//.test(origin)) {
    return null;
  }
  const hash = await sha256(text);
  return hash === '' ? null : pageAddress(origin, secretOfHash(hash));
}
