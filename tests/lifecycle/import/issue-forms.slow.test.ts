// An issue form in which something was written wrong: what this reader does not know stays as a line, and nothing of it is lost.
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importDocument } from '../../../lifecycle/import/import-document.js';
import { root } from '../../house/root.js';

const FORM = readFileSync(join(root, 'tests/lifecycle/import/golden/form-with-code.yml'), 'utf8');
const KEY = /^(\s*(?:- )?)([a-z]+):(.*)$/;

/** Each line with a key, changed by `change`; the others stay. */
function changed(change: (indent: string, key: string, rest: string) => string): [string, string][] {
  const lines = FORM.split('\n');
  return lines.flatMap((line, index): [string, string][] => {
    const [, indent, key, rest] = KEY.exec(line) ?? [];
    return key === undefined
      ? []
      : [[`line ${index + 1}`, lines.with(index, change(indent!, key, rest!)).join('\n')]];
  });
}

async function faultsOf(text: string): Promise<readonly unknown[]> {
  try {
    const file = { name: 'form.yml', bytes: Buffer.from(text) };
    return (await importDocument(file, null, 'form.ipynb')).faults;
  } catch (error) {
    expect((error as { code?: string }).code).toBe('import.no_form');
    return [];
  }
}

test.each([
  ['a key that nobody knows', changed((indent, key, rest) => `${indent}${key}x:${rest}`)],
  [
    'a map where one value is expected',
    changed((indent, key, rest) =>
      rest === '' ? `${indent}${key}:` : `${indent}${key}: { inner: 'Odd words', more: ["and these"] }`
    )
  ],
  [
    'one value where a map is expected',
    changed((indent, key, rest) => (rest === '' ? `${indent}${key}: only words` : `${indent}${key}:${rest}`))
  ],
  ['a number', changed((indent, key, rest) => (rest === '' ? `${indent}${key}:` : `${indent}${key}: 12`))]
])(
  '%s loses no word, on whatever line it stands',
  async (_kind, forms) => {
    expect(forms.length).toBeGreaterThan(20);
    for (const [line, text] of forms) {
      expect([line, await faultsOf(text)]).toEqual([line, []]);
    }
  },
  60_000
);
