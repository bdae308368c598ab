import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { htmlText, markdownText } from '../../../contract/base/escape.js';
import { Masker, type KnownSecret } from '../../../runbook/masking/masker.js';
import { quoteCommand } from '../../../runbook/shell/quote.js';
import { compiledModule } from '../fixture-path.js';
import { HOSTILE_TEXTS } from '../hostile-texts.js';

const SPLIT_CHARACTERS = 8;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How programs write a secret down, each with other text around it. */
const WRITERS: { readonly [name: string]: (secret: string) => string } = {
  'as it is': secret => `a ${secret} b`,
  'twice without a gap': secret => `${secret}${secret}`,
  'Base64, alignment 0': secret => base64(`${secret}`),
  'Base64, alignment 1': secret => base64(`u${secret}:tail`),
  'Base64, alignment 2': secret => base64(`us${secret}:tail`),
  'Base64, alignment 0 after others': secret => base64(`usr${secret}x`),
  'Base64 for URLs': secret => Buffer.from(`x${secret}yy`).toString('base64url'),
  'basic authentication': secret => `Authorization: Basic ${base64(`admin:${secret}`)}`,
  'Base64 in lines of 76': secret => base64(`padding ${secret}`).replace(/.{76}/g, '$&\n'),
  'hexadecimal, lower case': secret => Buffer.from(secret).toString('hex'),
  'hexadecimal, upper case': secret => Buffer.from(secret).toString('hex').toUpperCase(),
  'a printed Buffer': secret => inspect(Buffer.from(secret).subarray(0, 50)),
  'a printed list of bytes': secret => inspect([...Buffer.from(secret)], { maxArrayLength: null }),
  'bytes in JSON': secret => JSON.stringify({ data: [...Buffer.from(secret)] }),
  'bytes in JSON, one a line': secret => JSON.stringify([...Buffer.from(secret)], null, 2),
  'bytes of od, hexadecimal': secret => Buffer.from(secret).toString('hex').replace(/../g, ' $&'),
  'bytes of od, octal': secret => [...Buffer.from(secret)].map(byte => ` ${octal(byte)}`).join(''),
  'bytes of od, decimal': secret => [...Buffer.from(secret)].map(byte => String(byte).padStart(4)).join(''),
  'words of xxd': secret => Buffer.from(secret).toString('hex').replace(/.{4}/g, '$& '),
  'hexadecimal with colons': secret => pairs(secret).join(':'),
  'hexadecimal in C': secret => pairs(secret).join(', 0x').replace(/^/, '0x'),
  'hexadecimal in a string': secret => pairs(secret).join('\\x').replace(/^/, '\\x'),
  'Base64 of UTF-16': secret => Buffer.from(`x${secret}`, 'utf16le').toString('base64'),
  'Base64 of Base64': secret => base64(base64(secret)),
  'Base64 of Base64 in a manifest': secret => base64(`token: ${base64(secret)}\n`),
  'UTF-16': secret => Buffer.from(secret, 'utf16le').toString('latin1'),
  'folded to 9 characters': secret => secret.replace(/.{9}/gu, '$&\n'),
  // One that has blanks or colours of its own is found where neither is added.
  'folded and indented': secret => (/\s/.test(secret) ? secret : secret.replace(/.{9}/gu, '$&\n    ')),
  'with colours inside': secret => (secret.includes('\x1b') ? secret : [...secret].join('\x1b[1;31m')),
  'with one part in colour': secret =>
    secret.includes('\x1b') ? secret : `${secret.slice(0, 3)}\x1b[01;31m\x1b[K${secret.slice(3)}\x1b[m\x1b[K`,
  'URL component': secret => `?token=${encodeURIComponent(secret)}&x=1`,
  'URL component, lower case': secret =>
    encodeURIComponent(secret).replace(/%[\dA-F]{2}/g, code => code.toLowerCase()),
  'form field': secret => new URLSearchParams({ token: secret }).toString(),
  'whole URL': secret => encodeURI(`http://host/${secret}`),
  JSON: secret => JSON.stringify({ token: secret }),
  'JSON in JSON': secret => JSON.stringify({ log: JSON.stringify({ token: secret }) }),
  'JSON in ASCII': secret =>
    JSON.stringify([secret]).replace(
      /[\u007f-\uffff]/g,
      sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
    ),
  'console.log of an object': secret => inspect({ token: secret }, { breakLength: Infinity }),
  HTML: secret => `<td>${htmlText(secret)}</td>`,
  Markdown: secret => `| ${markdownText(secret)} |`,
  'one word of a shell': secret => quoteCommand(['curl', '-u', secret])
};

