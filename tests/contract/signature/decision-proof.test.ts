// What ssh-keygen accepts and we refuse: every case here is a signature that ssh-keygen verifies, with one thing otherwise.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isLocalPage, pagesOf } from '../../../contract/signature/decision-means.js';
import { counterOf, factsOfSignature, faultOfProof } from '../../../contract/signature/decision-proof.js';
import { PASSKEY_SIGNATURE_TYPE } from '../../../contract/signature/passkey.js';
import { armored, readSshSignature } from '../../../contract/signature/ssh-signature.js';
import { PAGE, Passkey, SecurityKey, type Otherwise } from './authenticator.js';
import { Keygen } from './keygen.js';

const PAGES = { rpId: PAGE.rpId, origins: [PAGE.origin, `${PAGE.origin}:8443`] };
const TEXT = '{"decision":"approved"}';

const keygen = new Keygen();
afterAll(() => keygen.remove());

let ann: Passkey;
beforeAll(() => {
  ann = new Passkey('ann');
});

const codeOf = (signature: string, pages: typeof PAGES | undefined = PAGES): string | undefined =>
  faultOfProof(signature, pages)?.code;

describe('a passkey that signs', () => {
  test.each<[string, Otherwise]>([
    ['as browsers do', {}],
    ['in Safari, which leaves crossOrigin out', { rest: '' }],
    ['with a counter', { counter: 4_294_967_295 }],
    ['on the other page of the policy', { origin: `${PAGE.origin}:8443` }],
    ['as a key that may be copied, and is not', { flags: 0x0d }],
    ['as a key that is copied', { flags: 0x1d }],
    ['with bits that no standard has given a meaning', { flags: 0x05 | 0x02 | 0x20 }],
    ['with a field that comes in some year', { rest: ',"crossOrigin":false,"payment":{"total":[1,"é"]}' }]
  ])('%s counts', (_, otherwise) => {
    const signature = ann.sign(TEXT, otherwise);
    expect(keygen.accepts(ann.line, signature, TEXT)).toBe(true);
    expect(faultOfProof(signature, PAGES)).toBeNull();
  });

  test.each<[string, Otherwise, string]>([
    ['with nobody there', { flags: 0x04 }, 'signature.not_present'],
    ['with nobody verified', { flags: 0x01 }, 'signature.not_verified'],
    ['backed up without being able to', { flags: 0x15 }, 'signature.bad_flags'],
    [
      'with extensions that nobody asked for',
      { flags: 0x85, extensions: Uint8Array.of(0xa0) },
      'signature.bad_flags'
    ],
    ['on another port', { origin: `${PAGE.origin}:444` }, 'signature.other_origin'],
    ['on a sub-domain', { origin: 'https://evil.launchbook.example.com' }, 'signature.other_origin'],
    ['without TLS', { origin: 'http://launchbook.example.com' }, 'signature.other_origin'],
    ['on localhost', { origin: 'http://localhost:8443' }, 'signature.other_origin'],
    ['on a page whose name only looks alike', { origin: `${PAGE.origin}.evil` }, 'signature.other_origin'],
    ['inside of another site', { rest: ',"crossOrigin":true' }, 'signature.framed'],
    [
      'inside of another site that is named',
      { rest: ',"crossOrigin":true,"topOrigin":"https://evil.example"' },
      'signature.framed'
    ],
    [
      'under a page that is named, although it is not called another site',
      { rest: ',"crossOrigin":false,"topOrigin":"https://launchbook.example.com"' },
      'signature.framed'
    ],
    ['with a field twice', { rest: ',"crossOrigin":false,"crossOrigin":false' }, 'signature.framed'],
    ['with another origin after its own', { rest: ',"origin":"https://evil.example"' }, 'signature.framed'],
    ['with a text that is no JSON', { rest: ',"crossOrigin":false,' }, 'signature.other_form']
  ])('%s does not count, and ssh-keygen accepts it', (_, otherwise, code) => {
    const signature = ann.sign(TEXT, otherwise);
    expect(keygen.accepts(ann.line, signature, TEXT)).toBe(true);
    expect(codeOf(signature)).toBe(code);
  });

  test('does not count where the policy names no page, or another host', () => {
    const signature = ann.sign(TEXT);
    expect(faultOfProof(signature, undefined)?.text).toContain('the policy names no page that decides');
    expect(codeOf(signature, { ...PAGES, origins: [] })).toBe('signature.other_origin');
    expect(codeOf(signature, { ...PAGES, rpId: 'example.com' })).toBe('signature.other_origin');
  });

  test('for the whole domain of a company does not count where the policy names one host', () => {
    const wide = new Passkey('ann', { rpId: 'example.com' });
    expect(keygen.accepts(wide.line, wide.sign(TEXT), TEXT)).toBe(true);
    expect(codeOf(wide.sign(TEXT))).toBe('signature.other_origin');
  });

  test('in the way of SSH, past the browser, does not count', () => {
    const bypass = new SecurityKey('ann', { key: ann });
    const signature = bypass.sign(TEXT);
    expect(keygen.accepts(ann.line, signature, TEXT)).toBe(true);
    expect(faultOfProof(signature, PAGES)).toEqual({
      code: 'signature.other_form',
      text: 'is not of a web page, and the key is one for the pages of launchbook.example.com'
    });
  });

  test('is described by what it signed', () => {
    expect(factsOfSignature(ann.sign(TEXT))).toEqual({
      means: 'passkey',
      origin: PAGE.origin,
      synced: false
    });
    expect(factsOfSignature(ann.sign(TEXT, { flags: 0x0d }))).toMatchObject({ synced: true });
    expect(counterOf(ann.sign(TEXT, { counter: 259 }))).toBe(259);
  });
});

