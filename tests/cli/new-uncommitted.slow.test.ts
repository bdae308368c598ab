// `launchbook new` of what no commit holds as it is: refused, or recorded when a person allows it, however it came to be so.
import { mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { runOf } from '../../contract/notebook/notebook.js';
import { ENVIRONMENTS, makeSandbox, TEMPLATE, type Sandbox } from './launchbook.js';

let sandbox: Sandbox;
let elsewhere: string;

const CHANGED = { ...TEMPLATE, cells: TEMPLATE.cells.slice(0, 2) };
const [PREPARE, PARAMETERS] = TEMPLATE.cells;
const IMPORTING = {
  ...TEMPLATE,
  cells: [PREPARE, { ...PARAMETERS, source: "import { rows } from '#data';\nrows();" }]
};

beforeEach(() => {
  elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'launchbook-elsewhere-')));
  sandbox = makeSandbox();
  sandbox.write('release.ipynb', TEMPLATE);
  sandbox.write('importing.ipynb', IMPORTING);
  sandbox.write('package.json', { type: 'module', imports: { '#data': './modules/data.ts' } });
  sandbox.write('modules/data.ts', "export { rows } from './rows.ts';\n");
  sandbox.write('modules/rows.ts', 'export const rows = () => 1;\n');
  sandbox.write('launchbook.yml', ENVIRONMENTS);
  sandbox.git('init', '--template=', '--quiet', '--initial-branch=main');
  sandbox.commit();
});

afterEach(() => {
  sandbox.remove();
  rmSync(elsewhere, { recursive: true, force: true });
});

const make = (template: string, ...more: string[]) =>
  sandbox.launchbook('new', template, '--release', '2.4.0', '--env', 'staging', '--out', 'made', ...more);
const madeRun = (template: string) =>
  runOf(
    JSON.parse(readFileSync(join(sandbox.folder, 'made', template.split('/').at(-1)!), 'utf8')) as Notebook
  );

/** Makes it so, and names the template. */
type Story = (box: Sandbox) => string;