/** Long enough to be a secret, and nothing that appears by chance in what stands around it. */
const SECRETS = [
  ...HOSTILE_TEXTS.filter(text => !/\s/.test(text)).map((text, index) => `k${index}${text}Zq9${text}`),
  ...HOSTILE_TEXTS.filter(text => /\s/.test(text)).map(
    (text, index) => `k${index} ${text.replace(/[\r\n\u2028\u2029]/g, '')} Zq9`
  ),
  'sesame',
  '4711',
  '0815471108154711',
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  'correct horse battery staple',
  'pässwörter-über-alles',
  '密码是一个秘密',
  '🔑🔒🔑🔒',
  'x'.repeat(300),
  'ab'.repeat(64),
  Buffer.from(Array.from({ length: 96 }, (_, index) => (index * 37) % 251)).toString('base64')
];

function pairs(secret: string): string[] {
  return Buffer.from(secret).toString('hex').match(/../g) ?? [];
}

function octal(byte: number): string {
  return byte.toString(8).padStart(3, '0');
}

/** Each masks one secret. */
const MASKERS = SECRETS.map(value => ({ value, masker: new Masker([{ name: 'X', value }]) }));

describe('a secret in every form', () => {
  test.each(Object.entries(WRITERS))('is masked: %s', (_name, write) => {
    const shown = MASKERS.map(({ value, masker }) => ({ value, masked: masker.text(write(value)) }));
    expect(shown.filter(({ masked }) => !masked.includes('«secret X»'))).toEqual([]);
    expect(shown.filter(({ value, masked }) => masked.includes(value))).toEqual([]);
    expect(shown.filter(({ masked }) => !restIsShort(masked, write))).toEqual([]);
  });

  test('there are more than 200 values and 4,000 cases', () => {
    expect(SECRETS.length).toBeGreaterThan(200);
    expect(SECRETS.length * Object.keys(WRITERS).length).toBeGreaterThan(4000);
  });

  test('is masked in any two chunks, and character by character', () => {
    const value = 'hunter2/& "q"';
    const masker = new Masker([{ name: 'X', value }]);
    for (const write of Object.values(WRITERS)) {
      const written = `before ${write(value)} after`;
      const whole = masker.text(written);
      for (let cut = 0; cut <= written.length; cut++) {
        expect(chunked(masker, [written.slice(0, cut), written.slice(cut)])).toBe(whole);
      }
      expect(chunked(masker, [...written])).toBe(whole);
    }
  });

  test('is masked in what real programs print', () => {
    const value = "it's 100% «safe» & sound";
    const masker = new Masker([{ name: 'X', value }]);
    const printed = [
      execFileSync('base64', { input: `user:${value}` }),
      execFileSync('od', ['-An', '-v', '-tx1', '-w1000'], { input: value }).toString().replaceAll(' ', ''),
      execFileSync('python3', ['-c', 'import json,sys; print(json.dumps(sys.argv[1]))', value]),
      execFileSync('python3', [
        '-c',
        'import urllib.parse,sys; print(urllib.parse.quote(sys.argv[1]))',
        value
      ]),
      execFileSync('python3', ['-c', 'import html,sys; print(html.escape(sys.argv[1]))', value])
    ];
    for (const text of printed) {
      expect(masker.text(String(text))).toContain('«secret X»');
    }
  });

  test('the lines of a key are masked one by one', () => {
    const lines = ['MIIEvgIBADANBgkqhkiG9w0', 'BAQEFAASCBKgwggSkAgEAAo', 'IBAQC7'];
    const value = ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----'].join('\n');
    const masker = new Masker([{ name: 'KEY', value }]);
    expect(masker.text(`got ${value}.`)).toBe('got «secret KEY».');
    expect(masker.text(`web-1 | ${lines[0]}\nweb-1 | ${lines[1]}`)).toBe(
      'web-1 | «secret KEY»\nweb-1 | «secret KEY»'
    );
    expect(masker.text('-----BEGIN PRIVATE KEY-----')).toBe('-----BEGIN PRIVATE KEY-----');
  });

  test('a number is masked when its digits are the secret', () => {
    expect(new Masker([{ name: 'PIN', value: '4711' }]).json({ pin: 4711, port: 8080 })).toEqual({
      pin: '«secret PIN»',
      port: 8080
    });
  });
});

