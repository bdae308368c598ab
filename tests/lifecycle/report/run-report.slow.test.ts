// The after-action report: timeline, waits, failures and deviations, as Markdown and HTML.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { runReport } from '../../../lifecycle/report/run-report.js';
import { runStatus } from '../../../lifecycle/status/run-status.js';
import { executeRun, makeRepository, ANN, type Repository } from '../executed-run.js';

let repository: Repository;
let path: string;

beforeAll(async () => {
  repository = await makeRepository();
  const note = { kind: 'note' as const, text: 'The <b>cache</b> was cold', step: 'deploy', by: ANN };
  path = await executeRun(repository, { stories: { deploy: { isRetried: true, records: [note] } } });
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replaceAll('SERVICE ${release} is', () => 'service ${release} is')
  );
});

afterAll(() => repository.remove());

test('As Markdown it tells timeline, waits, failures, notes and deviations from the template', async () => {
  const { text } = await runReport(path, 'md');
  expect(text).toMatch(/^# Release 1\.1\.0 in staging: passed\n/);
  expect(text).toMatch(
    /\| 2026-11-22 08:10:\d\d \| Ann Lee \(claimed\) \| “Deploy SERVICE” \(Deployment\): failed in 1\.5 s \|/
  );
  expect(text).toMatch(
    /ran “Deploy SERVICE” \(Deployment\) again, attempt 2 after one that failed: passed in 1\.5 s \|/
  );
  expect(text).toMatch(/\| Quinn Roe \(claimed\) \| QA sign-off \| \d+ min/);
  expect(text).toMatch(/noted at “Deploy SERVICE” \(Deployment\) \| The &lt;b&gt;cache&lt;\/b&gt; was cold/);
  expect(text).toMatch(/\| edited \| “Look whether it worked” \(Verification\) \|/);
});

test('Steps lead to JupyterLab where launchbook.yml says how people open the folder', async () => {
  const profile = repository.read('launchbook.yml');
  expect((await runReport(path, 'md')).text).not.toContain('](http');
  repository.write('launchbook.yml', `lab: https://hub.example/user-redirect/lab/tree/a(b)/\n${profile}`);
  const address =
    'https://hub.example/user-redirect/lab/tree/a%28b%29/runs/1.1.0-staging/release.ipynb#cell-id=deploy';
  expect((await runReport(path, 'md')).text).toContain(`| Deployment | [Deploy SERVICE](${address}) |`);
  expect((await runReport(path, 'html')).text).toContain(`<td><a href="${address}">Deploy SERVICE</a></td>`);
  repository.write('launchbook.yml', profile);
});

test('Of a run that waits it tells for whom, and does not say that everything passed', async () => {
  const waiting = await executeRun(repository, { release: '1.2.0', until: 'deploy' });
  const journal = waiting.replace(/\.ipynb$/, '.journal.jsonl');
  const lines = readFileSync(journal, 'utf8').split('\n');
  const requested = lines.findIndex(line => line.includes('"kind":"approval-requested"'));
  writeFileSync(journal, `${lines.slice(0, requested + 1).join('\n')}\n`);
  const { text } = await runReport(waiting, 'md');
  expect(text).toMatch(/^# Release 1\.2\.0 in staging: held\n/);
  expect(text).toMatch(/\| anybody \| QA sign-off \| .* so far \|/);
  expect(text).toContain('Nothing so far; the run has not come to its end.');
  expect(text).not.toContain('Nobody was waited for.');
});

test('A run that has not begun, and one that goes on, are not told as held', async () => {
  const fresh = await executeRun(repository, { release: '1.4.0', until: 'parameters' });
  expect((await runReport(fresh, 'md')).text).toMatch(/^# Release 1\.4\.0 in staging: not begun\n/);
  const going = await executeRun(repository, { release: '1.5.0', until: 'verify' });
  expect((await runReport(going, 'md')).text).toMatch(/^# Release 1\.5\.0 in staging: unfinished\n/);
});

test('A run that nobody could decide on is held, as its status says, and did not fail', async () => {
  const held = await executeRun(repository, {
    release: '1.3.0',
    stories: { 'closing-checklist': { isHeld: true } }
  });
  expect(runStatus(held).outcome).toBe('held');
  const { text } = await runReport(held, 'md');
  expect(text).toMatch(/^# Release 1\.3\.0 in staging: held\n/);
  expect(text).toMatch(/\| Closing \| ☐ waiting \|/);
  expect(text).not.toContain('failed');
});

test('As HTML it is one page in which nothing that people wrote is markup', async () => {
  const { text } = await runReport(path, 'html');
  expect(text).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(text).toContain('The &lt;b&gt;cache&lt;/b&gt; was cold');
  expect(text).not.toContain('<b>');
  expect(text).not.toMatch(/<script|https?:/);
});
