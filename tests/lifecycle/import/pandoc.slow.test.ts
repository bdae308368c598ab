// What no reader of ours knows is refused with a call of pandoc. In the proof that call is made, and what it makes is imported.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import { importDocument } from '../../../lifecycle/import/import-document.js';
import { root } from '../../house/root.js';
import { rounds } from '../../proof.js';
import { findingsBesideGuesses } from './besides.js';

const ORG = `#+TITLE: Restart the queue

* Restart

Look first.

#+BEGIN_SRC sh
queuectl status --all
queuectl restart "orders (eu)"
#+END_SRC

- [ ] told support
`;

const folder = join(root, 'tests', 'lifecycle', 'import');

test.each(readdirSync(join(folder, 'pandoc')))('pandoc makes of %s what is imported', async name => {
  const target = await madeByPandoc(name, readFileSync(join(folder, 'pandoc', name), 'utf8'));
  const kept = readFileSync(join(folder, 'golden', name.replace(/\.\w+$/, '.md')), 'utf8');
  expect(target?.toString('utf8') ?? kept).toBe(kept);
});

test('queue.org', async () => {
  const bytes = await madeByPandoc('queue.org', ORG);
  if (bytes === null) {
    return;
  }
  const imported = await importDocument({ name: 'queue.md', bytes }, null, 'a.ipynb');
  expect([imported.faults, findingsBesideGuesses(imported)]).toEqual([[], []]);
  const { cells } = JSON.parse(imported.notebook) as Notebook;
  const sources = cells.map(({ source }) => [source].flat().join('')).join('\n');
  expect(sources).toContain('await $`queuectl restart "orders (eu)"`;');
  expect(sources).toContain("'told support'");
});

/** By the call that the refusal says; null where it is not made. */
async function madeByPandoc(name: string, content: string): Promise<Buffer | null> {
  const refused = await importDocument({ name, bytes: Buffer.from(content) }, null, 'a.ipynb').catch(
    (thrown: unknown) => thrown
  );
  const [, call = ''] =
    /^Take pandoc (.+), then import (\S+)\.$/.exec((refused as { hint: string }).hint) ?? [];
  const target = name.replace(/\.\w+$/, '.md');
  expect(call).toBe(`--from ${name.split('.')[1]} --to gfm --wrap preserve --output ${target} ${name}`);
  if (rounds({ inTest: 0, inProof: 1 }) === 0) {
    return null;
  }
  const place = mkdtempSync(join(tmpdir(), 'launchbook-pandoc-'));
  try {
    writeFileSync(join(place, name), content);
    execFileSync(process.env['LAUNCHBOOK_PANDOC']!, call.split(' '), { cwd: place });
    return readFileSync(join(place, target));
  } finally {
    rmSync(place, { recursive: true });
  }
}
