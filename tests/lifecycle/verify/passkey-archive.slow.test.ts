// An archive whose decisions a passkey and a key have signed, as a bundle of git that was made once: `makePasskeyRun` says how, the keys
// were thrown away. It verifies in a clone with git and ssh-keygen alone, twenty years later, after the passkey was ended.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyRun } from '../../../lifecycle/verify/verify-run.js';
import { readToken } from '../../../record/signature/token.js';
import { PAGE } from '../../contract/signature/authenticator.js';
import { root } from '../../house/root.js';

const BUNDLE = join(root, 'tests', 'lifecycle', 'verify', 'golden', 'passkey.bundle');
const RUN = 'runs/2.4.0-staging/release.ipynb';
const TAG = 'runs/2.4.0-staging';

/** Sets the clock of a process of Node to the 30th of November 2046. */
const IN_2046 = `data:text/javascript,${encodeURIComponent(
  'const at = Date.UTC(2046, 10, 30) - Date.now(); const Now = Date;' +
    'globalThis.Date = class extends Now { constructor(...of) { of.length ? super(...of) : super(Now.now() + at); } static now() { return Now.now() + at; } };'
)}`;

let folder: string;
let clone: string;
let tools: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-golden-'));
  tools = join(folder, 'tools');
  mkdirSync(tools);
  for (const program of ['git', 'ssh-keygen']) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), join(tools, program));
  }
  clone = freshClone('clone');
});
afterAll(() => rmSync(folder, { recursive: true }));

function freshClone(name: string): string {
  const path = join(folder, name);
  git(folder, 'clone', '--quiet', BUNDLE, path);
  return path;
}

function git(at: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com'];
  return spawnSync('git', [...identity, ...args], { cwd: at, encoding: 'utf8' }).stdout;
}

function verify(at: string, target: string) {
  const args = ['--import', IN_2046, join(root, 'lib', 'cli', 'main.js'), 'verify', target, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: at,
    encoding: 'utf8',
    env: { PATH: tools, HOME: folder }
  });
  return { status, stderr, ...(JSON.parse(stdout || '{}') as { findings?: readonly { code: string }[] }) };
}

describe('in 2046, with git and ssh-keygen alone', () => {
  test.each([RUN, TAG])('%s holds', target => {
    expect(verify(clone, target)).toMatchObject({ status: 0, holds: true, findings: [], signatures: 2 });
  });

  test('ssh-keygen itself verifies the token at the time that was signed, and not at a time after the key has ended', () => {
    const tokens = join(clone, 'runs', '2.4.0-staging', 'release.approvals');
    const signed = readdirSync(tokens)
      .map(name => readToken(readFileSync(join(tokens, name), 'utf8')))
      .find(({ statement }) => statement.by === 'ann')!;
    writeFileSync(join(folder, 'signature'), signed.signature);
    writeFileSync(join(folder, 'signers'), git(clone, 'show', `${TAG}:allowed_signers`));
    const at = signed.statement.at.slice(0, 19).replace(/[-:T]/g, '');
    const says = (signers: string, time: string): string => {
      const args = ['-Y', 'verify', '-f', signers, '-I', 'ann', '-n', 'launchbook'];
      const { stdout, stderr } = spawnSync(
        'ssh-keygen',
        [...args, '-s', join(folder, 'signature'), `-Overify-time=${time}`],
        { input: signed.text, encoding: 'utf8', env: { PATH: tools } }
      );
      return `${stdout}${stderr}`;
    };
    const good = /^Good "launchbook" signature for ann with ECDSA-SK key /;
    expect(says(join(clone, 'allowed_signers'), `${at}Z`)).toMatch(good);
    expect(says(join(folder, 'signers'), '20461130000000Z')).toMatch(good);
    expect(says(join(clone, 'allowed_signers'), '20461130000000Z')).toContain('key has expired');
  });
});

test('a clone says nothing of the keys, which were named before the question', async () => {
  expect((await verifyRun(join(clone, RUN))).notes.filter(note => note.includes('The key'))).toEqual([]);
});

describe('in other commits', () => {
  /** The files of the archive in a repository whose commits are others. */
  function withOther(name: string, file: string, change: (text: string) => string): string {
    const at = freshClone(name);
    rmSync(join(at, '.git'), { recursive: true });
    writeFileSync(join(at, file), change(readFileSync(join(at, file), 'utf8')));
    git(at, 'init', '--quiet', '--template=');
    git(at, 'add', '.');
    git(at, 'commit', '--quiet', '--message', 'All of it');
    return at;
  }
  const codes = async (at: string): Promise<readonly string[]> =>
    (await verifyRun(join(at, RUN))).findings.map(({ code }) => code);

  test('keys that were named after the question are told', async () => {
    const { notes, holds } = await verifyRun(join(withOther('young-keys', 'launchbook.yml', String), RUN));
    const told = notes.filter(note => note.includes('after “QA sign-off” had been asked about'));
    expect({ holds, told: told.map(note => / of (\w+) came into/.exec(note)?.[1]).sort() }).toEqual({
      holds: true,
      told: ['ann', 'bob']
    });
  });

  test.each<[string, string, (text: string) => string, string]>([
    [
      'where no commit of launchbook.yml has named the page',
      'launchbook.yml',
      text => text.replaceAll(PAGE.origin, 'https://other.example.com'),
      'signature.other_origin'
    ],
    [
      'where launchbook.yml has never named a page',
      'launchbook.yml',
      text => text.replace(/^decide:\n.*\n.*\n/m, ''),
      'signature.other_origin'
    ],
    [
      'where the line of the passkey was deleted from all commits',
      'allowed_signers',
      text => text.slice(text.indexOf('\n') + 1),
      'signature.unknown_key'
    ],
    [
      'where the passkey ended before the decision',
      'allowed_signers',
      text => text.replace('valid-before="20270101"', 'valid-before="20260201"'),
      'signature.unknown_key'
    ]
  ])('it does not hold %s', async (name, file, change, code) => {
    expect(await codes(withOther(name.replaceAll(/\W/g, '-'), file, change))).toContain(code);
  });
});
