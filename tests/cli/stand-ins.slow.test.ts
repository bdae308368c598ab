// A pipe, a device, a link to another person's file or a huge file in the place of each file of a run: every command that reads it ends
// with what it is, and shows nothing of what is in it.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { journalText } from '../lifecycle/journal-text.js';
import { ASKED, RUN } from '../lifecycle/status/summaries.js';
import { ENVIRONMENTS, makeSandbox, TEMPLATE, type Sandbox } from './launchbook.js';

const PRIVATE = 'root:x:0:0:root:/root';
const RUN_FOLDER = 'repository/runs/2.4.0';

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = makeSandbox();
  sandbox.write('private', `${PRIVATE}\n  ${PRIVATE}: [\n`);
  sandbox.write('repository/launchbook.yml', ENVIRONMENTS);
  sandbox.write('repository/release.ipynb', TEMPLATE);
  execFileSync('git', ['init', '--quiet', join(sandbox.folder, 'repository')]);
  sandbox.write(`${RUN_FOLDER}/release.ipynb`, { ...TEMPLATE, metadata: { launchbook: { run: RUN } } });
  sandbox.write(`${RUN_FOLDER}/release.journal.jsonl`, journalText(ASKED));
});
afterAll(() => sandbox.remove());

const STAND_INS: { readonly [what: string]: (path: string) => void } = {
  'a pipe': path => execFileSync('mkfifo', [path]),
  'a device': path => symlinkSync('/dev/zero', path),
  "a link to another person's file": path => symlinkSync(join(sandbox.folder, 'private'), path),
  'a file of 600 MiB': path => {
    writeFileSync(path, '');
    truncateSync(path, 600 * 1024 ** 2);
  }
};

const READERS: readonly (readonly [file: string, ...args: string[]])[] = [
  ['repository/launchbook.yml', 'lint', 'repository/release.ipynb'],
  ['repository/launchbook.yml', 'new', 'repository/release.ipynb', '--release', '1', '--env', 'staging'],
  ['repository/launchbook.yml', 'verify', `${RUN_FOLDER}/release.ipynb`],
  [`${RUN_FOLDER}/release.ipynb`, 'status', `${RUN_FOLDER}/release.ipynb`],
  [`${RUN_FOLDER}/release.ipynb`, 'verify', `${RUN_FOLDER}/release.ipynb`],
  [`${RUN_FOLDER}/release.journal.jsonl`, 'status', `${RUN_FOLDER}/release.ipynb`],
  [`${RUN_FOLDER}/release.journal.jsonl`, 'approve', `${RUN_FOLDER}/release.ipynb`],
  [`${RUN_FOLDER}/release.journal.jsonl`, 'verify', `${RUN_FOLDER}/release.ipynb`],
  [`${RUN_FOLDER}/release.archive.json`, 'verify', `${RUN_FOLDER}/release.ipynb`],
  [`${RUN_FOLDER}/release.approvals/a.token`, 'verify', `${RUN_FOLDER}/release.ipynb`],
  ['repository/allowed_signers', 'verify', `${RUN_FOLDER}/release.ipynb`]
];

test.each(READERS.flatMap(([file, ...args]) => Object.keys(STAND_INS).map(what => ({ what, file, args }))))(
  '$what as $file: $args.0 ends and shows nothing of it',
  async ({ what, file, args }) => {
    const path = join(sandbox.folder, file);
    const kept = `${path}.kept`;
    mkdirSync(dirname(path), { recursive: true });
    const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
    if (isThere) {
      renameSync(path, kept);
    }
    STAND_INS[what]!(path);
    try {
      const { code, stdout, stderr } = await sandbox.launchbook(...args);
      expect(stdout + stderr).not.toMatch(/root|an error that should not happen/);
      expect(stdout + stderr).toMatch(/Reading|there is no such file|is no notebook/);
      expect(code).not.toBe(0);
    } finally {
      rmSync(path);
      if (isThere) {
        renameSync(kept, path);
      }
    }
  }
);

test('what Launchbook makes for a run is readable by its owner alone; a file that is there keeps its mode', async () => {
  const { stdout } = await sandbox.launchbook(
    'new',
    'repository/release.ipynb',
    '--release',
    '1',
    '--env',
    'staging',
    '--uncommitted'
  );
  const path = join(sandbox.folder, stdout.trim());
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toContain('"run"');
});
