// Signed decisions of an archive, verified again by ssh-keygen: what is untouched holds, and whoever writes the whole record again is told
// from it, because nobody can make the signature of somebody else.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from '../../../contract/base/person.js';
import { signersAt } from '../../../lifecycle/signers/allowed-signers.js';
import { SignatureChecks } from '../../../record/decisions/signature-checks.js';
import type { ArchiveFiles, Verification } from '../../../lifecycle/findings/verification.js';
import { verifyArchive } from '../../../lifecycle/verify/verify-archive.js';
import { verifyRun } from '../../../lifecycle/verify/verify-run.js';
import { readToken, writeToken } from '../../../record/signature/token.js';
import { makeSigners, type Signers } from '../../run/signers.js';
import { makeRandom } from '../../random.js';
import { makeRepository, type Repository } from '../executed-run.js';
import {
  changeDecision,
  decisionOf,
  filesOf,
  forge,
  lineOfDecision,
  makeSignedArchive,
  statementOf,
  withToken,
  type Decided,
  type TimedBody
} from './signed-archive.js';
import { rounds } from '../../proof.js';

const CHANGES = rounds({ inTest: 200, inProof: 1000 });
let signers: Signers;
let repository: Repository;
let path: string;
let files: ArchiveFiles;
let checks: SignatureChecks;

beforeAll(async () => {
  signers = makeSigners(['quinn', 'omar', 'ann']);
  repository = await makeRepository();
  path = await makeSignedArchive(repository, signers);
  files = filesOf(path);
  checks = new SignatureChecks(signersAt(path));
});

afterAll(() => {
  repository.remove();
  signers.remove();
});

const verify = (changed: ArchiveFiles): Promise<Verification> => verifyArchive(changed, checks);
const forged = (change: Parameters<typeof forge>[1]): Promise<Verification> => verify(forge(files, change));
const codesOf = ({ findings }: Verification): string[] => findings.map(({ code }) => code);

/** What is found at the line of Omar's decision, which is the one that releases. */
function atOmar({ findings }: Verification): { code: string; text: string }[] {
  const line = lineOfDecision(files, 'omar');
  expect(findings.every(finding => finding.file === 'release.journal.jsonl' && finding.line >= line)).toBe(
    true
  );
  return findings.filter(finding => finding.line === line).map(({ code, text }) => ({ code, text }));
}

/** Another token in Omar's decision, all else as it was. */
async function withOmarsToken(other: Parameters<Signers['sign']>[2], key = 'omar'): Promise<Verification> {
  const decision = decisionOf(files, 'omar');
  const signed = statementOf(decision);
  const token = await signers.sign(
    { name: signed.hold, step: signed.step, content: signed.content },
    'omar',
    {
      ...signed,
      ...other
    },
    key
  );
  return forged(changeDecision('omar', body => withToken(body, token)));
}

describe('Untouched, an archive with signatures holds', () => {
  test('from its files and from its tag, and tells how many were verified', async () => {
    const expected = { holds: true, findings: [], notes: [], signatures: 2, approvals: 1 };
    expect(await verifyRun(path)).toMatchObject(expected);
    expect(await verifyRun('runs/1.1.0-staging', repository.folder)).toMatchObject(expected);
  });

  test('also when the forger changed nothing: linking and sealing again is no change by itself', async () => {
    expect(await forged(bodies => bodies)).toMatchObject({ holds: true, signatures: 2 });
  });

  test('with its signed files committed beside it', () => {
    const names = repository.git('ls-tree', '-r', '--name-only', 'runs/1.1.0-staging').split('\n');
    expect(names).toEqual(
      expect.arrayContaining(['quinn', 'omar'].map(by => `runs/1.1.0-staging/release.approvals/${by}.token`))
    );
  });
});

