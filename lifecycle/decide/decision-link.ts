// The link to a question on a page without a server: everything that the page shows stands in the fragment of the address.
import { deflateRawSync } from 'node:zlib';
import type { DecisionPageData } from '../../contract/decide/decision-page.js';

/** @param page - Address of the page that `launchbook board --decide-page` has written. */
export function decisionLink(page: string, data: DecisionPageData): string {
  const address = page.split('#', 1)[0]!;
  return `${address}#${deflateRawSync(JSON.stringify(data)).toString('base64url')}`;
}
