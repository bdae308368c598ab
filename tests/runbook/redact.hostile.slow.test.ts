import { describe, expect, test } from '@jest/globals';
import { maskJson, maskStream, maskText } from '../../runbook/redact.js';
import { HOSTILE_TEXTS } from './hostile-texts.js';

const SECRET = { name: 'TOKEN', value: 'sesame-4711' };
const MASKED = '«secret TOKEN»';

describe('maskText', () => {
  test('masks every occurrence and leaves ordinary words', () => {
    expect(maskText('a sesame-4711 b sesame-4711, sesame', [SECRET])).toBe(`a ${MASKED} b ${MASKED}, sesame`);
  });

  test('the longest value wins where two begin alike', () => {
    expect(maskText('sesame-4711-long', [SECRET, { name: 'LONG', value: 'sesame-4711-long' }])).toBe(
      '«secret LONG»'
    );
  });

  test('values of fewer than 4 characters are not masked', () => {
    expect(maskText('abc', [{ name: 'SHORT', value: 'abc' }])).toBe('abc');
  });

  test('hostile values are masked as they are, never read as patterns', () => {
    const values = HOSTILE_TEXTS.map(text => `${text}${text}keys${text}`);
    expect(values.length).toBeGreaterThanOrEqual(200);
    for (const value of values) {
      expect(maskText(`before ${value} after`, [{ name: 'X', value }])).toBe('before «secret X» after');
    }
  });

  test('a name with signs of replacement is taken as it is', () => {
    expect(maskText('sesame-4711', [{ name: '$& $1', value: 'sesame-4711' }])).toBe('«secret $& $1»');
  });
});

describe('maskJson', () => {
  test('masks values and keys at any depth', () => {
    expect(maskJson({ 'sesame-4711': [{ a: 'x sesame-4711' }, 1, null] }, [SECRET])).toEqual({
      [MASKED]: [{ a: `x ${MASKED}` }, 1, null]
    });
  });
});

describe('maskStream', () => {
  test('masks a secret split at any place into any two chunks', () => {
    const text = 'key=sesame-4711; sesame sesame-471 sesame-4711sesame-4711\n';
    for (let first = 0; first <= text.length; first++) {
      const mask = maskStream([SECRET]);
      expect(mask.push(text.slice(0, first)) + mask.push(text.slice(first)) + mask.end()).toBe(
        `key=${MASKED}; sesame sesame-471 ${MASKED}${MASKED}\n`
      );
    }
  });

  test('masks a secret that arrives character by character, among values that repeat themselves', () => {
    const secrets = [
      { name: 'A', value: 'aaab' },
      { name: 'B', value: 'abab' }
    ];
    for (const text of ['aaaab', 'ababab', 'aaabab', 'xaaaxaaab', 'abaabab']) {
      const mask = maskStream(secrets);
      const shown = [...text].map(letter => mask.push(letter)).join('') + mask.end();
      expect(shown).not.toMatch(/aaab|abab/);
    }
  });

  test('holds back no more than the beginning of a secret', () => {
    const mask = maskStream([SECRET]);
    expect([mask.push('hello ses'), mask.push('ame street'), mask.end()]).toEqual([
      'hello ',
      'sesame street',
      ''
    ]);
  });
});
