// What tests about several people share: a run with its rules, a page for each person, and what a person does there.
import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './lab.js';

export interface RunSource {
  readonly folder: string;
  /** Code of the steps; each is a phase of its own. */
  readonly sources: readonly string[];
  readonly mode?: 'live' | 'rehearsal';
  /** `policy.approvals` of the environment, as YAML. */
  readonly approvals?: string;
}

/** Writes a run in a folder of its own; returns its path in the lab. */
export function writeRun(lab: Lab, { folder, sources, mode = 'live', approvals = '{}' }: RunSource): string {
  const path = join(lab.folder, folder);
  mkdirSync(path);
  writePolicy(lab, folder, approvals);
  const run = {
    id: `2.4.0-staging-${folder}`,
    runbook: 'release.ipynb',
    commit: null,
    release: '2.4.0',
    environment: 'staging',
    mode,
    createdAt: '2026-11-22T07:59:00.000Z',
    createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
    parameters: {}
  };
  const cells = sources.flatMap((source, index) => [
    { cell_type: 'markdown', id: `phase-${index}`, metadata: {}, source: `## Phase ${index + 1}` },
    { cell_type: 'code', id: `step-${index}`, metadata: {}, execution_count: null, outputs: [], source }
  ]);
  const kernelspec = { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' };
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec, launchbook: { run } }, cells };
  writeFileSync(join(path, 'run.ipynb'), `${JSON.stringify(notebook, null, 1)}\n`);
  return `${folder}/run.ipynb`;
}

/** Writes the launchbook.yml of a run. */
export function writePolicy(lab: Lab, folder: string, approvals: string): void {
  const text = `environments:\n  staging:\n    policy:\n      approvals: ${approvals}\n`;
  writeFileSync(join(lab.folder, folder, 'launchbook.yml'), text);
}

/** One more person: another browser, another identity. Its kernel may be at work. */
export async function openBeside(
  browser: Browser,
  lab: Lab,
  name: string,
  { isWatched = true }: { readonly isWatched?: boolean } = {}
): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(lab.address(name));
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
  if (isWatched) {
    await expect(wheelIn(page)).toBeVisible();
    await page.getByRole('button', { name: 'Go to what waits' }).click();
  }
  return page;
}

/** The username that JupyterLab gave the person at this page. */
export async function usernameOf(page: Page): Promise<string> {
  return await page.evaluate(
    () =>
      (
        globalThis as unknown as {
          jupyterapp: { serviceManager: { user: { identity: { username: string } } } };
        }
      ).jupyterapp.serviceManager.user.identity.username
  );
}

export function approvalIn(page: Page): Locator {
  return page.locator('.jp-OutputArea .lb-Approval');
}

export function wheelIn(page: Page): Locator {
  return page.locator('.lb-Wheel');
}

/** Runs the step with `text` in its code, as Ctrl+Enter does. */
export async function runCell(page: Page, text: string): Promise<void> {
  const cell = page
    .locator('.jp-CodeCell')
    .filter({ has: page.locator('.jp-InputArea-editor', { hasText: text }) });
  // JupyterLab takes cells out of the page while it scrolls.
  await expect(async () => {
    await cell.scrollIntoViewIfNeeded({ timeout: 2000 });
    await cell.locator('.jp-InputPrompt').click({ timeout: 2000 });
  }).toPass();
  await page.keyboard.press('Control+Enter');
}

/** Approves with a comment; `answer` is that to the field “When”, where there is one. */
export async function decide(page: Page, comment: string, answer: string | null = 'tonight'): Promise<void> {
  const approval = approvalIn(page);
  await approval.getByRole('checkbox').check();
  if (answer !== null) {
    await approval.getByLabel('When').selectOption(answer);
  }
  await approval.getByLabel('Comment').fill(comment);
  await approval.getByRole('button', { name: 'Approve' }).click();
}
