// Documents of which a part was once thought to be lost, or was: each letter of them is in a cell, and nothing else is said.
import { expect, test } from '@jest/globals';
import { importDocument } from '../../../lifecycle/import/import-document.js';

test.each([
  ['a ticked box, and no other letter x', '# A\n\n- [x] Team knows\n'],
  ['an address in a box', '# A\n\n- [ ] Look at https://board.example.com/orders\n'],
  [
    'markup in a summary',
    '# A\n\n<details>\n<summary>If <b>it</b> fails</summary>\n\n```sh\nls\n```\n\n</details>\n'
  ],
  ['a line of a here-document that looks like a prompt', "# A\n\n```sh\nrun\ncat <<'END'\n$ %:\nEND\n```\n"],
  ['an empty document', ''],
  ['a table behind a list of boxes', '- [ ] a\n\n|b|c|\n|-|-|\n|d|e|\n']
])('%s', async (_, markdown) => {
  const { faults } = await importDocument(
    { name: 'page.md', bytes: Buffer.from(markdown) },
    null,
    'page.ipynb'
  );
  expect(faults).toEqual([]);
});