describe('A signature that does not prove its decision is found, with file and line:', () => {
  test('made with the key of somebody whom nobody allows', async () => {
    const [fault, released] = atOmar(await withOmarsToken({}, 'mallory'));
    expect(fault).toMatchObject({
      code: 'signature.unknown_key',
      text: expect.stringContaining(signers.fingerprintOf('mallory'))
    });
    expect(released).toMatchObject({ code: 'approval.not_carried' });
  });

  test('made with the key of somebody else who is allowed', async () => {
    expect(atOmar(await withOmarsToken({}, 'quinn'))[0]).toMatchObject({ code: 'signature.unknown_key' });
  });

  test('over another text than the one that carries it', async () => {
    const change = (body: Decided): TimedBody => {
      const { text, signature } = readToken(body.decision.signature!.token);
      const edited = text.replace('Tried it', 'Seen it');
      return withToken(body, writeToken(edited, signature), { comment: 'Seen it' });
    };
    expect(atOmar(await forged(changeDecision('omar', change)))[0]).toMatchObject({
      code: 'signature.forged'
    });
  });

  test('swapped with the one of the other person', async () => {
    const result = await forged(
      changeDecision('omar', body => withToken(body, decisionOf(files, 'quinn').decision.signature!.token))
    );
    expect(atOmar(result)[0]).toMatchObject({
      code: 'signature.other_decision',
      text: expect.stringContaining('the person')
    });
  });

  test.each([
    ['over other content', { content: 'f'.repeat(64) }, 'signature.other_content'],
    ['for another hold point', { hold: 'Go-live' }, 'signature.other_hold'],
    ['for another step', { step: 'deploy' }, 'signature.other_hold'],
    ['with the other verdict', { decision: 'rejected' as const }, 'signature.other_decision'],
    ['with another comment', { comment: 'Not tried' }, 'signature.other_decision']
  ])('%s', async (_, other, code) => {
    expect(atOmar(await withOmarsToken(other))[0]!.code).toBe(code);
  });

  test('signed before anybody had asked', async () => {
    const decision = decisionOf(files, 'omar');
    const signed = statementOf(decision);
    const at = '2026-11-21T08:00:00.000Z';
    const token = await signers.sign(
      { name: signed.hold, step: signed.step, content: signed.content },
      'omar',
      {
        ...signed,
        at
      }
    );
    const result = await forged(changeDecision('omar', body => withToken(body, token, { at })));
    expect(atOmar(result)[0]!.code).toBe('signature.other_time');
  });

  test('replayed from another run', async () => {
    const other = filesOf(await makeSignedArchive(repository, signers, '1.2.0'));
    const { signature, at, comment } = decisionOf(other, 'omar').decision;
    const result = await forged(
      changeDecision('omar', body => withToken(body, signature!.token, { at, comment }))
    );
    expect(atOmar(result)[0]).toMatchObject({
      code: 'signature.other_run',
      text: expect.stringContaining('1.2.0-staging-')
    });
  });

  test('counted twice', async () => {
    const quinn = decisionOf(files, 'quinn');
    const result = await forged(changeDecision('omar', body => ({ ...quinn, at: body.at })));
    expect(codesOf(result)).toEqual(expect.arrayContaining(['signature.used', 'decision.not_entitled']));
  });

  test('taken away', async () => {
    const bare = ({ decision: { signature: _, ...decision }, ...body }: Decided): TimedBody => ({
      ...body,
      decision
    });
    expect(atOmar(await forged(changeDecision('omar', bare)))).toMatchObject([
      { code: 'signature.missing' },
      { code: 'approval.not_carried' }
    ]);
  });

  test('recorded with the fingerprint of another key', async () => {
    const change = (body: Decided): TimedBody => ({
      ...body,
      decision: {
        ...body.decision,
        signature: { ...body.decision.signature!, key: signers.fingerprintOf('quinn') }
      }
    });
    expect(atOmar(await forged(changeDecision('omar', change))).map(({ code }) => code)).toEqual([
      // The key of Quinn, who has decided already.
      'decision.not_entitled',
      'signature.other_key'
    ]);
  });
});

