// A run of commands that write a log, in a folder of its own, opened in JupyterLab: it can be killed, and shows afterwards that nothing
// was done twice.
import { type Browser, type Locator, type Page } from '@playwright/test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CellSource, type Lab } from './lab.js';
import { RunPage } from './run-page.js';

/** The bar about the driver has the same look. */
export const BAR = '.lb-Resume:not(.lb-Wheel)';

/** What is left of a run in its folder. */
export interface MadeRun {
  /** What the commands wrote. */
  log(): string[];
  journal(kind: string): Record<string, unknown>[];
  touch(file: string): void;
}

/** A run in a page of its own. */
export interface OpenRun extends MadeRun {
  readonly run: RunPage;
  readonly page: Page;
  /** Ends the kernel at once. */
  kill(): void;
}

/** A fresh run in a folder of its own, opened. */
export async function openRun(
  lab: Lab,
  browser: Browser,
  name: string,
  cells: readonly CellSource[]
): Promise<OpenRun> {
  const made = makeRun(lab, name, cells);
  const page = await lab.open(browser, `${name}/release.ipynb`);
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(error.stack ?? error.message));
  const run = new RunPage(page, faults);
  await run.showPhases();
  return {
    run,
    page,
    ...made,
    kill: () => void process.kill(made.journal('kernel-started').at(-1)!['pid'] as number, 'SIGKILL')
  };
}

/** A fresh run in a folder of its own, `NAME/release.ipynb`. */
export function makeRun(lab: Lab, name: string, cells: readonly CellSource[]): MadeRun {
  const folder = join(lab.folder, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'launchbook.yml'), 'environments: { test: {} }\n');
  lab.write(`${name}/release.ipynb`, 'launchbook', cells, { launchbook: { run: RUN } });
  const log = join(folder, 'log');
  return {
    log: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    journal: kind =>
      readFileSync(join(folder, 'release.journal.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Record<string, unknown>)
        .filter(record => record['kind'] === kind),
    touch: file => writeFileSync(join(folder, file), '')
  };
}

export function bar(page: Page): Locator {
  return page.locator(BAR);
}

export function row(page: Page, cell: string): Locator {
  return page.locator(`[data-key="step:${cell}"]`);
}

export function remark(run: RunPage, cell: string): Locator {
  return run.cell(cell).locator('.lb-Remark');
}

export function heading(title: string): CellSource {
  return { id: `h-${title.toLowerCase().replaceAll(' ', '-')}`, type: 'markdown', source: `## ${title}` };
}

export function step(id: string, ...lines: readonly string[]): CellSource {
  return { id, source: lines.join('\n') };
}

/** A command that writes a line to the log. */
export function say(text: string): string {
  const [line, ...rest] = text.split(';');
  return `await $\`sh -c \${\`${[`echo ${line} >> log`, ...rest].join(';')}\`}\`;`;
}

const RUN = {
  id: '2.4.0-test-0a1b2c',
  runbook: 'release.ipynb',
  commit: null,
  release: '2.4.0',
  environment: 'test',
  mode: 'rehearsal',
  createdAt: '2026-11-22T08:00:00.000Z',
  createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
  parameters: {}
};
