// `launchbook board --decide` and the page as a file, as far as the command goes; the pages have tests of their own.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { DecisionPageData } from '../../contract/decide/decision-page.js';
import { makeAskingRun, type AskingRun } from '../lifecycle/decide/asking-run.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

const PAGES = 'decide:\n  rpId: example.github.io\n  origins: [https://example.github.io]\n';

let box: Sandbox;
let run: AskingRun | undefined;

beforeAll(() => {
  box = makeSandbox();
});
afterEach(() => run?.end());
afterAll(() => box.remove());

test('without pages in launchbook.yml it does not start, and says what to write', async () => {
  writeFileSync(join(box.folder, 'launchbook.yml'), 'allowedSigners: allowed_signers\n');
  const { code, stderr } = await box.launchbook('board', '--decide');
  expect(code).toBe(1);
  expect(stderr).toContain('says nothing under decide');
  expect(stderr).toContain('launchbook explain decide.no_pages');
});

test('the page as a file has everything in it and loads nothing', async () => {
  writeFileSync(join(box.folder, 'launchbook.yml'), PAGES);
  const { code, stdout } = await box.launchbook('board', '--decide-page', 'decide.html');
  expect([code, stdout.trim()]).toEqual([0, 'decide.html']);
  const page = readFileSync(join(box.folder, 'decide.html'), 'utf8');
  expect(page).not.toMatch(/<[a-z]+ [^>]*(?:src|href)=/);
  const [, script = ''] = /<script>(.*?)<\/script>/s.exec(page)!;
  const hash = createHash('sha256').update(script).digest('base64');
  expect(page).toContain(`script-src 'sha256-${hash}'`);
  expect(page).toContain('"rpId":"example.github.io"');
});

test('the link to a question on such a page has the whole question behind the #', async () => {
  run = await makeAskingRun({ pages: { rpId: 'example.github.io', origins: ['https://example.github.io'] } });
  const page = 'https://example.github.io/decide.html';
  const { code, stdout } = await box.launchbook('approve', run.path, '--link', page);
  expect(code).toBe(3);
  const [address, fragment = ''] = stdout.trim().split('#');
  expect(address).toBe(page);
  const data = JSON.parse(
    inflateRawSync(Buffer.from(fragment, 'base64url')).toString('utf8')
  ) as DecisionPageData;
  expect(data.approval).toMatchObject({ id: run.id, content: run.approval().content });
  expect(data.rpId).toBe('example.github.io');
});