describe('A key that was removed since', () => {
  test('is told as such and is no forgery; the tag has its own allowed_signers', async () => {
    const file = join(repository.folder, 'allowed_signers');
    const all = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      all
        .split('\n')
        .filter(line => !line.startsWith('omar'))
        .join('\n')
    );
    repository.commit('Omar has left');
    const result = await verifyRun(path);
    expect(result).toMatchObject({ holds: true, findings: [], signatures: 2 });
    expect(result.notes).toEqual([
      expect.stringMatching(
        /^The key SHA256:\S+ of omar is not in \S*allowed_signers any more; it was at commit/
      )
    ]);
    expect((await verifyRun('runs/1.1.0-staging', repository.folder)).notes).toEqual([]);
    rmSync(file);
    expect(codesOf(await verifyRun(path))).toContain('signature.unchecked');
    writeFileSync(file, all);
    repository.commit('Omar is back');
  });
});

describe('What the policy asked is judged again, also behind sound signatures:', () => {
  const claimed: Person = { username: 'omar', name: 'Omar', grade: 'claimed' };

  test('decisions beside a driver who is only claimed, where four eyes and signatures were asked for', async () => {
    const claimed = (body: TimedBody): TimedBody =>
      body.kind === 'attempt-started' ? { ...body, by: { ...body.by, grade: 'claimed' } } : body;
    const { findings, notes } = await forged(bodies => bodies.map(claimed));
    const refused = findings.filter(({ code }) => code === 'decision.not_entitled').map(({ text }) => text);
    expect(refused).toHaveLength(2);
    expect(refused[0]).toContain('Ann Lee drives and is only claimed');
    expect(notes).toEqual([
      expect.stringMatching(/^“QA sign-off”: Four eyes cannot be kept: .* two signed decisions/)
    ]);
  });

  test('a decision with a key that is the driver’s too', async () => {
    const lines = readFileSync(signers.allowedSigners, 'utf8').replace(/^omar /m, 'omar,ann ');
    const both = { name: 'allowed_signers', content: Buffer.from(lines), earlier: () => Promise.resolve([]) };
    const { findings } = await verifyArchive(files, new SignatureChecks(both));
    expect(findings).toMatchObject([
      { code: 'signature.of_driver', line: lineOfDecision(files, 'omar') },
      { code: 'approval.not_carried' }
    ]);
  });

  test('a decision of a weaker grade', async () => {
    const change = ({ decision: { signature: _, ...decision }, ...body }: Decided): TimedBody => ({
      ...body,
      decision: { ...decision, by: claimed }
    });
    expect(atOmar(await forged(changeDecision('omar', change)))).toMatchObject([
      { code: 'decision.not_entitled', text: expect.stringContaining('needs a decision of grade signed') },
      { code: 'approval.not_carried', text: expect.stringContaining('needs 2 approvals; 1 of 2 count') }
    ]);
  });

  test.each([
    ['the driver', 'ann', /needs somebody else/],
    ['a stranger', 'mallory', /not among those who may decide/]
  ])('a decision of %s', async (_, username, reason) => {
    const change = ({ decision: { signature: _signature, ...decision }, ...body }: Decided): TimedBody => ({
      ...body,
      decision: { ...decision, by: { username, name: username, grade: 'authenticated' } }
    });
    const [first] = atOmar(await forged(changeDecision('omar', change)));
    expect(first).toMatchObject({ code: 'decision.not_entitled', text: expect.stringMatching(reason) });
  });

  test('one decision too few, and steps that ran behind it all the same', async () => {
    const result = await forged(changeDecision('omar', () => null));
    expect(new Set(codesOf(result))).toEqual(new Set(['step.ran_locked']));
    expect(result.findings[0]!.text).toMatch(
      /^begins the step deploy after “QA sign-off”, which was pending$/
    );
  });

  test('no request at all', async () => {
    const result = await forged(bodies => bodies.filter(({ kind }) => !kind.startsWith('approval-')));
    expect(result.findings[0]).toMatchObject({
      code: 'step.ran_locked',
      text: expect.stringContaining('nobody had been asked about')
    });
  });

  test('a release against the policy by somebody who may not', async () => {
    const result = await forged(
      changeDecision('omar', ({ at, approval }) => ({
        kind: 'glass-broken',
        at,
        approval,
        by: claimed,
        reason: 'It had to be done'
      }))
    );
    expect(codesOf(result)).toEqual(['decision.not_entitled']);
  });

  test.each([
    ['question', { question: 'Shall we have tea?' }],
    ['evidence', { evidence: [{ label: 'Services', text: 'orders 1.1.0 down' }] }],
    ['list of evidence', { evidence: [] }]
  ])('another %s than the content hash was taken over', async (_, shown) => {
    const result = await forged(bodies =>
      bodies.map(body =>
        body.kind === 'approval-requested' ? { ...body, request: { ...body.request, ...shown } } : body
      )
    );
    expect(codesOf(result)).toEqual(['approval.other_content']);
  });

  test('a request whose binding was taken away', async () => {
    const result = await forged(bodies =>
      bodies.map(body => {
        if (body.kind !== 'approval-requested') {
          return body;
        }
        const { binding, ...rest } = body;
        expect(binding).toBeDefined();
        return rest;
      })
    );
    expect(codesOf(result)).toEqual(['approval.unbound']);
  });
});

