// Decisions of a passkey, changed at random: bits of the token, of what the browser gave, parts of another decision, and whatever a program
// that has the key but is no browser may have signed. Nothing counts but what the person signed on the page, and all of that counts.
import { expect, test } from '@jest/globals';
import { OPEN_RULES } from '../../contract/holds/approval-rules.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { factsOfSignature } from '../../contract/signature/decision-proof.js';
import { passkeySignature } from '../../contract/signature/passkey.js';
import { faultOfSigned } from '../../record/decisions/checked-signatures.js';
import type { JudgedDecision } from '../../record/decisions/judged-records.js';
import { readToken, writeToken } from '../../record/signature/token.js';
import { verifyAgainst } from '../../record/signature/verify.js';
import { PAGE, Passkey, type Otherwise } from '../contract/signature/authenticator.js';
import { rounds } from '../proof.js';
import { makeRandom } from '../random.js';
import { statementOf } from '../run/signers.js';

const ROUNDS = rounds({ inTest: 150, inProof: 5_000 });
const ORIGINS = [PAGE.origin, `${PAGE.origin}:8443`];

const random = makeRandom(20);
const upTo = (count: number): number => Math.floor(random() * count);
const oneOf = <T>(list: readonly T[]): T => list[upTo(list.length)]!;

const phone = new Passkey('ann');
const cloud = new Passkey('ann', { isSynced: true });
const other = new Passkey('ann');
const allowed = Buffer.from(`${phone.line}\n${cloud.line}\n`);
const at = new Date().toISOString();
const approval = {
  ...{ id: 'ask-1', name: 'QA sign-off', step: 'ask', content: 'c0ffee'.repeat(10), status: 'pending' },
  request: {
    nonce: 'n0nce',
    after: 0,
    rules: { ...OPEN_RULES, decide: { rpId: PAGE.rpId, origins: ORIGINS } }
  }
} as unknown as ApprovalState;
const text = statementOf(approval, 'ann', { run: null, at });
const rejection = statementOf(approval, 'ann', { run: null, at, decision: 'rejected' });
const token = writeToken(text, phone.sign(text));

