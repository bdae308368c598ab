// Whoever rewrites what an approval was asked with, and puts a mask into it, is told from an untouched archive all the same.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signersAt } from '../../../lifecycle/signers/allowed-signers.js';
import type { ArchiveFiles, Verification } from '../../../lifecycle/findings/verification.js';
import { verifyArchive } from '../../../lifecycle/verify/verify-archive.js';
import { SignatureChecks } from '../../../record/decisions/signature-checks.js';
import { sha256 } from '../../../record/hash.js';
import { makeSigners, type Signers } from '../../run/signers.js';
import { makeRepository, type Repository } from '../executed-run.js';
import {
  changeDecision,
  filesOf,
  forge,
  makeSignedArchive,
  type Decided,
  type TimedBody
} from './signed-archive.js';

let signers: Signers;
let repository: Repository;
let files: ArchiveFiles;
let checks: SignatureChecks;

beforeAll(async () => {
  signers = makeSigners(['quinn', 'omar', 'ann']);
  repository = await makeRepository();
  const path = await makeSignedArchive(repository, signers);
  files = filesOf(path);
  checks = new SignatureChecks(signersAt(path));
});

afterAll(() => {
  repository.remove();
  signers.remove();
});

const forged = (change: Parameters<typeof forge>[1]): Promise<Verification> =>
  verifyArchive(forge(files, change), checks);
const codesOf = ({ findings }: Verification): string[] => findings.map(({ code }) => code);

test('Untouched it holds', async () => {
  expect((await forged(bodies => bodies)).findings).toEqual([]);
});

describe('It does not hold with', () => {
  test.each([
    ['the question', { question: 'Shall we have tea? «secret X»' }],
    ['the evidence', { evidence: [{ label: 'Services', text: 'orders down «secret X»' }] }],
    ['both, and a label', { question: '«secret X»', evidence: [{ label: '«secret X»', text: '«secret X»' }] }]
  ])('%s replaced by a text that holds a mask', async (_, shown) => {
    const result = await forged(bodies =>
      bodies.map(body =>
        body.kind === 'approval-requested' ? { ...body, request: { ...body.request, ...shown } } : body
      )
    );
    expect(codesOf(result)).toEqual(['approval.other_content']);
  });

  test('question, evidence and the approved cell replaced, with hashes that fit, and a mask among them', async () => {
    const result = await forged(bodies =>
      bodies.map(body => {
        if (body.kind !== 'approval-requested') {
          return body;
        }
        const question = 'Shall we have tea? «secret X»';
        const cells = body.binding!.cells.map(cell => ({ ...cell, hashes: ['f'.repeat(64)] }));
        const binding = { ...body.binding!, cells, question: sha256(question) };
        return { ...body, request: { ...body.request, question }, binding };
      })
    );
    expect(codesOf(result)).toContain('approval.other_content');
    const [first] = result.findings.filter(({ code }) => code === 'approval.other_content');
    expect(first!.text).toMatch(/than its hash was taken over: its parts$/);
  });

  test('a signed comment or answer replaced by one that holds a mask', async () => {
    for (const other of [{ comment: 'No «secret X»' }, { values: { note: '«secret X»' } }]) {
      const change = (body: Decided): TimedBody => ({ ...body, decision: { ...body.decision, ...other } });
      expect(codesOf(await forged(changeDecision('omar', change)))).toContain('signature.other_decision');
    }
  });

  test('a rejection that was made a withdrawal, and an end that nobody can give', async () => {
    const ended = (status: string) =>
      forged(
        changeDecision('omar', ({ at, approval }) => ({
          kind: 'approval-closed',
          at,
          approval,
          status: status as 'stale',
          reason: ''
        }))
      );
    expect(codesOf(await ended('approved'))).toEqual(
      expect.arrayContaining(['approval.bad_end', 'step.ran_locked'])
    );
  });
});
