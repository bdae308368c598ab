// `launchbook init`: an empty folder or an existing repository becomes one that runbooks can live in.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSandbox, type Sandbox } from './launchbook.js';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = makeSandbox();
});

afterEach(() => sandbox.remove());

function textAt(path: string): string {
  return readFileSync(join(sandbox.folder, path), 'utf8');
}

describe('`init`', () => {
  test('makes an empty folder a repository in which a run can be made at once', async () => {
    expect(sandbox.spawn('init').code).toBe(0);
    sandbox.commit('Begin');
    const made = await sandbox.launchbook(
      'new',
      'release.ipynb',
      '--release',
      '1.1.0',
      '--env',
      'production'
    );
    expect(made).toEqual({ code: 0, stdout: 'runs/1.1.0-production/release.ipynb\n', stderr: '' });
    const { run } = (JSON.parse(textAt('runs/1.1.0-production/release.ipynb')) as Made).metadata.launchbook;
    expect(run).toMatchObject({ mode: 'live', parameters: { release: '1.1.0', previousRelease: '1.0.0' } });
  });

  test('says in its help that it makes a git repository when there is none', async () => {
    expect((await sandbox.launchbook('init', '--help')).stdout.replace(/\s+/g, ' ')).toContain(
      'Makes a git repository when there is none.'
    );
  });

  test('changes nothing when it is done again', async () => {
    await sandbox.launchbook('init');
    sandbox.commit('Begin');
    const { code, stdout } = await sandbox.launchbook('init');
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/written|extended/);
    expect(sandbox.git('status', '--porcelain')).toBe('');
  });

  test('keeps the files of an existing repository and extends its lists', async () => {
    sandbox.git('init', '--quiet', '--initial-branch=trunk');
    sandbox.write('launchbook.yml', 'environments:\n  test: {}\n');
    sandbox.write('.gitignore', 'build/');
    const { stdout } = await sandbox.launchbook('init', '--json');
    const { files, isNewRepository } = JSON.parse(stdout) as {
      files: { path: string; change: string }[];
      isNewRepository: boolean;
    };
    expect(isNewRepository).toBe(false);
    expect(Object.fromEntries(files.map(file => [file.path, file.change]))).toEqual({
      'launchbook.yml': 'kept',
      'release.ipynb': 'written',
      'runs/README.md': 'written',
      'nbdime_config.json': 'written',
      '.gitattributes': 'written',
      '.gitignore': 'extended'
    });
    expect(textAt('launchbook.yml')).toBe('environments:\n  test: {}\n');
    expect(textAt('.gitignore')).toMatch(/^build\/\n\n#.*\n\.launchbook\/\n/);
    expect(sandbox.git('branch', '--show-current')).toBe('trunk');
  });

  test('ignores what must not be committed', async () => {
    await sandbox.launchbook('init');
    for (const path of ['.venv/bin/jupyter', 'node_modules/x/index.js', '.env', '.launchbook/a.jsonl']) {
      sandbox.write(path, 'x');
    }
    sandbox.commit('Begin');
    expect(sandbox.git('ls-files')).not.toMatch(/venv|node_modules|\.env|\.launchbook/);
  });

  test('lets no line ending and no merge touch a journal', async () => {
    await sandbox.launchbook('init');
    sandbox.git('config', 'core.autocrlf', 'true');
    const attributes = sandbox.git('check-attr', 'text', 'merge', '--', 'runs/a/release.journal.jsonl');
    expect(attributes).toMatch(/text: unset\n.*merge: unset/);
    const journal = sandbox.write('runs/a/release.journal.jsonl', '{"seq":1}\n{"seq":2}\n');
    sandbox.commit('Archive');
    sandbox.git('rm', '--quiet', '--cached', '-r', '.');
    sandbox.git('reset', '--quiet', '--hard');
    expect(readFileSync(journal, 'utf8')).toBe('{"seq":1}\n{"seq":2}\n');
  });

  test('configures nbdime for differences when it is installed, and says what is shown when it is not', async () => {
    mkdirSync(join(sandbox.folder, 'bin'));
    expect((await sandbox.launchbook('init')).stderr).toMatch(/nbdime is not installed/);
    const driver = ['config', 'diff.jupyternotebook.command'];
    expect(sandbox.git(...driver)).toBe('');
    sandbox.write('bin/git-nbdiffdriver', '#!/bin/sh\n');
    const equipped = makeSandbox({ PATH: `${join(sandbox.folder, 'bin')}:${process.env['PATH']}` });
    expect((await equipped.launchbook('init')).stderr).toBe('');
    expect(equipped.git(...driver)).toBe('git-nbdiffdriver diff');
    equipped.remove();
  });

  test('tells git in this clone to merge notebooks with the command that was called', async () => {
    await sandbox.launchbook('init');
    expect(sandbox.git('check-attr', 'merge', '--', 'release.ipynb')).toBe(
      'release.ipynb: merge: launchbook'
    );
    const driver = sandbox.git('config', 'merge.launchbook.driver');
    expect(driver).toContain(join('lib', 'cli', 'main.js'));
    expect(driver).toMatch(/ merge %O %A %B %L %P; else git merge-file /);
  });

  test('puts its lines behind those that another program has added since, and keeps those', async () => {
    await sandbox.launchbook('init');
    const merging = () => sandbox.git('check-attr', 'merge', '--', 'release.ipynb', 'runs/a/release.ipynb');
    const attributes = join(sandbox.folder, '.gitattributes');
    const before = readFileSync(attributes, 'utf8');
    // As `nbdime config-git --enable` writes it.
    writeFileSync(attributes, `${before}\n*.ipynb\tmerge=jupyternotebook\n`);
    expect(merging()).toMatch(/jupyternotebook\n.*jupyternotebook$/);
    const doctor = JSON.parse((await sandbox.launchbook('doctor', '--json')).stdout) as {
      findings: { what: string; seen: string }[];
    };
    expect(doctor.findings).toContainEqual(
      expect.objectContaining({ what: 'merges of notebooks', seen: 'git merges them with "jupyternotebook"' })
    );
    await sandbox.launchbook('init');
    expect(merging()).toMatch(/launchbook\n.*unset$/);
    expect(readFileSync(attributes, 'utf8')).toMatch(/^\*\.ipynb\tmerge=jupyternotebook\n\n# Runbooks/);
    expect((await sandbox.launchbook('init')).stdout).toContain('kept      .gitattributes');
  });

  test('writes the plain word into the driver when launchbook is on the PATH', async () => {
    sandbox.write('bin/launchbook', '#!/bin/sh\n');
    const equipped = makeSandbox({ PATH: `${join(sandbox.folder, 'bin')}:${process.env['PATH']}` });
    await equipped.launchbook('init');
    expect(equipped.git('config', 'merge.launchbook.driver')).toMatch(/^if command -v launchbook >/);
    equipped.remove();
  });
});

interface Made {
  readonly metadata: { readonly launchbook: { readonly run: object } };
}
