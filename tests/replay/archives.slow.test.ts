// Archives that released versions made are verified for ever, untouched, with their signatures: each was made by running a runbook
// with that version, two people signing the decision on its hold point. The keys were thrown away.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { signersAt } from '../../lifecycle/signers/allowed-signers.js';
import { SignatureChecks } from '../../record/decisions/signature-checks.js';
import { verifyRun } from '../../lifecycle/verify/verify-run.js';
import { readRun } from '../../lifecycle/notebook/read-run.js';
import { readToken } from '../../record/signature/token.js';
import { root } from '../house/root.js';

const RELEASES = join(root, 'tests', 'replay');
const VERSIONS = readdirSync(RELEASES, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

const archiveOf = (version: string): string => join(RELEASES, version, 'archive', 'release.ipynb');

test('there is an archive of every released version', () => {
  expect(VERSIONS).toEqual(['0.1.0']);
});

describe.each(VERSIONS)('the archive of version %s', version => {
  test('holds, with every record, approval and signature that it had', async () => {
    expect(await verifyRun(archiveOf(version))).toEqual({
      place: archiveOf(version),
      holds: true,
      findings: [],
      notes: [
        'What was asked about “QA sign-off” was recorded by an older version: it is bound to its phase alone, and a signature names no request.',
        '“QA sign-off”: Four eyes cannot be kept for certain: root drives and is only claimed, so nobody can be sure that somebody else decides.'
      ],
      notCovered: expect.arrayContaining([expect.stringMatching(/^the outcomes, outputs and times of/)]),
      signedBy: null,
      run: '1.1.0-staging-5efa7f',
      records: 42,
      cells: 13,
      approvals: 1,
      unreleased: 0,
      signatures: 2,
      isArchived: true
    });
  });

  test('was signed by the two people that its allowed_signers name', async () => {
    const { state } = readRun(archiveOf(version));
    const checks = new SignatureChecks(signersAt(archiveOf(version)));
    const decisions = Object.values(state.approvals).flatMap(approval => approval.decisions);
    expect(decisions.map(({ by }) => by.username)).toEqual(['quinn', 'omar']);
    for (const { signature } of decisions) {
      expect(await checks.verdictOn(readToken(signature!.token))).toMatchObject({
        kind: 'good',
        key: signature!.key
      });
    }
  });
});