describe('several secrets', () => {
  const secrets: readonly KnownSecret[] = [
    { name: 'A', value: 'abcdef' },
    { name: 'B', value: 'cdefgh' },
    { name: 'C', value: 'bcde' },
    { name: 'D', value: 'aaaa' }
  ];
  const masker = new Masker(secrets);

  test('that overlap become one mark, and no end of either stays', () => {
    expect(masker.text('x abcdefgh y')).toBe('x «secret A» y');
    expect(masker.text('x bcdefgh y')).toBe('x «secret B» y');
    expect(masker.text(`x ${'a'.repeat(101)} y`)).toBe('x «secret D» y');
  });

  test('are masked alike however the text is cut', () => {
    let seed = 7;
    const next = (limit: number): number => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: 40 }, () => 'abcdefgh\n'[next(9)]).join('');
      const chunks: string[] = [];
      for (let at = 0; at < text.length;) {
        let length = 1 + next(9);
        // Of a text that is broken here, the few characters at the end of a line are shown at once.
        while (text[at + length - 1] === '\n') {
          length++;
        }
        chunks.push(text.slice(at, at + length));
        at += length;
      }
      const masked = chunked(masker, chunks);
      expect(masked).toBe(masker.text(text));
      expect(secrets.some(({ value }) => masked.includes(value))).toBe(false);
      expect(withoutMarks(masked).every(part => text.includes(part))).toBe(true);
    }
  });
});

describe('what is no secret', () => {
  const masker = new Masker([
    { name: 'A', value: 'sesame-4711' },
    { name: 'B', value: 'Kz8#pQ2!' }
  ]);

  test('stays readable, word for word', () => {
    const text = readOwnSource();
    expect(masker.text(text)).toBe(text);
    expect(masker.text('sesame street, 4711, Kz8')).toBe('sesame street, 4711, Kz8');
  });

  test('is not held back at the end of a line', () => {
    const stream = masker.stream();
    expect(stream.push('Deploying orders\n')).toBe('Deploying orders\n');
  });
});

describe('a set of secrets that grows in the middle of a text', () => {
  test('masks what was held back and what follows', () => {
    const stream = new Masker([{ name: 'A', value: 'sesame' }]).stream();
    expect(stream.push('one ses')).toBe('one ');
    const grown = new Masker([
      { name: 'A', value: 'sesame' },
      { name: 'B', value: 'hunter2' }
    ]);
    const shown = grown.takeOver(stream) + stream.push('ame hun') + stream.push('ter2 end') + stream.end();
    expect(shown).toBe('«secret A» «secret B» end');
  });
});

function chunked(masker: Masker, chunks: readonly string[]): string {
  const stream = masker.stream();
  return chunks.map(chunk => stream.push(chunk)).join('') + stream.end();
}

function withoutMarks(text: string): string[] {
  return text.split(/«secret \w+»/);
}

/** What can be read beside the marks is no longer than what stands around the secret, but for split Base64 characters. */
function restIsShort(masked: string, write: (secret: string) => string): boolean {
  return withoutMarks(masked).join('').length <= write('').length + SPLIT_CHARACTERS;
}

function readOwnSource(): string {
  return readFileSync(fileURLToPath(compiledModule('runbook/masking/masker.js')), 'utf8');
}
