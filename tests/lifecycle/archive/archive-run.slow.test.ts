// Archiving: what is committed, what it shows, and that doing it again changes nothing.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalPathOf, type Notebook } from '../../../contract/notebook/notebook.js';
import { textOf } from '../../../contract/notebook/outline.js';
import { readOutline } from '../../../record/source/read-outline.js';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { verifyRun } from '../../../lifecycle/verify/verify-run.js';
import type { CodeCell } from '../../../lifecycle/notebook/archive-marks.js';
import { FileJournal } from '../../../record/journal/file-journal.js';
import { execute, executeRun, makeRepository, type Repository } from '../executed-run.js';
import { newRun } from '../../../lifecycle/new/new-run.js';

const FILES = ['release.archive.json', 'release.ipynb', 'release.journal.jsonl'];
let repository: Repository;

beforeEach(async () => {
  repository = await makeRepository();
});

afterEach(() => repository.remove());

function read(path: string): Notebook {
  return JSON.parse(readFileSync(path, 'utf8')) as Notebook;
}

function summaryOf(path: string): string {
  return textOf(read(path).cells[0]!.source);
}

describe('An archived run', () => {
  test('is one commit of notebook, journal and manifest, tagged, whatever else is staged', async () => {
    const path = await executeRun(repository);
    repository.write('other.txt', 'staged by somebody else');
    repository.git('add', 'other.txt');
    const { tag, commit, isNew } = await archiveRun(path);
    expect({ tag, isNew }).toEqual({ tag: 'runs/1.1.0-staging', isNew: true });
    expect(repository.git('rev-parse', 'HEAD')).toBe(commit);
    expect(repository.git('show', '--name-only', '--format=%s', 'HEAD').split('\n')).toEqual([
      'Archive run 1.1.0 in staging: passed',
      '',
      ...FILES.map(file => `runs/1.1.0-staging/${file}`)
    ]);
    expect(repository.git('cat-file', '-t', tag)).toBe('tag');
    expect(repository.git('status', '--porcelain')).toBe('A  other.txt');
  });

  test('says in its first cell what came of it: phases, planned and actual times, decisions, deviations', async () => {
    const template = JSON.parse(repository.read('release.ipynb')) as {
      cells: { id: string; source: string[] }[];
    };
    template.cells.find(cell => cell.id === 'deployment')!.source.push('\n', 'Planned: 2 min');
    repository.write('release.ipynb', JSON.stringify(template));
    repository.commit('Plan the deployment');
    const path = await executeRun(repository, { stories: { deploy: { isRetried: true } } });
    await archiveRun(path);
    const summary = summaryOf(path);
    expect(summary.split('\n')[0]).toBe('**Release 1.1.0 in staging passed.** 5 of 5 phases passed.');
    expect(summary).toMatch(/Executed by Ann Lee \(claimed\)\./);
    expect(summary).toMatch(/\| Deployment \| ☑ passed \| 2 min 0 s \| 3\.0 s \| 1 of 1 \| 2 \|/);
    expect(summary).toMatch(
      /\| QA sign-off \| approved \| Quinn Roe \(claimed\) \| 2026-11-22 08:10:00 UTC \| \d+ min.*\| Tried \\\| it \|/
    );
    expect(summary).toMatch(
      /- The step “Deploy SERVICE” \(Deployment\) failed in 1 of 2 attempts; attempt 2 passed\./
    );
  });

  test('takes what earlier runs took as the plan', async () => {
    for (const [release, beganAt, stepMs] of [
      ['1.0.1', '2026-11-01T08:00:00.000Z', 60_000],
      ['1.0.2', '2026-11-02T08:00:00.000Z', 120_000],
      ['1.0.3', '2026-11-03T08:00:00.000Z', 600_000]
    ] as const) {
      await executeRun(repository, { release, beganAt, stepMs });
    }
    const path = await executeRun(repository);
    await executeRun(repository, { release: '1.2.0', beganAt: '2026-12-01T08:00:00.000Z', stepMs: 1 });
    await archiveRun(path);
    expect(summaryOf(path)).toMatch(/\| Verification \| ☑ passed \| 2 min 0 s \|/);
  });

  test('shows the times under each step and a picture of the run, and neither is a step', async () => {
    const path = await executeRun(repository);
    const before = readOutline(read(path).cells);
    await archiveRun(path);
    const { cells } = read(path);
    expect(readOutline(cells)).toEqual(before);
    const deploy = cells.find(cell => cell.id === 'deploy') as CodeCell;
    expect(textOf(deploy.outputs!.at(-1)!.data!['text/plain'] as string[])).toMatch(
      /^☑ passed 2026-11-22 \d\d:\d\d:\d\d – \d\d:\d\d:\d\d UTC, 1\.5 s, attempt 1, Ann Lee \(claimed\)$/
    );
    const picture = (cells[1] as CodeCell).outputs![0]!.data!['image/png'] as string;
    expect(Buffer.from(picture, 'base64').subarray(1, 4).toString()).toBe('PNG');
  });

  test('has no widget state, and texts as lines with sorted keys', async () => {
    const path = await executeRun(repository);
    const notebook = read(path);
    const metadata = { ...notebook.metadata, widgets: {} };
    const cells = notebook.cells.map(cell => ({ ...cell, source: textOf(cell.source) }));
    writeFileSync(path, JSON.stringify({ ...notebook, cells, metadata }));
    await archiveRun(path);
    const text = readFileSync(path, 'utf8');
    expect(text).not.toMatch(/"widgets"/);
    expect(read(path).cells.every(cell => Array.isArray(cell.source))).toBe(true);
    expect(Object.keys(read(path))).toEqual(['cells', 'metadata', 'nbformat', 'nbformat_minor']);
  });

  test('is refused when a filter of git would change it, and nothing is committed', async () => {
    const path = await executeRun(repository);
    repository.write('.gitattributes', 'runs/**/*.ipynb filter=strip\n');
    repository.git('config', 'filter.strip.clean', 'sed /output/d');
    const head = repository.git('rev-parse', 'HEAD');
    await expect(archiveRun(path)).rejects.toMatchObject({
      code: 'archive.changed_by_git',
      message: expect.stringMatching(
        /other bytes .*\n {2}- runs\/1\.1\.0-staging\/release\.ipynb$/
      ) as unknown
    });
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
    expect(repository.git('tag')).toBe('');
    repository.write('.gitattributes', 'runs/** -filter -text\n');
    expect((await archiveRun(path)).isNew).toBe(true);
  });

  test('is not archived twice: the second time finds nothing to do', async () => {
    const path = await executeRun(repository);
    const first = await archiveRun(path);
    const second = await archiveRun(path);
    expect(second).toMatchObject({ isNew: false, commit: first.commit, tag: first.tag });
    expect(repository.git('rev-list', '--count', 'HEAD')).toBe('2');
  });

  test('gets a tag of its own when the name is taken, because no tag is moved', async () => {
    const path = await executeRun(repository, { until: 'verify' });
    await archiveRun(path, { unfinished: true });
    execute(path);
    const { tag, notes } = await archiveRun(path);
    expect(tag).toBe('runs/1.1.0-staging.2');
    expect(notes).toContain(
      'runs/1.1.0-staging is an earlier archive of this run; this one is runs/1.1.0-staging.2.'
    );
    expect(repository.git('tag')).toBe('runs/1.1.0-staging\nruns/1.1.0-staging.2');
  });

  test('says whose tag it is that has its name', async () => {
    await archiveRun(await executeRun(repository));
    const { run } = JSON.parse(repository.read('runs/1.1.0-staging/release.archive.json')) as { run: string };
    const folder = join(repository.folder, 'runs', 'again');
    const { tag, notes } = await archiveRun(await executeRun(repository, { folder }));
    expect(tag).toBe('runs/1.1.0-staging.2');
    expect(notes).toContain(
      `runs/1.1.0-staging is the archive of another run (${run}); this one is runs/1.1.0-staging.2.`
    );
  });

  test('is held, and did not fail, where nobody who could decide was there', async () => {
    const path = await executeRun(repository, { stories: { 'closing-checklist': { isHeld: true } } });
    await expect(archiveRun(path)).rejects.toMatchObject({
      message: expect.stringContaining('the run is unfinished (held)') as unknown
    });
    expect((await archiveRun(path, { unfinished: true })).outcome).toBe('held');
    const summary = summaryOf(path);
    expect(summary).toMatch(/^\*\*UNFINISHED: .* was archived before its end; it is held\.\*\*/);
    expect(summary).not.toContain('failed');
    const checklist = read(path).cells.find(cell => cell.id === 'closing-checklist') as CodeCell;
    expect(textOf(checklist.outputs!.at(-1)!.data!['text/plain'] as string[])).toMatch(/^☐ held 2026-11-22 /);
    expect((await verifyRun(path)).holds).toBe(true);
  });

  test('is tagged as a dry run when it is one, and the name of the release stays free for the live run', async () => {
    const environment = 'production';
    const folder = join(repository.folder, 'runs', 'plan');
    const plan = await executeRun(repository, { environment, folder, mode: 'dry-run' });
    expect((await archiveRun(plan)).tag).toBe('runs/1.1.0-production-dry-run');
    const { tag, notes } = await archiveRun(await executeRun(repository, { environment }));
    expect(tag).toBe('runs/1.1.0-production');
    expect(notes.join()).not.toMatch(/this one is/);
    expect((await verifyRun(tag, repository.folder)).place).toContain('runs/1.1.0-production/release.ipynb');
  });

  test('is pushed with its tag on request, and its address is printed', async () => {
    const path = await executeRun(repository);
    const { isPushed, address, notes } = await archiveRun(path, { push: true });
    expect({ isPushed, address }).toEqual({
      isPushed: true,
      address: 'runs/1.1.0-staging:runs/1.1.0-staging/release.ipynb'
    });
    expect(notes.join()).not.toMatch(/git push/);
    const there = (...args: string[]) =>
      execFileSync('git', ['-C', repository.remote, ...args])
        .toString()
        .trim();
    expect(there('rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
    expect(there('tag')).toBe('runs/1.1.0-staging');
    await archiveRun(path, { push: true });
  });

  test('stays below 1 MB with 100 cells that print much, and says what was left out', async () => {
    const steps = Array.from({ length: 100 }, (_, index) => `step-${index}`);
    const template = JSON.parse(repository.read('release.ipynb')) as { cells: object[] };
    const cells = steps.map(id => ({
      cell_type: 'code',
      id,
      metadata: {},
      source: `// ${id}`,
      outputs: [],
      execution_count: null
    }));
    repository.write('release.ipynb', JSON.stringify({ ...template, cells: [template.cells[1], ...cells] }));
    repository.commit('Grow');
    const text = Array.from({ length: 400 }, (_, line) => `line ${line} ${'x'.repeat(40)}\n`);
    const stories = Object.fromEntries(
      steps.map(id => [id, { outputs: [{ output_type: 'stream', name: 'stdout', text }] }])
    );
    const path = await executeRun(repository, { stories });
    const { notes } = await archiveRun(path);
    expect(statSync(path).size).toBeLessThan(1_000_000);
    expect(notes.join()).toMatch(/Outputs of 100 steps were shortened/);
    const printed = textOf(
      (read(path).cells.find(cell => cell.id === 'step-7') as CodeCell).outputs![0]!.text!
    );
    expect(printed).toMatch(
      /^line 0 .*\n[\s\S]*\[launchbook\] \d+ lines \([\d,]+ characters\) left out of the archive\.\n[\s\S]*line 399 x+\n$/
    );
    expect((await archiveRun(path)).isNew).toBe(false);
  });
});

describe('Archiving is refused, and nothing is changed,', () => {
  async function refusal(path: string) {
    const before = readFileSync(path, 'utf8');
    const error = await archiveRun(path).catch((thrown: unknown) => thrown);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(repository.git('tag')).toBe('');
    return error;
  }

  test('when the run is unfinished; --unfinished archives it and says so in its first line', async () => {
    const path = await executeRun(repository, { until: 'deploy' });
    expect(await refusal(path)).toMatchObject({
      code: 'archive.unfinished',
      hint: expect.stringMatching(/--unfinished/)
    });
    await archiveRun(path, { unfinished: true });
    expect(summaryOf(path)).toMatch(
      /^\*\*UNFINISHED: release 1\.1\.0 in staging was archived before its end/
    );
    expect(repository.git('log', '-1', '--format=%s')).toBe('Archive run 1.1.0 in staging: unfinished');
  });

  test('when a line of the journal was changed', async () => {
    const path = await executeRun(repository);
    const journal = journalPathOf(path, true);
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"passed"', '"failed"'));
    expect(await refusal(path)).toMatchObject({ code: 'journal.broken' });
  });

  test('when the journal belongs to another run', async () => {
    const path = await executeRun(repository);
    const other = await executeRun(repository, { release: '1.2.0' });
    writeFileSync(journalPathOf(path, true), readFileSync(journalPathOf(other, true)));
    expect(await refusal(path)).toMatchObject({ code: 'archive.other_run' });
  });

  test('when a kernel has the run open', async () => {
    const path = await executeRun(repository);
    const first = { kind: 'journal-opened' as const, format: 1, version: '', notebook: '', run: null };
    const journal = await FileJournal.open(journalPathOf(path, true), { first, now: Date.now });
    expect(await refusal(path)).toMatchObject({ code: 'journal.locked' });
    await journal.close();
  });

  test('when nothing has run, or it is no run', async () => {
    const template = join(repository.folder, 'release.ipynb');
    const { path } = await newRun({ template, release: '3', environment: 'staging' });
    expect(await refusal(path)).toMatchObject({
      code: 'archive.refused',
      message: expect.stringMatching(/nothing has run/)
    });
    expect(await refusal(template)).toMatchObject({ message: expect.stringMatching(/not a run/) });
  });
});
