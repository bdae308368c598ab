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
  ['a prompt that is taken away', '# A\n\n```sh\nweb-1:/app# ls\n```\n\n```sh\nsh-5.1$ ls\n```\n'],
  ['a gap behind a letter', '# A\n\n```sh\ngit tag vX.Y.Z\n```\n'],
  ['words of tools behind a language', '# A\n\n```bash{1,3}\nls\n```\n\n```{.sh .copy}\nls -l\n```\n'],
  ['the language of a block in a shared document', '# A {#a}\n\n```bash\nls\n```\n'],
  ['the tick of a box in a shared document', '# A {#a}\n\n- [x] Done\n'],
  ['a table behind a list of boxes', '- [ ] a\n\n|b|c|\n|-|-|\n|d|e|\n']
])('%s', async (_, markdown) => {
  const { faults } = await importDocument(
    { name: 'page.md', bytes: Buffer.from(markdown) },
    null,
    'page.ipynb'
  );
  expect(faults).toEqual([]);
});

test('what may be taken for a step and is none is in the report', async () => {
  const markdown = [
    '# A',
    'Run `kubectl get pods` and `now`.',
    '| do |\n|-|\n| `helm list -A` |',
    '> ```sh\n> ls\n> ```',
    '> - [ ] quoted',
    '```sql\nselect 1;\n```',
    '```yaml\na: 1\n```',
    '<pre>ls</pre>'
  ].join('\n\n');
  const { lines } = await importDocument(
    { name: 'page.md', bytes: Buffer.from(markdown) },
    null,
    'page.ipynb'
  );
  expect(lines.map(({ grade, place, text }) => [grade, place, text])).toEqual([
    ['left', 'line 3', '“kubectl get pods” in a sentence or a table: no step runs it'],
    ['left', 'line 5', '“helm list -A” in a sentence or a table: no step runs it'],
    ['left', 'line 9', 'commands or boxes stand in a quotation, which stays text'],
    ['left', 'line 13', 'commands or boxes stand in a quotation, which stays text'],
    ['left', 'line 15', 'the block is sql, which no step runs as it stands'],
    ['left', 'line 23', 'a block of code is written in HTML, which stays text']
  ]);
});

test('a block without a language is a step when it begins like one that has a language', async () => {
  const markdown = '# A\n\n```sh\nedgectl a\n```\n\n```\nedgectl b\n```\n\n```\nother c\n```\n';
  const { notebook } = await importDocument(
    { name: 'page.md', bytes: Buffer.from(markdown) },
    null,
    'page.ipynb'
  );
  expect(notebook).toContain('await $`edgectl b`;');
  expect(notebook).not.toContain('await $`other c`;');
});

test.each([
  [
    'page.html',
    '<h1>A</h1><details><summary>If it <b>hangs</b></summary><pre><code class="language-sh">kick</code></pre></details>'
  ],
  [
    'page.xml',
    '<h1>A</h1><ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">If it hangs</ac:parameter><ac:rich-text-body><ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sh</ac:parameter><ac:plain-text-body><![CDATA[kick]]></ac:plain-text-body></ac:structured-macro></ac:rich-text-body></ac:structured-macro>'
  ]
])('what is folded in %s runs only when somebody wants it', async (name, content) => {
  const { lines, faults } = await importDocument({ name, bytes: Buffer.from(content) }, null, 'page.ipynb');
  expect(faults).toEqual([]);
  expect(lines.map(({ text }) => text)).toContain(
    'it was folded under “If it hangs”, and runs only when somebody wants it'
  );
});

test('a picture that a notebook carries becomes a file beside it', async () => {
  const cell = {
    cell_type: 'markdown',
    source: '# A\n\n![x](attachment:the%20x.png) ![y](attachment:gone.png)',
    attachments: { 'the x.png': { 'image/png': 'iVBORw0KGgo=' } }
  };
  const { pictures, notebook, faults } = await importDocument(
    { name: 'page.ipynb', bytes: Buffer.from(JSON.stringify({ cells: [cell] })) },
    null,
    'page.ipynb'
  );
  expect([faults, pictures]).toEqual([[], [{ name: 'page.files/929e08d597fe.png', base64: 'iVBORw0KGgo=' }]]);
  expect(notebook).toContain('![x](page.files/929e08d597fe.png) ![y](attachment:gone.png)');
});
