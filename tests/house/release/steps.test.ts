// The steps of a release: one version everywhere, the address of the repository in the packages, and pinned actions.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../root.js';

interface Steps {
  readonly checkVersion: (tag: string, folder: string) => string;
  readonly stampRepository: (folder: string, address: string) => string;
  readonly unpinnedIn: (text: string) => readonly string[];
}

const step = async (name: string): Promise<Steps> =>
  (await import(join(root, 'scripts/release', name))) as Steps;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-release-'));
  const files = ['package.json', 'pyproject.toml', 'contract/base/version.ts', 'CHANGELOG.md', 'README.md'];
  for (const path of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

test('A release has one version everywhere, a heading that says so, and the run that it wrote', async () => {
  const { checkVersion } = await step('check-version.mjs');
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  writeFileSync(join(folder, 'CHANGELOG.md'), read('CHANGELOG.md').replace(/^## .+$/m, `## ${version}`));
  mkdirSync(join(folder, 'tests', 'replay', version), { recursive: true });
  expect(checkVersion(`v${version}`, folder)).toBe(version);

  writeFileSync(join(folder, 'CHANGELOG.md'), `# Changes\n\n## ${version} (unreleased)\n`);
  rmSync(join(folder, 'tests'), { recursive: true });
  const hintOf = (): string => {
    try {
      return checkVersion('9.9.9', folder);
    } catch (error) {
      return (error as { readonly hint: string }).hint;
    }
  };
  expect(hintOf().split('\n')).toEqual([
    `the tag is 9.9.9, expected v${version}`,
    `the tag says 9.9.9, expected ${version}`,
    `CHANGELOG.md says ${version} (unreleased), expected ${version}`,
    `tests/replay/${version} is not there: what this version writes must stay readable`
  ]);
});

test('The packages name the repository, and the README has whole addresses alone; a second time changes nothing more', async () => {
  const { stampRepository } = await step('stamp-repository.mjs');
  const address = 'https://example.org/acme/launchbook';
  stampRepository(folder, address);
  expect(JSON.parse(read('package.json'))).toMatchObject({
    repository: { type: 'git', url: `git+${address}.git` },
    bugs: { url: `${address}/issues` }
  });
  const project = read('pyproject.toml');
  expect(project.match(/^"?(Homepage|Documentation|Source Code|Bug Tracker|Changelog)"? = /gm)).toHaveLength(
    5
  );
  const readme = read('README.md');
  expect([...readme.matchAll(/\]\((?!https?:|#)[^)]+\)/g)]).toEqual([]);
  expect(readme).toMatch(
    /!\[[^\]]+\]\(https:\/\/example\.org\/acme\/launchbook\/raw\/v[\d.]+\/docs\/images\//
  );
  const before = [read('package.json'), project, readme];
  stampRepository(folder, address);
  expect([read('package.json'), read('pyproject.toml'), read('README.md')]).toEqual(before);
  expect(() => stampRepository(folder, 'github.com/acme')).toThrow('is no address of a repository');
});

test('Each action of the workflows is named by the hash of its commit, with its version', async () => {
  const { unpinnedIn } = await step('check-workflows.mjs');
  const texts = readdirSync(join(root, '.github/workflows')).map(name =>
    readFileSync(join(root, '.github/workflows', name), 'utf8')
  );
  expect(texts.flatMap(unpinnedIn)).toEqual([]);
  expect(unpinnedIn('- uses: actions/checkout@v7\n- uses: ./own\n')).toEqual(['uses: actions/checkout@v7']);
});
