import { afterAll, expect, test } from '@jest/globals';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  passkeyChallenge,
  passkeyPublicKey,
  passkeySignature,
  passkeysIn,
  rpIdOf,
  signersLine,
  tokenOfBytes
} from '../../../contract/signature/passkey.js';
import { fromBase64, toBase64 } from '../../../contract/signature/ssh-bytes.js';
import { armored, authenticatorFacts, readSshSignature } from '../../../contract/signature/ssh-signature.js';
import { readToken, writeToken } from '../../../record/signature/token.js';
import { root } from '../../house/root.js';
import { PAGE, Passkey } from './authenticator.js';
import { Keygen } from './keygen.js';

const keygen = new Keygen();
afterAll(() => keygen.remove());

const VECTOR = join(root, 'tests/contract/signature/openssh');
const vector = readFileSync(join(VECTOR, 'ecdsa_sk_webauthn.sig'), 'utf8');
const vectorKey = readFileSync(join(VECTOR, 'ecdsa_sk_webauthn.pub'), 'utf8').trim();
const VECTOR_TEXT = 'This is a test, this is only a test';

/** An assertion as the browser gave it, from the signature that OpenSSH has made of it. */
function assertionOf(signature: string) {
  const parts = readSshSignature(signature);
  const { flags, counter, webauthn } = authenticatorFacts(parts)!;
  const numbers = Buffer.from([flags, 0, 0, 0, 0]);
  numbers.writeUInt32BE(counter, 1);
  const rpId = rpIdOf(parts.publicKey);
  const der = Buffer.from(parts.signature).subarray(4 + 43 + 4, 4 + 43 + 4 + 0x49);
  const integers = [der.subarray(4, 4 + 32), der.subarray(4 + 32 + 4)];
  const body = Buffer.concat(integers.map(each => Buffer.from([2, each.length, ...each])));
  return {
    publicKey: parts.publicKey,
    rpId,
    origin: webauthn!.origin,
    namespace: parts.namespace,
    hashed: new Uint8Array(createHash('sha512').update(VECTOR_TEXT).digest()),
    authenticatorData: new Uint8Array(
      Buffer.concat([createHash('sha256').update(rpId).digest(), numbers, webauthn!.extensions])
    ),
    clientDataJSON: webauthn!.clientData,
    signature: new Uint8Array([0x30, body.length, ...body])
  };
}

test('the signature that OpenSSH has made of a genuine assertion is read, and put together again byte for byte', () => {
  const parts = readSshSignature(vector);
  expect(parts).toMatchObject({ namespace: 'unittest', hash: 'sha512' });
  expect(authenticatorFacts(parts)).toMatchObject({
    flags: 0x01,
    counter: 0x31f,
    webauthn: { origin: 'https://www.mindrot.org' }
  });
  expect(rpIdOf(parts.publicKey)).toBe('mindrot.org');
  expect(toBase64(parts.publicKey)).toBe(vectorKey.split(' ')[1]);
  expect(armored(parts)).toBe(vector);
});

test('the assertion inside of it is repacked to the same signature, which ssh-keygen verifies', () => {
  const repacked = passkeySignature(assertionOf(vector));
  expect(repacked).toBe(vector);
  expect(keygen.says(`ann ${vectorKey}`, repacked, VECTOR_TEXT, 'unittest')).toMatch(
    /^Good "unittest" signature/
  );
});

test('ssh-keygen verifies what a passkey signs, against the line of its enrolment, and not over another text', () => {
  const ann = new Passkey('ann');
  const signature = ann.sign('{"decision":"approved"}');
  expect(keygen.says(ann.line, signature, '{"decision":"approved"}')).toMatch(
    /^Good "launchbook" signature for ann with ECDSA-SK key SHA256:/
  );
  expect(keygen.says(ann.line, signature, '{"decision":"approved"} ')).not.toContain('Good');
});

test('a token of bytes is the token that the command writes', () => {
  const text = JSON.stringify({
    ...{ version: 2, approval: 'a1', nonce: 'n', after: 0, id: 'i', run: null, hold: 'Größe', step: 's' },
    ...{ content: 'c', decision: 'approved', comment: '✓', values: {}, by: 'ann', at: '2026-11-30T09:00:00Z' }
  });
  const signature = new Passkey('ann').sign(text);
  const token = tokenOfBytes(2, new Uint8Array(Buffer.from(text)), signature);
  expect(token).toBe(writeToken(text, signature));
  expect(readToken(token)).toMatchObject({ text, signature });
});

test('an assertion over another statement, of another page or of another form is not repacked', () => {
  const ann = new Passkey('ann');
  const good = { publicKey: ann.publicKey, ...ann.assert('text') };
  const code = 'This signature of a passkey cannot be used';
  expect(() => passkeySignature({ ...good, hashed: new Uint8Array(64) })).toThrow(code);
  expect(() => passkeySignature({ ...good, origin: 'https://evil.example' })).toThrow(code);
  expect(() => passkeySignature({ ...good, rpId: 'example.com' })).toThrow(code);
  expect(() => passkeySignature({ ...good, namespace: 'git' })).toThrow(code);
  expect(() => passkeySignature({ ...good, authenticatorData: new Uint8Array(36) })).toThrow(code);
  expect(() => passkeySignature({ ...good, signature: good.signature.slice(0, -1) })).toThrow(code);
  expect(passkeyChallenge(good.hashed)).toHaveLength(102);
});

test('only a key for ES256 becomes a line of allowed_signers', () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  expect(() => passkeyPublicKey(spki, PAGE.rpId)).toThrow('not one for ES256');
  const ann = new Passkey('ann');
  const line = { name: 'ann smith', publicKey: ann.publicKey, validAfter: '2026-01-01', credential: 'x' };
  expect(() => signersLine({ ...line, authenticatorData: new Uint8Array(37) })).toThrow('"ann smith"');
});

test('the passkeys of a file are found again by their credential, whatever stands around them', () => {
  const [ann, bob] = [new Passkey('ann'), new Passkey('bob', { isSynced: true })];
  const text = [
    `# ${ann.line}`,
    ann.line,
    vectorKey,
    `ann ${vectorKey}`,
    'carl ssh-ed25519 AAAA passkey',
    bob.line
  ];
  expect(passkeysIn(text.join('\r\n'))).toEqual([
    {
      names: ['ann'],
      rpId: PAGE.rpId,
      publicKey: ann.publicKey,
      credential: ann.credential,
      isSynced: false
    },
    { names: ['bob'], rpId: PAGE.rpId, publicKey: bob.publicKey, credential: bob.credential, isSynced: true }
  ]);
});

test('base64 is read in one way of writing only', () => {
  for (let length = 0; length < 40; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  }
  for (const text of ['QQ', 'QR==', 'QQ=', 'Q', 'Q-==', 'QQ==QQ==', 'Q Q==']) {
    expect(() => fromBase64(text)).toThrow('cannot be read');
  }
});
