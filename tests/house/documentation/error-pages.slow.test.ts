// Every code that the source can give an error or a finding is explained in docs/errors, and nothing else is.
import { beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { errorPages } from '../../../cli/explain/error-pages.js';
import { root } from '../root.js';

interface Codes {
  readonly errorCodes: (root: string) => ReadonlyMap<string, readonly string[]>;
}

const pages = errorPages(join(root, 'docs', 'errors'));
let places: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const { errorCodes } = (await import(join(root, 'scripts/site/error-codes.mjs'))) as Codes;
  places = errorCodes(root);
});

test('Each code of the source has its page', () => {
  const explained = new Set(pages.map(({ code }) => code));
  const without = [...places].filter(([code]) => !explained.has(code));
  expect(without.map(([code, [place]]) => `${code} in ${place}`)).toEqual([]);
  expect(places.size).toBeGreaterThan(300);
});

test('Each page is about a code that the source still has, once', () => {
  const codes = pages.map(({ code }) => code);
  expect(codes.filter(code => !places.has(code))).toEqual([]);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test('Each page says what happened, why and what to do, in the file of its area, in the order of the codes', () => {
  const faulty = pages.filter(
    ({ code, file, what, why, todo }) =>
      file !== `${code.split('.')[0]}.md` || ![what, why, todo].every(text => /^[^*].{10,}[.…?]$/s.test(text))
  );
  expect(faulty).toEqual([]);
  expect(pages.map(({ code }) => code)).toEqual(pages.map(({ code }) => code).sort());
});
