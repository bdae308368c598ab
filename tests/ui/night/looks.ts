// How a state looks: accessible in both themes, with a picture of each.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../axe.js';
import { keepPicture } from '../picture.js';
import { useTheme } from '../themes.js';
import type { Person } from './person.js';
import { IS_WRITTEN } from './transcript.js';

/** What of ours may be on a page. */
const PARTS = [
  '.lb-Phases',
  '.lb-Banner',
  '.lb-Wheel',
  '.lb-Resume:not(.lb-Wheel)',
  '.jp-OutputArea .lb-Approval',
  '.jp-OutputArea .lb-TaskList',
  '.jp-OutputArea .lb-Checklist',
  '.lb-Remark:not(.lm-mod-hidden)',
  '.jp-Dialog-content'
];

/** Looks at what the person has before them; an open dialog covers the rest. */
export async function lookAt({ page }: Person, name: string): Promise<void> {
  if (IS_WRITTEN) {
    return;
  }
  const seen = [];
  for (const part of PARTS) {
    if (await page.locator(part).first().isVisible()) {
      seen.push(part);
    }
  }
  const dialog = seen.find(part => part === '.jp-Dialog-content');
  // The theme that is there comes first: a change of theme takes seconds.
  const isDark = (await page.locator('body').getAttribute('data-jp-theme-name')) === 'JupyterLab Dark';
  const themes = ['JupyterLab Dark', 'JupyterLab Light'] as const;
  for (const theme of isDark ? themes : themes.toReversed()) {
    await useTheme(page, theme);
    await keepPicture(page, theme === 'JupyterLab Dark' ? `night-${name}-dark` : `night-${name}`);
    for (const part of dialog ? [dialog] : seen) {
      await expectAccessible(page, part);
    }
  }
}

/** The board follows the person's system. */
export async function lookAtBoard(page: Page, name: string): Promise<void> {
  if (IS_WRITTEN) {
    return;
  }
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, 'body');
    await keepPicture(page, colorScheme === 'dark' ? `night-${name}-dark` : `night-${name}`);
  }
}
