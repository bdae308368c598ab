// What no reader knows is refused, with the way out.
import { expect, test } from '@jest/globals';
import { readDocument } from '../../../lifecycle/import/read/formats.js';

test.each([
  ['page.pdf', '%PDF-1.7', 'it is a PDF'],
  ['page.doc', '\xd0\xcf\x11\xe0', 'Save it as .docx'],
  ['page.md', '\x89PNG', 'it is a picture'],
  ['page.zip', 'PK', 'Unpack it'],
  ['page.adoc', '= A', 'Take asciidoctor --out-file page.html page.adoc, then import page.html.'],
  ['page.xyz', 'text', 'Give --as with one of: markdown'],
  ['page.md', '\0\x01', 'it holds the character U+0000'],
  ['page.md', '\xff', 'it is no text in UTF-8'],
  ['page.yml', 'a: [', 'it is not YAML'],
  ['page.yaml', 'a: 1', 'no issue form'],
  ['page.yaml', 'body: [null]', 'no issue form']
])('%s (%j) is refused', async (name, content, words) => {
  const error = await readDocument({ name, bytes: Buffer.from(content, 'latin1') }, null).catch(
    (thrown: unknown) => thrown
  );
  const { message, hint } = error as { message: string; hint?: string };
  expect(`${message} ${hint}`).toContain(words);
});

test('a format that is asked for by a wrong name is refused', async () => {
  await expect(readDocument({ name: 'a.md', bytes: Buffer.from('# A') }, 'wiki')).rejects.toThrow(
    'there is no format “wiki”'
  );
});
