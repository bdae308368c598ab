// What a page shows, in the dark and in the light theme: the accessibility rules hold in both, and a picture of each is kept.
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe.js';
import { command } from './lab.js';
import { keepPicture, PICTURES } from './picture.js';

export type Theme = 'JupyterLab Dark' | 'JupyterLab Light';

export interface ThemesOptions {
  /** What must break no accessibility rule. */
  readonly selectors?: readonly string[];
  /** The pointer stays where it is, because the picture shows what it points at. */
  readonly isPointerKept?: boolean;
}

/**
 * Keeps `NAME-dark.png` and `NAME.png` unless the name is null or no pictures are kept; leaves the page in the light theme. Works over an open
 * dialog too. What has a name is judged in the light theme alone in `npm test`, in both by the proofs.
 */
export async function inBothThemes(
  page: Page,
  name: string | null,
  options: ThemesOptions = {}
): Promise<void> {
  const { selectors = [], isPointerKept = false } = options;
  if (selectors.length === 0 && (name === null || PICTURES === null)) {
    return;
  }
  const isDarkToo = name === null || PICTURES !== null || process.env['LAUNCHBOOK_PROOF'] === '1';
  for (const theme of [...(isDarkToo ? (['JupyterLab Dark'] as const) : []), 'JupyterLab Light'] as const) {
    await useTheme(page, theme);
    for (const selector of selectors) {
      await expectAccessible(page, selector);
    }
    if (name !== null) {
      await keepPicture(page, theme === 'JupyterLab Dark' ? `${name}-dark` : name, { isPointerKept });
    }
  }
}

let turn: Promise<void> = Promise.resolve();

/**
 * By the command: JupyterLab's menus are behind an open dialog. One page after the other: the pages of a server share its settings, and
 * JupyterLab reads them again after it has saved them, so that of two pages that change the theme at one moment one gets the other's.
 */
export async function useTheme(page: Page, theme: Theme): Promise<void> {
  const changed = turn.then(() => changeTheme(page, theme));
  turn = changed.catch(() => undefined);
  await changed;
}

async function changeTheme(page: Page, theme: Theme): Promise<void> {
  await command(page, 'apputils:change-theme', { theme });
  await expect(page.locator('body')).toHaveAttribute('data-jp-theme-name', theme);
  // It covers the page while the theme is changed, and fades away.
  await expect(page.locator('#jupyterlab-splash')).toHaveCount(0);
}
