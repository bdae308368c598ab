// Output survives the browser: a reload in the middle of a run, a second tab, and a run that nobody watched show every line once.
import type { Browser } from '@playwright/test';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settledText } from '../../lifecycle/notebook/settled-text.js';
import { startReleaseRun, type ReleaseRun } from './release-run.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const LINES = 90;
const NAMES = ['first', 'second', 'third'];

let release: ReleaseRun;
test.beforeAll(async ({ labs }) => {
  release = await startReleaseRun(labs);
});
test.afterAll(async () => await release?.stop());

/** The run's notebook gets three cells that print numbered lines for two seconds and more each; the last stops in its middle for `goOn`. */
function writeCells(): void {
  const notebook = JSON.parse(settledText(release.notebook)) as Record<string, unknown>;
  const code = NAMES.map(name => ({
    cell_type: 'code',
    id: `print-${name}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source: [
      ...(name === 'third' ? ["import { existsSync } from 'node:fs';"] : []),
      `for (let i = 0; i < ${LINES}; i++) {`,
      `  console.log('${name}', i);`,
      '  await new Promise(r => setTimeout(r, 25));',
      ...(name === 'third'
        ? [`  while (i === ${LINES / 2} && !existsSync('go')) await new Promise(r => setTimeout(r, 25));`]
        : []),
      '}',
      `display.markdown('**${name} is done**');`
    ].join('\n')
  }));
  const heading = { cell_type: 'markdown', id: 'print', metadata: {}, source: '## Print' };
  writeFileSync(release.notebook, JSON.stringify({ ...notebook, cells: [heading, ...code] }));
}

/** The file that the last cell waits for. */
const signal = (): string => join(dirname(release.notebook), 'go');

function goOn(): void {
  writeFileSync(signal(), '');
}

const linesOf = (name: string): string[] => Array.from({ length: LINES }, (_, index) => `${name} ${index}`);

/** The lines that each cell shows in the page. */
async function shownLines(run: RunPage, name: string): Promise<string[]> {
  const texts = await run
    .cell(`console.log('${name}'`)
    .locator('.jp-OutputArea-output pre')
    .allTextContents();
  return texts.join('').split('\n').filter(Boolean);
}

async function expectEveryLineOnce(run: RunPage): Promise<void> {
  for (const name of NAMES) {
    await expect(run.cell(`console.log('${name}'`).locator('strong')).toHaveText(`${name} is done`);
    await expect.poll(() => shownLines(run, name)).toEqual(linesOf(name));
  }
  await expect(run.page.locator('.jp-InputPrompt', { hasText: '[*]' })).toHaveCount(0);
}

function attemptsEnded(): number {
  return release.journal().filter(record => record['kind'] === 'attempt-ended').length;
}

async function begin(browser: Browser): Promise<RunPage> {
  rmSync(signal(), { force: true });
  const run = await RunPage.open(browser, release);
  await run.runAll();
  await expect.poll(() => shownLines(run, 'first')).toContain('first 20');
  return run;
}

test('no line is lost or doubled', { tag: '@proof' }, async ({ browser }) => {
  test.setTimeout(240_000);
  writeCells();
  let run = await begin(browser);

  await test.step('a reload in the middle of a run shows what came before it and goes on live', async () => {
    await run.page.reload();
    await run.page.locator('.jp-Notebook .jp-Cell').first().waitFor();
    await expect
      .poll(async () => (await shownLines(run, 'first')).slice(0, 20))
      .toEqual(linesOf('first').slice(0, 20));
    expect(attemptsEnded()).toBeLessThan(3);
    goOn();
    await expectEveryLineOnce(run);
    expect(run.ownFaults()).toEqual([]);
  });

  await test.step('what was restored is saved with the notebook', async () => {
    await run.save();
    const { cells } = JSON.parse(settledText(release.notebook)) as {
      cells: { id: string; execution_count?: number | null; outputs?: { text?: string | string[] }[] }[];
    };
    const third = cells.find(({ id }) => id === 'print-third')!;
    expect([third.outputs?.[0]?.text ?? ''].flat().join('').trim().split('\n')).toEqual(linesOf('third'));
    expect(third.execution_count).toEqual(expect.any(Number));
  });

  await test.step('a document that misses nothing is not changed by opening it', async () => {
    await run.page.reload();
    await run.isReady();
    await expectEveryLineOnce(run);
    await expect(run.page.locator('.jp-mod-dirty')).toHaveCount(0);
  });

  await test.step('a second tab that comes in the middle shows the same as the first, and does not ask to save', async () => {
    await run.page.close();
    run = await begin(browser);
    const second = await RunPage.openBeside(browser, release);
    goOn();
    await expectEveryLineOnce(second);
    await expectEveryLineOnce(run);
    await expect(second.page.locator('.jp-mod-dirty')).toHaveCount(0);
    expect([...run.ownFaults(), ...second.ownFaults()]).toEqual([]);
    await second.page.close();
  });

  await test.step('a run that nobody watched is there when somebody comes', async () => {
    const ended = attemptsEnded();
    await run.page.close();
    run = await begin(browser);
    await run.page.close();
    goOn();
    await expect.poll(attemptsEnded, { timeout: 60_000 }).toBe(ended + 3);
    run = await RunPage.openBeside(browser, release);
    await expectEveryLineOnce(run);
    await inBothThemes(run.page, 'restored-output');
    expect(run.ownFaults()).toEqual([]);
  });
});
