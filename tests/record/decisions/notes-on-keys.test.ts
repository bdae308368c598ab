import { expect, test } from '@jest/globals';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import type { JudgedDecision } from '../../../record/decisions/judged-records.js';
import { notesOnKeys } from '../../../record/decisions/notes-on-keys.js';
import type { AllowedSigners } from '../../../record/decisions/signature-checks.js';
import { writeToken } from '../../../record/signature/token.js';
import { Passkey } from '../../contract/signature/authenticator.js';
import { statementOf } from '../../run/signers.js';

const phone = new Passkey('ann');
const ASKED = '2026-11-30T10:00:00.000Z';

function signed(counter: number, recorded: object = { means: 'passkey' }): JudgedDecision {
  const approval = { id: 'a', name: 'QA sign-off', step: 'ask', content: 'c' } as ApprovalState;
  const text = statementOf(approval, 'ann');
  const token = writeToken(text, phone.sign(text, { counter }));
  return {
    askedAt: ASKED,
    approval,
    decision: { by: { username: 'ann' }, signature: { token, id: 'i', key: 'SHA256:k', ...recorded } }
  } as unknown as JudgedDecision;
}

/** Versions of the file, newest first. */
const signersOf = (...versions: readonly [at: string, content: string][]): AllowedSigners => ({
  name: 'allowed_signers',
  content: null,
  earlier: () =>
    Promise.resolve(
      versions.map(([at, content], index) => ({
        commit: `${index}`.repeat(40),
        at,
        content: Buffer.from(content)
      }))
    )
});
const EARLY = signersOf(['2026-11-29T10:00:00.000Z', phone.line]);

test.each([
  ['does not count', [0, 0, 0]],
  ['counts', [1, 2, 5]],
  ['begins to count', [0, 7]]
])('nothing is said of a device that %s', async (_, counters) => {
  expect(
    await notesOnKeys(
      counters.map(counter => signed(counter)),
      EARLY
    )
  ).toEqual([]);
});

test('a counter that does not grow is told, and refuses nothing', async () => {
  expect(await notesOnKeys([signed(9), signed(9)], EARLY)).toEqual([
    'The device of the key SHA256:k of ann has counted 9 signatures and then 9: it may be a copy. Ask ann.'
  ]);
});

test('a key is told that came into the file after the question', async () => {
  const late = signersOf(
    ['2026-11-30T12:00:00.000Z', `${phone.line}\n# ended`],
    ['2026-11-30T11:00:00.000Z', phone.line],
    ['2026-11-29T10:00:00.000Z', '# nobody yet']
  );
  expect(await notesOnKeys([signed(0)], late)).toEqual([
    'The key SHA256:k of ann came into allowed_signers with commit 111111111111 at 2026-11-30 11:00:00 UTC, after “QA sign-off” had been asked about: see who has reviewed it.'
  ]);
  expect(await notesOnKeys([signed(0, {})], late)).toEqual([]);
});

test('of a decision that cannot be read nothing is said', async () => {
  const broken = signed(1, { means: 'passkey', token: 'launchbook2.x.y' });
  expect(await notesOnKeys([broken], EARLY)).toEqual([]);
});
