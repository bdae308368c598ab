// Documents of which a part was once thought to be lost, or was: each letter of them is in a cell, and nothing else is said.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import { importDocument } from '../../../lifecycle/import/import-document.js';
import { root } from '../../house/root.js';

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
  ['a table behind a list of boxes', '- [ ] a\n\n|b|c|\n|-|-|\n|d|e|\n'],
  [
    'a second folded part right behind the first',
    '# A\n\n<details>\n<summary>one</summary>\n\n```sh\nls\n```\n\n</details>\n<details>\n<summary>two</summary>\n\n```sh\npwd\n```\n\n</details>\n'
  ],
  [
    'a folded part in an item, and its summary in parts of its own',
    '# A\n\n1. do\n\n   <details>\n   <summary>\n\n   why\n\n   </summary>\n\n   ```sh\n   ls\n   ```\n\n   </details> then\n'
  ],
  [
    'words between two commands of a quotation',
    '# A\n\n> one\n>\n> ```sh\n> ls\n> ```\n> two\n> > three\n> > ```sh\n> > pwd\n> > ```\n'
  ],
  [
    'who types where, in a section that is optional',
    '# A\n\n## Rolling back\n\n```sh\nann@db-1:~/live$ ls\nann@db-1:/etc/x$ pwd\n```\n\n```sh\n(venv) $ ls\n```\n'
  ],
  ['numbers before boxes', '# A\n\n7. [ ] a\n8. [x] b\n'],
  ['what a secret is called', '# A\n\n```sh\nexport DEPLOY_TOKEN=[Enter what the vault says]\nship\n```\n'],
  ['a block that nothing ends in its item', '# A\n\n1. [ ] a\n$( ```sh\n   ls\n   ```\n1. b\n- [ ] c\n'],
  ['a folded part whose end is broken', '# A\n\n<details\n```sh\nls\n```\n\n</details>\n\n<b>c</b>\n'],
  ['two summaries', '<details>\n<summary>a<summary>b</summary c</summary>\n\n```sh\nls\n```\n'],
  ['an address in a list', '# A\n\n1. www.example.com/a and b@example.com\n\n   ```sh\n   ls\n   ```\n'],
  [
    'a command in a box in a box',
    '# A\n\n- [ ] a\n  - [x] b\n    ```sh\n    ls\n    ```\n  - [ ] c\n- [ ] d\n'
  ]
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
    '<pre>ls</pre>',
    '```text\nkubectl get pods\n```',
    'kubectl get nodes',
    '☐ told support',
    '| do |\n|-|\n| [ ] asked |',
    'Make sure that git is there.'
  ].join('\n\n');
  const { lines } = await importDocument(
    { name: 'page.md', bytes: Buffer.from(markdown) },
    null,
    'page.ipynb'
  );
  expect(lines.map(({ grade, place, text }) => [grade, place, text])).toEqual([
    ['left', 'line 3', '“kubectl get pods” in a sentence or a table: no step runs it'],
    ['left', 'line 7', '“helm list -A” in a sentence or a table: no step runs it'],
    ['guessed', 'line 9', 'it stands in a quotation, and runs only when somebody wants it'],
    ['left', 'line 13', 'commands or boxes stand in a quotation, which stays text'],
    ['left', 'line 15', 'the block is sql, which no step runs as it stands'],
    ['left', 'line 23', 'a block of code is written in HTML, which stays text'],
    ['left', 'line 25', 'the block says that it is text, and begins like a command'],
    ['left', 'line 29', '“kubectl get nodes” in a sentence or a table: no step runs it'],
    ['left', 'line 31', '“☐ told support” reads like a box, and nobody is asked to tick it'],
    ['left', 'line 35', '“[ ] asked” reads like a box, and nobody is asked to tick it']
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

test.each([
  ['<Tabs>\n\n<TabItem value="Linux">\n\nCODE\n\n</TabItem>\n\n</Tabs>', 'Linux'],
  [':::details More\nCODE\n:::', 'More'],
  [':::note\nword\n:::\n\n:::{dropdown} If not\n\nCODE\n\n:::', 'If not'],
  ['{{< tabs >}}\n{{< tab "On a Mac" >}}\n\nCODE\n\n{{< /tab >}}\n{{< /tabs >}}', 'On a Mac'],
  ['{% tab title="EU" %}\n\nCODE\n\n{% endtab %}', 'EU']
])('what stands in one of several tabs runs only when somebody wants it: %j', async (text, title) => {
  const markdown = `# A\n\n${text.replace('CODE', '```sh\none\n```')}\n\n\`\`\`sh\ntwo\n\`\`\`\n`;
  const { faults, lines } = await importDocument(
    { name: 'page.mdx', bytes: Buffer.from(markdown) },
    null,
    'page.ipynb'
  );
  expect([faults, lines.map(line => line.text)]).toEqual([
    [],
    [`it was folded under “${title}”, and runs only when somebody wants it`]
  ]);
});

test.each([
  ['page.html', 'the text in a form', '<form><p>Look first.</p><button>Go</button></form>', 'Look first.'],
  [
    'page.html',
    'the end of a block',
    '<h1>A</h1><pre>ls -l</pre><pre>ls -a</pre>',
    'await $`ls -l`;\n// Guessed from “ls -a”'
  ],
  [
    'page.html',
    'the language of a block at its frame',
    '<div class="highlight highlight-source-shell"><pre>own --tool</pre></div>',
    'await $`own --tool`;'
  ],
  ['page.html', 'a letter before bold signs', '<h1>A</h1><p>Nvee<strong>#riday</strong>.</p>', 'riday'],
  [
    'page.html',
    'code in a table',
    '<table><tr><th>a<th>b<tr><td>c<td><pre>ls | wc\npwd</pre><ul><li>d</ul></table>',
    '`ls \\| wc`<br>`pwd`<br>• d'
  ],
  [
    'page.html',
    'a table around code',
    '<table><tr><td><pre class="language-sh">ls --all</pre></table>',
    'await $`ls --all`;'
  ],
  [
    'page.xml',
    'the words below a picture',
    '<p><ac:image><ri:attachment ri:filename="a.png"/><ac:caption><p>The queue</p></ac:caption></ac:image></p>',
    '*The queue*'
  ],
  [
    'page.xml',
    'a sign of a face',
    '<p><ac:emoticon ac:name="warning" ac:emoji-fallback="⚠️"/> Stop</p>',
    '⚠️ Stop'
  ],
  [
    'page.xml',
    'a task below a task',
    '<ac:task-list><ac:task><ac:task-body><span>one<ac:task-list><ac:task><ac:task-body>two</ac:task-body></ac:task></ac:task-list></span></ac:task-body></ac:task></ac:task-list>',
    "'one',\n  '– two'"
  ],
  [
    'page.yml',
    'a block of shell in a form',
    'body:\n  - type: textarea\n    attributes:\n      label: A\n      value: |\n        ```bash\n        ls -l\n        ```\n',
    'await $`ls -l`;'
  ],
  [
    'page.yml',
    'what a form shows as shell',
    'body:\n  - type: textarea\n    attributes:\n      label: A\n      render: shell\n      value: ls -l\n',
    'await $`ls -l`;'
  ],
  [
    'page.ipynb',
    'a block of shell in a text',
    JSON.stringify({ cells: [{ cell_type: 'markdown', source: '```bash\nls -l\n```' }] }),
    'await $`ls -l`;'
  ]
])('%s: %s is kept', async (name, _, content, kept) => {
  const { faults, notebook } = await importDocument(
    { name, bytes: Buffer.from(content) },
    null,
    'page.ipynb'
  );
  const cells = (JSON.parse(notebook) as Notebook).cells.map(({ source }) => [source].flat().join(''));
  expect([faults, cells.join('\n')]).toEqual([[], expect.stringContaining(kept)]);
});

const golden = join(root, 'tests', 'lifecycle', 'import', 'golden');
const blocks = readdirSync(golden)
  .filter(name => /\.md$/.test(name) && !name.endsWith('.import.md'))
  .flatMap(name => [
    ...readFileSync(join(golden, name), 'utf8').matchAll(/^ *```(?:ba)?sh(?:ell)?\n([^]*?)^ *```$/gm)
  ])
  .map(([, text = '']) => text.replace(new RegExp(`^${/^ */.exec(text)![0]}`, 'gm'), ''))
  .filter(text => !/[\uE000-\uF8FF]/.test(text));

test.each([
  [
    'page.xml',
    (text: string) =>
      `<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">bash</ac:parameter><ac:plain-text-body><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></ac:plain-text-body></ac:structured-macro>`
  ],
  [
    'page.html',
    (text: string) =>
      `<pre><code class="language-sh">${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</code></pre>`
  ]
])('each block of shell of the samples is one in %s, with the same steps', async (name, codeOf) => {
  expect(blocks.length).toBeGreaterThan(30);
  const sourcesOf = ({ notebook }: { notebook: string }): string[] =>
    (JSON.parse(notebook) as Notebook).cells
      .filter(({ cell_type: type }) => type === 'code')
      .map(({ source }) => [source].flat().join(''));
  for (const text of blocks) {
    const [page, markdown] = [
      `<h1>A</h1>${codeOf(text)}`,
      `# A\n\n\`\`\`\`sh\n${text.trimEnd()}\n\`\`\`\`\n`
    ];
    const made = await importDocument({ name, bytes: Buffer.from(page) }, null, 'page.ipynb');
    const same = await importDocument({ name: 'a.md', bytes: Buffer.from(markdown) }, null, 'page.ipynb');
    expect({ text, faults: made.faults, code: sourcesOf(made) }).toEqual({
      text,
      faults: [],
      code: sourcesOf(same)
    });
  }
});

test('a page in columns, and a page in one line, tell where their guesses are', async () => {
  const code = (text: string): string =>
    `<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body></ac:structured-macro>`;
  const lines = [
    '<h2>Look</h2>',
    '<ol><li><p>First</p>',
    code('ls -l'),
    '</li></ol>',
    '<h2>Go</h2>',
    code('ls -a')
  ];
  const layout = (text: string): string =>
    `<ac:layout><ac:layout-section><ac:layout-cell>${text}</ac:layout-cell></ac:layout-section></ac:layout>`;
  const placesOf = async (text: string): Promise<string[]> =>
    (await importDocument({ name: 'page.xml', bytes: Buffer.from(text) }, null, 'page.ipynb')).lines.map(
      ({ place }) => place
    );
  expect(await placesOf(layout(lines.join('\n')))).toEqual(['line 3', 'line 6']);
  expect(await placesOf(layout(lines.join('')))).toEqual(['line 1, “Look”', 'line 1, “Go”']);
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
