// Pictures of the page: for docs/images when LAUNCHBOOK_IMAGES is set, beside the test's results in the proofs, none in `npm test`.
import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.js';

/** Where pictures are kept, or null. */
export const PICTURES =
  process.env['LAUNCHBOOK_IMAGES'] !== undefined
    ? join(ROOT, 'docs', 'images')
    : process.env['LAUNCHBOOK_PROOF'] === '1'
      ? join(ROOT, 'test-results', 'images')
      : null;

/** The pointer is taken away first, unless it shows something. */
export async function keepPicture(
  page: Page,
  name: string,
  { isPointerKept = false }: { readonly isPointerKept?: boolean } = {}
): Promise<void> {
  if (PICTURES === null) {
    return;
  }
  mkdirSync(PICTURES, { recursive: true });
  if (!isPointerKept) {
    await page.mouse.move(0, 0);
  }
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}