test.each<[string, Story, RegExp, string[], boolean]>([
  [
    'was copied and never added',
    box => {
      box.write('other.ipynb', TEMPLATE);
      return 'other.ipynb';
    },
    /other\.ipynb was never committed/,
    ['other.ipynb'],
    false
  ],
  [
    'is ignored',
    box => {
      box.write('.gitignore', 'other.ipynb\n');
      box.write('other.ipynb', TEMPLATE);
      return 'other.ipynb';
    },
    /other\.ipynb was never committed/,
    ['other.ipynb'],
    false
  ],
  [
    'is added and not committed',
    box => {
      box.write('nested/other.ipynb', TEMPLATE);
      box.git('add', '.');
      return 'nested/other.ipynb';
    },
    /nested\/other\.ipynb was never committed/,
    ['nested/other.ipynb'],
    false
  ],
  [
    'is in a branch that is not checked out alone',
    box => {
      box.git('switch', '--quiet', '--create', 'else');
      box.write('other.ipynb', TEMPLATE);
      box.commit();
      box.git('switch', '--quiet', 'main');
      box.write('other.ipynb', TEMPLATE);
      return 'other.ipynb';
    },
    /other\.ipynb was never committed/,
    ['other.ipynb'],
    false
  ],
  [
    'has a change that git status was told not to see',
    box => {
      box.git('update-index', '--assume-unchanged', 'release.ipynb');
      box.write('release.ipynb', CHANGED);
      return 'release.ipynb';
    },
    /release\.ipynb has changes that are not committed/,
    ['release.ipynb'],
    false
  ],
  [
    'has a change that is staged',
    box => {
      box.write('release.ipynb', CHANGED);
      box.git('add', '.');
      return 'release.ipynb';
    },
    /release\.ipynb has changes that are not committed/,
    ['release.ipynb'],
    false
  ],
  [
    'stands outside of the repository of the run',
    () => {
      writeFileSync(join(elsewhere, 'other.ipynb'), JSON.stringify(TEMPLATE));
      return join(elsewhere, 'other.ipynb');
    },
    /other\.ipynb was never committed/,
    ['other.ipynb'],
    false
  ],
  [
    'is a link to a file outside of the repository',
    box => {
      writeFileSync(join(elsewhere, 'other.ipynb'), JSON.stringify(TEMPLATE));
      symlinkSync(join(elsewhere, 'other.ipynb'), join(box.folder, 'other.ipynb'));
      box.commit();
      return 'other.ipynb';
    },
    /other\.ipynb was never committed/,
    ['other.ipynb'],
    false
  ],
  [
    'is in a repository without a commit',
    box => {
      rmSync(join(box.folder, '.git'), { recursive: true });
      box.git('init', '--template=', '--quiet');
      return 'release.ipynb';
    },
    /release\.ipynb was never committed/,
    ['release.ipynb', 'launchbook.yml'],
    false
  ],
  [
    'is in a repository that git cannot read',
    box => {
      renameSync(join(box.folder, '.git/HEAD'), join(box.folder, '.git/HEAD.lost'));
      return 'release.ipynb';
    },
    /release\.ipynb stands in a git repository that git cannot read/,
    ['release.ipynb', 'launchbook.yml'],
    false
  ],
  [
    'has a launchbook.yml that was never committed',
    box => {
      box.git('rm', '--quiet', '--cached', 'launchbook.yml');
      box.git('commit', '--quiet', '--message', 'Without rules');
      return 'release.ipynb';
    },
    /launchbook\.yml was never committed/,
    ['launchbook.yml'],
    true
  ],
  [
    'has a launchbook.yml with a change',
    box => {
      box.write('launchbook.yml', `${ENVIRONMENTS}\n`);
      return 'release.ipynb';
    },
    /launchbook\.yml has changes that are not committed/,
    ['launchbook.yml'],
    true
  ],
  [
    'imports a file with a change',
    box => {
      box.write('modules/data.ts', "export { rows } from './rows.ts'; // better\n");
      return 'importing.ipynb';
    },
    /modules\/data\.ts has changes that are not committed/,
    ['modules/data.ts'],
    true
  ],
  [
    'imports a file that imports one with a change',
    box => {
      box.write('modules/rows.ts', 'export const rows = () => 2;\n');
      return 'importing.ipynb';
    },
    /modules\/rows\.ts has changes that are not committed/,
    ['modules/rows.ts'],
    true
  ]
])('a template that %s is refused, or recorded as it is', async (_name, story, refusal, paths, hasCommit) => {
  const template = story(sandbox);
  const refused = await make(template);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(refusal) });
  expect(existsSync(join(sandbox.folder, 'made'))).toBe(false);
  const allowed = await make(template, '--uncommitted');
  expect(allowed).toMatchObject({ code: 0, stderr: expect.stringMatching(refusal) });
  const run = madeRun(template);
  expect(run?.uncommitted).toEqual(paths);
  expect(run?.commit !== null).toBe(hasCommit);
});

test.each(['release.ipynb', 'importing.ipynb'])(
  '%s is committed with all that it brings along',
  async template => {
    expect((await make(template)).code).toBe(0);
    expect(madeRun(template)).not.toHaveProperty('uncommitted');
  }
);

test('a change that a filter of git takes out again is none', async () => {
  sandbox.write('.gitattributes', '*.ipynb filter=x\n');
  sandbox.git('config', 'filter.x.clean', "sed 's/ for rehearsals//'");
  sandbox.git('add', '--renormalize', '.');
  sandbox.commit();
  expect((await make('release.ipynb')).code).toBe(0);
});

test('where there is no git at all, nothing is asked for', async () => {
  rmSync(join(sandbox.folder, '.git'), { recursive: true });
  sandbox.write('made/launchbook.yml', ENVIRONMENTS);
  expect((await make('release.ipynb')).code).toBe(0);
  expect(madeRun('release.ipynb')).not.toHaveProperty('uncommitted');
});

test('a reset run knows what it is made of now', async () => {
  sandbox.write('release.ipynb', CHANGED);
  await make('release.ipynb', '--uncommitted');
  sandbox.commit('The change');
  await sandbox.launchbook('reset', 'made/release.ipynb', '--latest');
  expect(madeRun('release.ipynb')).not.toHaveProperty('uncommitted');
  sandbox.write('launchbook.yml', `${ENVIRONMENTS}\n`);
  await sandbox.launchbook('reset', 'made/release.ipynb');
  expect(madeRun('release.ipynb')?.uncommitted).toEqual(['launchbook.yml']);
});
