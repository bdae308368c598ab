// What no signature covers is named, unless the tag of the archive is signed: then every byte of it is.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { verifyRun } from '../../../lifecycle/verify/verify-run.js';
import { makeSigners, type Signers } from '../../run/signers.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';
import { makeSignedArchive } from './signed-archive.js';

let signers: Signers;
let repository: Repository;
let path: string;

beforeAll(async () => {
  signers = makeSigners(['quinn', 'omar', 'ann']);
  repository = await makeRepository();
  path = await makeSignedArchive(repository, signers);
});

afterAll(() => {
  repository.remove();
  signers.remove();
});

/** Sets git up to sign with the key of this person. */
function signWith(name: string): void {
  repository.git('config', 'gpg.format', 'ssh');
  repository.git('config', 'user.signingkey', signers.keyOf(name));
}

test('Of a run whose decisions are signed, the rest is named as not covered', async () => {
  expect(await verifyRun(path)).toMatchObject({
    holds: true,
    signedBy: null,
    notCovered: [
      'the outcomes, outputs and times of 6 steps',
      // The step before the hold point, in a phase of its own; that of the parameters is bound.
      'the text of “See what runs now”',
      'who drove'
    ]
  });
});

test('A signed tag covers all of it, also where the files are checked by their path', async () => {
  signWith('ann');
  const { tag, isNew } = await archiveRun(path, { sign: true });
  expect({ tag, isNew }).toEqual({ tag: 'runs/1.1.0-staging.2', isNew: true });
  expect(await archiveRun(path, { sign: true })).toMatchObject({ tag, isNew: false });
  const expected = {
    holds: true,
    notCovered: [],
    signedBy: expect.stringMatching(/^ann, ED25519 key SHA256:/)
  };
  expect(await verifyRun(tag, repository.folder)).toMatchObject(expected);
  expect(await verifyRun(path)).toMatchObject(expected);
});

test('The tag of somebody whom nobody allows covers nothing, and is told of', async () => {
  signWith('mallory');
  const other = await executeRun(repository, { release: '1.2.0' });
  const { tag } = await archiveRun(other, { sign: true });
  const { holds, signedBy, notCovered, notes } = await verifyRun(tag, repository.folder);
  expect({ holds, signedBy, isCovered: notCovered.length === 0 }).toEqual({
    holds: true,
    signedBy: null,
    isCovered: false
  });
  expect(notes).toEqual([expect.stringMatching(/is signed, and nobody can tell here by whom/)]);
});

test('A tag that brings its own allowed signers covers nothing for whoever has another file', async () => {
  signWith('mallory');
  const branch = repository.git('symbolic-ref', '--short', 'HEAD');
  repository.git('switch', '--quiet', '--create', 'forged');
  const key = signers.fingerprintOf('mallory');
  writeFileSync(join(repository.folder, 'allowed_signers'), signers.allowedWith('mallory'));
  repository.commit('Let Mallory in');
  const { tag } = await archiveRun(await executeRun(repository, { release: '1.3.0' }), { sign: true });
  expect(await verifyRun(tag, repository.folder)).toMatchObject({ signedBy: expect.stringContaining(key) });
  repository.git('switch', '--quiet', branch);
  const { signedBy, notes } = await verifyRun(tag, repository.folder);
  expect(signedBy).toBeNull();
  expect(notes).toEqual([expect.stringMatching(/whose key is in no version of allowed_signers/)]);
});

test('A tag whose text was changed under its signature is found', async () => {
  const text = repository
    .git('cat-file', 'tag', 'runs/1.1.0-staging.2')
    .replace('Archive run', 'Archived run');
  writeFileSync(join(repository.folder, 'forged-tag'), `${text}\n`);
  const object = repository.git('hash-object', '-w', '-t', 'tag', '--literally', 'forged-tag');
  repository.git('update-ref', 'refs/tags/runs/1.1.0-staging.2', object);
  const { holds, findings } = await verifyRun('runs/1.1.0-staging.2', repository.folder);
  expect({ holds, codes: findings.map(({ code }) => code) }).toEqual({ holds: false, codes: ['tag.forged'] });
});