/** Null when the token counts, as the kernel decides it and as a reader of the journal does; else the first reason. */
async function reasonAgainst(candidate: string): Promise<string | null> {
  try {
    const parts = readToken(candidate);
    const { by, decision, comment, values, id } = parts.statement;
    const signature = { token: candidate, id, key: '', ...factsOfSignature(parts.signature) };
    const judged: JudgedDecision = {
      ...{
        line: 1,
        recordedAt: at,
        askedAt: at,
        ids: [approval.id],
        run: null,
        driver: null,
        environment: null,
        faults: []
      },
      approval,
      decision: {
        ...{ decision, comment, values, at: parts.statement.at, signature },
        by: { username: by, name: by, grade: 'signed' }
      }
    };
    const fault = faultOfSigned(judged, new Set());
    await verifyAgainst(parts, allowed);
    return fault?.code ?? null;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** The bytes with one to three bits turned. */
function turned(bytes: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const bits = new Set(Array.from({ length: 1 + upTo(3) }, () => upTo(bytes.length * 8)));
  bits.forEach(bit => (changed[bit >> 3]! ^= 1 << (bit & 7)));
  return changed;
}

/** What somebody without the key makes of the token. */
const FORGERIES: readonly (() => string)[] = [
  () => Buffer.from(turned(Buffer.from(token))).toString('latin1'),
  () => token.slice(0, upTo(token.length)),
  () => token.slice(0, 20 + upTo(600)) + token.slice(21 + upTo(600)),
  () => {
    const { signature } = readToken(token);
    return writeToken(Buffer.from(turned(Buffer.from(text))).toString('utf8'), signature);
  },
  () => writeToken(oneOf([rejection, text.replace('"Seen"', '"Fine"')]), phone.sign(text)),
  () => writeToken(text, other.sign(text)),
  () => writeToken(text, turnedArmor(phone.sign(text))),
  () => {
    const assertion = phone.assert(text);
    const part = oneOf(['authenticatorData', 'clientDataJSON', 'signature'] as const);
    // The hash of the host at the beginning is not a part of a token: whoever verifies takes it from the key.
    const kept = part === 'authenticatorData' ? 32 : 0;
    const bytes = assertion[part];
    const mixed = new Uint8Array([...bytes.slice(0, kept), ...turned(bytes.slice(kept))]);
    const changed = { ...assertion, [part]: mixed };
    return writeToken(text, passkeySignature({ publicKey: phone.publicKey, ...changed }));
  },
  () => {
    const good = phone.assert(text);
    const { authenticatorData, clientDataJSON } = phone.assert(oneOf([text, rejection]), { counter: 1 });
    return writeToken(
      text,
      passkeySignature({ publicKey: phone.publicKey, ...good, authenticatorData, clientDataJSON })
    );
  },
  () => writeToken(text, passkeySignature({ publicKey: other.publicKey, ...phone.assert(text) }))
];

function turnedArmor(signature: string): string {
  const [begin, ...lines] = signature.trimEnd().split('\n');
  const body = Buffer.from(lines.slice(0, -1).join(''), 'base64');
  return [begin, Buffer.from(turned(body)).toString('base64'), lines.at(-1), ''].join('\n');
}

const RESTS = [
  ...['', ',"crossOrigin":false', ',"crossOrigin":false,"later":{"a":[1]}'],
  ...[
    ',"crossOrigin":true',
    ',"topOrigin":"https://launchbook.example.com"',
    ',"crossOrigin":false,"topOrigin":""'
  ],
  ...[',"crossOrigin":null', ',"crossOrigin":0', ',"later":1,"crossOrigin":true', ',"type":"webauthn.create"']
];
const OTHER_ORIGINS = [
  'http://localhost:1',
  'https://evil.example',
  `${PAGE.origin}:1`,
  `${PAGE.origin}.evil.example`
];

/** What a program with the key may sign, and whether a person on our page would have signed it. */
function signedByProgram(): { readonly token: string; readonly isValid: boolean } {
  const key = oneOf([phone, phone, cloud]);
  const good = key === cloud ? [0x0d, 0x1d] : [0x05, 0x25];
  const flags = oneOf([...good, ...good, ...good, 0x01, 0x04, 0x0d, 0x15, upTo(256)]);
  const origin = oneOf([...ORIGINS, ...ORIGINS, ...ORIGINS, ...OTHER_ORIGINS]);
  const rest = oneOf([...RESTS.slice(0, 3), ...RESTS.slice(0, 3), ...RESTS]);
  const extensions = (flags & 0x80) === 0 ? new Uint8Array() : Uint8Array.of(0xa0);
  const otherwise: Otherwise = { flags, origin, rest, extensions, counter: upTo(2 ** 32) };
  const isDevice = (flags & 0xcd) === (key === cloud ? 0x0d : 0x05) && (flags & 0x18) !== 0x10;
  return {
    token: writeToken(text, key.sign(text, otherwise)),
    isValid: isDevice && ORIGINS.includes(origin) && RESTS.indexOf(rest) < 3
  };
}

test(`${ROUNDS} changed decisions: none counts that was not signed so on the page, and none is refused that was`, async () => {
  expect(await reasonAgainst(token)).toBeNull();
  const reasons = new Map<string, number>();
  const wrong: string[] = [];
  let valid = 0;
  const tryOne = async (candidate: string, isValid: boolean): Promise<void> => {
    const reason = candidate === token ? 'unchanged' : await reasonAgainst(candidate);
    valid += Number(isValid);
    reasons.set(reason ?? 'counts', (reasons.get(reason ?? 'counts') ?? 0) + 1);
    if (candidate !== token && (reason === null) !== isValid) {
      wrong.push(`${reason ?? 'counts'}: ${candidate}`);
    }
  };
  for (let round = 0; round < ROUNDS; round += 8) {
    const batch = Array.from({ length: 8 }, () => {
      if (random() < 0.4) {
        return signedByProgram();
      }
      try {
        return { token: oneOf(FORGERIES)(), isValid: false };
      } catch {
        // It could not even be put together.
        return { token: '', isValid: false };
      }
    });
    await Promise.all(batch.map(({ token: candidate, isValid }) => tryOne(candidate, isValid)));
  }
  console.log(
    `${ROUNDS} changed decisions, ${valid} of them valid; ${[...reasons]
      .sort()
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', ')}`
  );
  expect(wrong).toEqual([]);
  expect(valid).toBeGreaterThan(ROUNDS / 20);
  const asked = [
    'not_present',
    'not_verified',
    'bad_flags',
    'other_origin',
    'framed',
    'forged',
    'unreadable'
  ];
  expect([...reasons.keys()]).toEqual(expect.arrayContaining(asked.map(word => `signature.${word}`)));
});
