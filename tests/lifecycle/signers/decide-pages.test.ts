import { expect, test } from '@jest/globals';
import { pagesIn } from '../../../lifecycle/signers/decide-pages.js';

const file = (origins: string, more = ''): string =>
  `decide: { rpId: a.example, origins: ${origins} }\nenvironments: { staging: {}, production: { production: true } }\n${more}`;

test('the pages of a launchbook.yml are those that count in the environment', () => {
  const text = file("['https://a.example', 'http://localhost:8090']");
  expect(pagesIn(text, 'staging')?.origins).toEqual(['https://a.example', 'http://localhost:8090']);
  expect(pagesIn(text, null)?.origins).toHaveLength(2);
  expect(pagesIn(text, 'production')).toEqual({ rpId: 'a.example', origins: ['https://a.example'] });
});

test.each([
  ['that names none', 'environments: { staging: {} }'],
  ['that is empty', ''],
  ['that is no YAML', 'decide: { rpId: ['],
  ['whose pages are no list', file("'https://a.example'")],
  ['whose pages are no texts', file('[1]')],
  ['that is a text', 'decide']
])('a file %s names no page', (_, text) => {
  expect(pagesIn(text, 'staging')).toBeNull();
});
