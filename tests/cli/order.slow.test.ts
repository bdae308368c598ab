// The order of steps with `launchbook run`: it keeps it by itself, and the report tells what began out of order.
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openHeadlessRun } from '../../kernel/host/headless/headless-run.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

let box: Sandbox;

beforeEach(() => {
  box = makeSandbox();
});

afterEach(() => box.remove());

const log = (word: string): string => `await $\`sh -c \${'echo ${word} >> log'}\`;`;

async function makeRun(order: string): Promise<string> {
  const heading = (id: string, source: string) => ({ id, cell_type: 'markdown', metadata: {}, source });
  const step = (id: string, source: string, tags: string[] = []) => ({
    id,
    cell_type: 'code',
    metadata: { tags },
    source,
    outputs: [],
    execution_count: null
  });
  const cells = [
    heading('deployment', '## Deployment'),
    step('deploy', `// Deploy orders\n${log('deploy')}`),
    step('empty', ''),
    step('check', `// Look at orders\nawait $\`test -e healthy\`;`),
    step('extra', `// Tell the press\n${log('press')}`, ['optional']),
    heading('closing', '## Closing'),
    step('close', `// Close the release\n${log('close')}`)
  ];
  const metadata = { kernelspec: { name: 'launchbook', display_name: '', language: 'typescript' } };
  box.write('release.ipynb', { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  box.write('launchbook.yml', `environments: { staging: { ${order} } }\n`);
  box.git('init', '--template=', '--quiet');
  box.commit();
  const args = ['release.ipynb', '--release', '2.4.0', '--env', 'staging', '--mode', 'live'];
  return join(box.folder, (await box.launchbook('new', ...args)).stdout.trim());
}

/** Executes the last step before the others, once for each of `words`, which is sent first; the codes of the refusals. */
async function closeFirst(path: string, ...words: readonly string[]): Promise<(string | null)[]> {
  const { username } = userInfo();
  const run = await openHeadlessRun({ path, nodePath: process.execPath, username, log: () => undefined });
  try {
    const codes = [(await run.execute('close')).error?.code ?? null];
    for (const word of words) {
      expect((await run.command(word)).error).toBeNull();
      codes.push((await run.execute('close')).error?.code ?? null);
    }
    return codes;
  } finally {
    await run.close();
  }
}

const logged = (): string[] => readFileSync(join(box.folder, 'log'), 'utf8').trim().split('\n');

test('where it is kept the last step is refused, runs with a reason, and the rest runs in order', async () => {
  const path = await makeRun('order: kept');
  const words = '%out-of-order "Close the release" the shop is down';
  expect(await closeFirst(path, words)).toEqual(['order.kept', null]);
  const stopped = box.spawn('run', path, '--json');
  expect(stopped.code).toBe(1);
  expect(JSON.parse(stopped.stdout)).toMatchObject({ outcome: 'failed', step: 'check' });
  box.write('healthy', '');
  expect(box.spawn('run', path)).toMatchObject({ code: 0 });
  expect(logged()).toEqual(['close', 'deploy', 'press']);
  const { stdout } = await box.launchbook('report', path);
  expect(stdout).toMatch(
    /ran “Close the release” \(Closing\) out of order, before “Deploy orders” \(Deployment\) and “Look at orders” \(Deployment\) were done, by the word of .* \(claimed\), .* UTC: the shop is down/
  );
}, 120_000);

test('where it is noted it runs, and the report says what was open', async () => {
  const path = await makeRun('');
  expect(await closeFirst(path)).toEqual([null]);
  const { stdout } = await box.launchbook('report', path);
  expect(stdout).toMatch(
    /ran “Close the release” \(Closing\) out of order, before “Deploy orders” \(Deployment\) and “Look at orders” \(Deployment\) were done, .* UTC\./
  );
}, 120_000);
