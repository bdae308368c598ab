// `launchbook new`: what a fresh run is, and what is refused.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGE_INFO } from '../../contract/notebook/language-info.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { runOf } from '../../contract/notebook/notebook.js';
import { ENVIRONMENTS, makeSandbox, TEMPLATE, type Sandbox } from './launchbook.js';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = makeSandbox();
  sandbox.write('release.ipynb', TEMPLATE);
  sandbox.write('launchbook.yml', ENVIRONMENTS);
  sandbox.git('init', '--template=', '--quiet', '--initial-branch=main');
  sandbox.commit();
});

afterEach(() => sandbox.remove());

function read(path: string): Notebook {
  return JSON.parse(readFileSync(join(sandbox.folder, path), 'utf8')) as Notebook;
}

function makeRun(...more: string[]) {
  return sandbox.launchbook('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging', ...more);
}

describe('A fresh run', () => {
  test('is a copy in runs/RELEASE-ENV whose path is printed', async () => {
    const args = ['new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging'];
    const { code, stdout } = sandbox.spawn(...args);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'runs/2.4.0-staging/release.ipynb\n' });
    expect(existsSync(join(sandbox.folder, 'runs/2.4.0-staging/release.ipynb'))).toBe(true);
  });

  test('has the cells of the template with their ids, and nothing of an earlier execution', async () => {
    await makeRun();
    const { cells, metadata } = read('runs/2.4.0-staging/release.ipynb');
    expect(cells.map(cell => cell.id)).toEqual(['prepare', 'parameters', 'deploy', 'deploy-all']);
    expect(cells[1]).toMatchObject({
      execution_count: null,
      outputs: [],
      metadata: { tags: ['parameters'] }
    });
    expect(cells[3]?.metadata).toEqual({ collapsed: true });
    expect(metadata).not.toHaveProperty('widgets');
    expect(metadata).toHaveProperty('kernelspec.name', 'launchbook');
  });

  test('knows its identity, its template and the commit that it was copied from', async () => {
    await makeRun('--mode', 'rehearsal');
    expect(runOf(read('runs/2.4.0-staging/release.ipynb'))).toMatchObject({
      id: expect.stringMatching(/^2\.4\.0-staging-[0-9a-f]{6}$/),
      runbook: 'release.ipynb',
      commit: sandbox.git('rev-parse', 'HEAD'),
      release: '2.4.0',
      environment: 'staging',
      mode: 'rehearsal',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      createdBy: { username: expect.any(String), grade: 'claimed' }
    });
  });

  test('records no commit when the template was changed since and a person allows it, and says so', async () => {
    sandbox.write('release.ipynb', { ...TEMPLATE, cells: TEMPLATE.cells.slice(0, 2) });
    expect((await makeRun('--uncommitted')).stderr).toMatch(/not committed/);
    expect(runOf(read('runs/2.4.0-staging/release.ipynb'))?.commit).toBeNull();
  });

  test('has its parameters written over the defaults, in the type of the default', async () => {
    const { code } = await makeRun('--param', 'batch=3', '--param', 'isQuick=true');
    const run = read('runs/2.4.0-staging/release.ipynb');
    expect(code).toBe(0);
    expect(run.cells[1]?.source).toEqual([
      "const release = '2.4.0'\n",
      'const batch: number = 3;\n',
      'const isQuick = true; // for rehearsals\n'
    ]);
    expect(runOf(run)?.parameters).toEqual({ release: '2.4.0', batch: 3, isQuick: true });
  });

  test('goes to --out, and --json tells path and identity', async () => {
    const { stdout } = await makeRun('--out', 'elsewhere', '--json');
    const { path, run } = JSON.parse(stdout) as { path: string; run: { release: string } };
    expect(path).toBe(join(sandbox.folder, 'elsewhere/release.ipynb'));
    expect(run.release).toBe('2.4.0');
  });

  test('--branch makes release/RELEASE-ENV at the current commit and switches to it', async () => {
    const { code, stdout } = await makeRun('--branch', '--json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { branch: string }).branch).toBe('release/2.4.0-staging');
    expect(sandbox.git('branch', '--show-current')).toBe('release/2.4.0-staging');
    expect(sandbox.git('rev-parse', 'HEAD')).toBe(sandbox.git('rev-parse', 'main'));
    expect(sandbox.git('status', '--porcelain', '--untracked-files=all')).toBe(
      '?? runs/2.4.0-staging/release.ipynb'
    );
  });

  test('leaves the template as it was', async () => {
    await makeRun('--param', 'batch=3');
    expect(read('release.ipynb')).toEqual(TEMPLATE);
  });
});

