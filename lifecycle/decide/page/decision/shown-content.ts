// Does the page show what would be signed? Every hash is made anew in the browser, from the texts that the page shows.
import type { ContentBinding } from '../../../../contract/holds/content-binding.js';
import type { ApprovalState } from '../../../../contract/holds/hold.js';
import { contentText, shownParts } from '../../../../contract/holds/shown-parts.js';

/** The content hash of what is shown, and what of it does not fit the request. */
export interface ShownContent {
  readonly content: string;
  /** One sentence, or null when all of it fits. */
  readonly fault: string | null;
}

/** Hashes everything that is shown. */
export async function hashShown(approval: ApprovalState): Promise<ShownContent> {
  const { binding } = approval;
  if (!binding) {
    return { content: '', fault: 'This question does not say what it is bound to.' };
  }
  const { parts, wrong } = shownParts(approval, binding);
  const hashes = await Promise.all(parts.map(({ text }) => sha256(text)));
  const different = parts.filter(({ hash }, index) => hash !== hashes[index]);
  const names = [...different, ...wrong].map(({ what }) => what);
  return {
    content: await contentOf(binding),
    fault:
      names.length === 0
        ? null
        : `What this page shows is not what the run asks about (${names.join(', ')}). Do not sign; tell the driver.`
  };
}

function contentOf(binding: ContentBinding): Promise<string> {
  return sha256(contentText(binding));
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}