describe('a security key of ssh-keygen', () => {
  test.each(['ecdsa', 'ed25519'] as const)(
    'of the kind %s counts when it was touched, and else not',
    kind => {
      const key = new SecurityKey('ann', { kind });
      for (const [flags, code] of [
        [0x01, undefined],
        [0x05, undefined],
        [0x00, 'signature.not_present'],
        [0x04, 'signature.not_present']
      ] as const) {
        const signature = key.sign(TEXT, { flags });
        expect(keygen.accepts(key.line, signature, TEXT)).toBe(true);
        expect(codeOf(signature)).toBe(code);
      }
      expect(factsOfSignature(key.sign(TEXT))).toEqual({ means: 'key' });
    }
  );

  test('cannot sign as a page does', () => {
    const key = new Passkey('ann', { rpId: 'ssh:' });
    expect(keygen.accepts(key.line, key.sign(TEXT), TEXT)).toBe(true);
    expect(codeOf(key.sign(TEXT))).toBe('signature.other_origin');
  });
});

test('a key in a file is asked for nothing of this', () => {
  const { line, signature } = keygen.fileKey(TEXT);
  expect(keygen.accepts(line, signature, TEXT)).toBe(true);
  expect(faultOfProof(signature, undefined)).toBeNull();
  expect(factsOfSignature(signature)).toEqual({ means: 'key' });
});

test.each<[string, (signature: string) => string]>([
  ['with a text before it', text => `\n${text}`],
  ['with a text behind it', text => `${text}-----BEGIN SSH SIGNATURE-----\n`],
  ['in base64 for addresses', text => text.replace(/\+/, '-')],
  ['with a byte too many', text => armored({ ...readSshSignature(text), signature: longer(text) })],
  ['of another type', text => armored({ ...readSshSignature(text), signature: ofOtherType(text) })]
])('a signature %s is not read in a way of our own', (_, change) => {
  // A random signature has a plus sign nearly always.
  const signature = [1, 2, 3, 4, 5, 6, 7].map(() => ann.sign(TEXT)).find(text => text.includes('+'))!;
  expect(codeOf(change(signature))).toBe('signature.other_form');
});

function longer(text: string): Uint8Array {
  return new Uint8Array([...readSshSignature(text).signature, 0]);
}

function ofOtherType(text: string): Uint8Array {
  const other = PASSKEY_SIGNATURE_TYPE.replace('nistp256', 'nistp384');
  const { signature } = readSshSignature(text);
  return new Uint8Array(
    Buffer.from(Buffer.from(signature).toString('latin1').replace(PASSKEY_SIGNATURE_TYPE, other), 'latin1')
  );
}

test('a page on localhost is none in production', () => {
  const origins = [
    'http://localhost:8090',
    'https://localhost',
    'http://board.localhost:1',
    PAGE.origin,
    'https://localhost.example.com'
  ];
  expect(origins.filter(isLocalPage)).toEqual(origins.slice(0, 3));
  const decide = { rpId: 'localhost', origins };
  expect(pagesOf(decide, true)?.origins).toEqual(origins.slice(3));
  expect(pagesOf(decide, false)).toBe(decide);
  expect(pagesOf(undefined, true)).toBeUndefined();
});