describe('`new` refuses with exit code 2 and changes nothing', () => {
  test('when the run exists, because a run is never overwritten', async () => {
    await makeRun();
    const before = readFileSync(join(sandbox.folder, 'runs/2.4.0-staging/release.ipynb'), 'utf8');
    const { code, stderr } = await makeRun();
    expect(code).toBe(2);
    expect(stderr).toMatch(/exists already/);
    expect(stderr).toMatch(/--out/);
    expect(readFileSync(join(sandbox.folder, 'runs/2.4.0-staging/release.ipynb'), 'utf8')).toBe(before);
  });

  test('when the template has changes that are not committed', async () => {
    sandbox.write('release.ipynb', { ...TEMPLATE, cells: TEMPLATE.cells.slice(0, 2) });
    const { code, stderr } = await makeRun();
    expect(code).toBe(2);
    expect(stderr).toMatch(/release\.ipynb has changes that are not committed/);
    expect(existsSync(join(sandbox.folder, 'runs'))).toBe(false);
  });

  test('when the branch exists already', async () => {
    sandbox.git('branch', 'release/2.4.0-staging');
    const { code, stderr } = await makeRun('--branch');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--branch "release\/2\.4\.0-staging" exists already/);
    expect(sandbox.git('branch', '--show-current')).toBe('main');
    expect(existsSync(join(sandbox.folder, 'runs'))).toBe(false);
  });

  test('--branch outside of git', async () => {
    rmSync(join(sandbox.folder, '.git'), { recursive: true });
    expect((await makeRun('--branch')).stderr).toMatch(/the template is in no git repository/);
  });

  test('a required parameter that nobody gave', async () => {
    const rule = 'parameters:\n  ticket: { type: string, required: true }\n';
    sandbox.write('launchbook.yml', `${ENVIRONMENTS}\n${rule}`);
    const [prepare, parameters] = TEMPLATE.cells;
    const source = "const ticket = '';";
    sandbox.write('release.ipynb', { ...TEMPLATE, cells: [prepare, { ...parameters, source }] });
    sandbox.commit();
    expect(await makeRun()).toMatchObject({ code: 2, stderr: expect.stringMatching(/'ticket' is missing/) });
    expect((await makeRun('--param', 'ticket=REL-1')).code).toBe(0);
  });

  test('when only the journal of an earlier run is left', async () => {
    sandbox.write('runs/2.4.0-staging/release.journal.jsonl', '');
    expect((await makeRun()).code).toBe(2);
  });

  test('is written as Jupyter writes it, with what the kernel says of its language, so that opening changes nothing', async () => {
    await makeRun();
    const text = readFileSync(join(sandbox.folder, 'runs/2.4.0-staging/release.ipynb'), 'utf8');
    const { metadata } = JSON.parse(text) as Notebook;
    expect(metadata['language_info']).toEqual(LANGUAGE_INFO);
    expect(Object.keys(metadata)).toEqual(Object.keys(metadata).sort());
    expect(text).toMatch(/^\{\n "cells": \[\n {2}\{\n/);
  });

  test('is live in a production environment and a rehearsal elsewhere, unless the person says otherwise', async () => {
    const modeIn = async (environment: string, ...more: string[]) => {
      const folder = `runs/${environment}-${more.length}`;
      await sandbox.launchbook(
        'new',
        'release.ipynb',
        '--release',
        '2.4.0',
        '--env',
        environment,
        '--out',
        folder,
        ...more
      );
      return runOf(read(`${folder}/release.ipynb`))?.mode;
    };
    expect([
      await modeIn('staging'),
      await modeIn('production'),
      await modeIn('staging', '--mode', 'live'),
      await modeIn('production', '--mode', 'dry-run')
    ]).toEqual(['rehearsal', 'live', 'live', 'dry-run']);
  });

  test('a rehearsal in production, whose effects would be real without the questions of a live run', async () => {
    const args = ['--release', '2.4.0', '--env', 'production', '--mode'];
    const { code, stderr } = await sandbox.launchbook('new', 'release.ipynb', ...args, 'rehearsal');
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--mode is "rehearsal", and production is a production environment: a rehearsal has real effects without the questions of a live run.\nTake --mode dry-run to see what would be done, or --env with a lower environment.\n'
    );
    expect(existsSync(join(sandbox.folder, 'runs'))).toBe(false);
    expect((await sandbox.launchbook('new', 'release.ipynb', ...args, 'dry-run')).code).toBe(0);
  });

  test('parameters that are not as launchbook.yml declares them', async () => {
    sandbox.write('launchbook.yml', `${ENVIRONMENTS}\nparameters:\n  batch: { type: number, maximum: 5 }\n`);
    sandbox.commit();
    const { code, stderr } = await makeRun('--param', 'batch=9');
    expect(code).not.toBe(0);
    expect(stderr).toContain("The parameter 'batch' is 9 (a number), expected a number, at most 5.");
    expect(existsSync(join(sandbox.folder, 'runs'))).toBe(false);
    expect((await makeRun('--param', 'batch=5')).code).toBe(0);
  });

  test('every fault at once: names, environment, mode and parameters', async () => {
    const args = [
      '--release',
      '2.4/0',
      '--env',
      'stagin',
      '--mode',
      'life',
      '--param',
      'bach=2',
      '--param',
      'batch=two'
    ];
    const { code, stderr } = await sandbox.launchbook('new', 'release.ipynb', ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/5 faults/);
    expect(stderr).toMatch(/--release is "2\.4\/0"/);
    expect(stderr).toMatch(/launchbook\.yml has staging, production\. Did you mean 'staging'\?/);
    expect(stderr).toMatch(/--mode is "life".*Did you mean 'live'\?/);
    expect(stderr).toMatch(/no parameter "bach".*Did you mean 'batch'\?/);
    expect(stderr).toMatch(/parameter "batch" is "two": expected a number/);
    expect(existsSync(join(sandbox.folder, 'runs'))).toBe(false);
  });

  test.each([
    ['there is no launchbook.yml', (box: Sandbox) => box.write('launchbook.yml', ''), /has none/],
    [
      'the template is a run',
      (box: Sandbox) =>
        box.write('release.ipynb', {
          ...TEMPLATE,
          metadata: { launchbook: { run: { id: 'x', environment: 'y' } } }
        }),
      /a run itself/
    ],
    [
      'the template is older than nbformat 4.5',
      (box: Sandbox) => box.write('release.ipynb', { ...TEMPLATE, nbformat_minor: 4 }),
      /its format is 4\.4/
    ],
    ['the template is no notebook', (box: Sandbox) => box.write('release.ipynb', '{}'), /no list of cells/],
    [
      'the template is no JSON',
      // Of a file that was written just now a whole text would be awaited.
      (box: Sandbox) => utimesSync(box.write('release.ipynb', 'text'), 1, 1),
      /Reading release\.ipynb/
    ]
  ])('when %s', async (_, spoil, reason) => {
    spoil(sandbox);
    const { code, stderr } = await makeRun();
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
  });

  test('when the template does not exist or an option is missing', async () => {
    expect(await sandbox.launchbook('new', 'none.ipynb', '--release', '1', '--env', 'staging')).toMatchObject(
      {
        code: 2,
        stderr: expect.stringMatching(/none\.ipynb: there is no such file/)
      }
    );
    expect(await sandbox.launchbook('new', 'release.ipynb', '--env', 'staging')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--release/)
    });
  });
});