describe('Signed files', () => {
  const changed = (name: string, bytes: Buffer): ArchiveFiles => ({
    ...files,
    tokens: files.tokens.map(file => (file.name === name ? { name, bytes } : file))
  });

  test('that were changed or taken away are found', async () => {
    const [omar, quinn] = files.tokens;
    expect((await verify(changed('omar.token', quinn!.bytes))).findings).toMatchObject([
      { file: 'release.approvals/omar.token', line: 1, code: 'token.changed' }
    ]);
    expect(codesOf(await verify({ ...files, tokens: [omar!] }))).toEqual(['token.missing']);
  });

  test('that the run did not count are told of', async () => {
    const more = { name: 'zoe.token', bytes: Buffer.from('launchbook1.e30.e30') };
    const { holds, notes } = await verify({ ...files, tokens: [...files.tokens, more] });
    expect({ holds, notes }).toEqual({
      holds: true,
      notes: ['The signed decision release.approvals/zoe.token was not counted by the run.']
    });
  });
});

test(`Each of ${CHANGES} random changes of one byte is found, with the file and a line`, async () => {
  const random = makeRandom(20261126);
  const below = (limit: number): number => Math.floor(random() * limit);
  const missed: string[] = [];
  const flip = (original: Buffer): { bytes: Buffer; offset: number } => {
    const bytes = Buffer.from(original);
    const offset = below(bytes.length);
    bytes[offset] = (bytes[offset]! + 1 + below(255)) % 256;
    return { bytes, offset };
  };
  for (let count = 0; count < CHANGES; count++) {
    const kind = (['notebook', 'journal', 'manifest', 'tokens'] as const)[below(4)]!;
    const token = files.tokens[below(files.tokens.length)]!;
    const { bytes, offset } = flip(kind === 'tokens' ? token.bytes : files[kind]!);
    const changed =
      kind === 'tokens'
        ? { ...files, tokens: files.tokens.map(file => (file === token ? { ...file, bytes } : file)) }
        : { ...files, [kind]: bytes };
    const name = kind === 'tokens' ? `release.approvals/${token.name}` : files.names[kind];
    const { holds, findings } = await verify(changed);
    if (holds || !findings.some(finding => finding.file === name && finding.line >= 1)) {
      missed.push(`${name} at ${offset}: ${JSON.stringify(findings)}`);
    }
  }
  expect(missed).toEqual([]);
});
