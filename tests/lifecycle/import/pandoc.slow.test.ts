// What no reader of ours knows is refused with a call of pandoc. In the proof that call is made, and what it makes is imported.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import { importDocument } from '../../../lifecycle/import/import-document.js';
import { rounds } from '../../proof.js';
import { findingsBesideGuesses } from './besides.js';

const RST = `Cutting a release
=================

.. note:: Only the release manager does this.

Prepare
-------

#. Tell the team.
#. Look at the last build::

     $ git log --oneline -1
     1a2b3c4 Fix the door

Cut
---

.. code-block:: bash

   git tag -s v1.2 -m "Version 1.2"
   git push origin v1.2

Then wait 10 minutes.
`;

const ORG = `#+TITLE: Restart the queue

* Restart

Look first.

#+BEGIN_SRC sh
queuectl status --all
queuectl restart "orders (eu)"
#+END_SRC

- [ ] told support
`;

test.each([
  ['release.rst', RST, ['await $`git log --oneline -1`;', 'await $`git tag -s v1.2 -m "Version 1.2"`;']],
  ['queue.org', ORG, ['await $`queuectl restart "orders (eu)"`;', "'told support'"]]
])('%s', async (name, content, steps) => {
  const refused = await importDocument({ name, bytes: Buffer.from(content) }, null, 'a.ipynb').catch(
    (thrown: unknown) => thrown
  );
  const [, call = ''] =
    /^Take pandoc (.+), then import (\S+)\.$/.exec((refused as { hint: string }).hint) ?? [];
  const target = name.replace(/\.\w+$/, '.md');
  expect(call).toBe(`--from ${name.split('.')[1]} --to gfm --wrap preserve --output ${target} ${name}`);
  if (rounds({ inTest: 0, inProof: 1 }) === 0) {
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-pandoc-'));
  try {
    writeFileSync(join(folder, name), content);
    execFileSync(process.env['LAUNCHBOOK_PANDOC']!, call.split(' '), { cwd: folder });
    const made = { name: target, bytes: readFileSync(join(folder, target)) };
    const imported = await importDocument(made, null, 'a.ipynb');
    expect([imported.faults, findingsBesideGuesses(imported)]).toEqual([[], []]);
    const { cells } = JSON.parse(imported.notebook) as Notebook;
    const code = cells
      .filter(({ cell_type: type }) => type === 'code')
      .map(({ source }) => [source].flat().join(''));
    steps.forEach(step => expect(code.join('\n')).toContain(step));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