describe('A template with guesses of an import', () => {
  const guess = {
    ...TEMPLATE.cells[1],
    id: 'guess',
    metadata: { tags: ['imported-guess'] },
    source: '// Guessed from “Deploy”: check this.\n1;'
  };
  const inProduction = (...more: string[]) =>
    sandbox.launchbook('new', 'guessed.ipynb', '--release', '2.4.0', '--env', 'production', ...more);

  beforeEach(() => {
    sandbox.write('guessed.ipynb', { ...TEMPLATE, cells: [...TEMPLATE.cells, guess] });
    sandbox.commit();
  });

  test('is refused in live production, and names them', async () => {
    const { code, stderr } = await inProduction();
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('1 guess of an import is left: guess (Guessed from “Deploy”: check this.)')
    ]);
    expect((await inProduction('--with-guesses', 'short')).stderr).toContain('--with-guesses is "short"');
  });

  test('makes a run with a reason, which is recorded and a deviation', async () => {
    expect((await inProduction('--with-guesses', 'Nobody is awake to look')).code).toBe(0);
    const run = runOf(read('runs/2.4.0-production/guessed.ipynb'));
    expect(run?.guesses).toEqual({ count: 1, reason: 'Nobody is awake to look' });
    const report = await sandbox.launchbook(
      'report',
      'runs/2.4.0-production/guessed.ipynb',
      '--format',
      'md'
    );
    expect([report.code, report.stdout]).toEqual([0, expect.stringContaining('Nobody is awake to look')]);
  });

  test('is rehearsed and run dry without a question', async () => {
    expect((await inProduction('--mode', 'dry-run')).code).toBe(0);
    const rehearsal = await sandbox.launchbook(
      'new',
      'guessed.ipynb',
      '--release',
      '2.4.0',
      '--env',
      'staging'
    );
    expect(rehearsal.code).toBe(0);
    expect(runOf(read('runs/2.4.0-staging/guessed.ipynb'))?.guesses).toBeUndefined();
  });
});
