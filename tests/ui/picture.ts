// Keeps a picture of the page for docs/images when LAUNCHBOOK_IMAGES is set, else beside the test's results.
import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './launchbook.js';

/** The pointer is taken away first, unless it shows something. */
export async function keepPicture(
  page: Page,
  name: string,
  { isPointerKept = false }: { readonly isPointerKept?: boolean } = {}
): Promise<void> {
  const folder =
    process.env['LAUNCHBOOK_IMAGES'] === undefined
      ? join(ROOT, 'test-results', 'images')
      : join(ROOT, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  if (!isPointerKept) {
    await page.mouse.move(0, 0);
  }
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
