// Twenty-odd ways in which the notebook of a run cannot be read, at the start of its kernel and while it runs: nothing of the run
// executes that is not known, the reason is said, and it goes on by itself when the file is mended.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';
import { refuseUnreadableNotebook } from '../../../run/gate/cell/unreadable-notebook.js';
import { unsentCell } from '../../../run/keeper/unsent-cell.js';
import { CELLS, makeSampleRun, RUN, type SampleRun } from '../sample-run.js';

type Json = { [key: string]: unknown };
type Damage = (path: string, text: string) => void;

const edited =
  (edit: (notebook: Json) => unknown): Damage =>
  (path, text) =>
    writeFileSync(path, JSON.stringify(edit(JSON.parse(text) as Json)));
const replaced =
  (put: (path: string) => void): Damage =>
  path => {
    rmSync(path);
    put(path);
  };
const ofRun = (run: unknown): Damage =>
  edited(notebook => ({ ...notebook, metadata: { launchbook: { run } } }));

const WAYS: readonly (readonly [what: string, damage: Damage, reason: RegExp])[] = [
  [
    'has conflict markers',
    (path, text) => writeFileSync(path, `<<<<<<< ours\n${text}\n=======\n>>>>>>> theirs\n`),
    /conflict markers/
  ],
  ['is empty', path => writeFileSync(path, ''), /It is empty/],
  ['is cut', (path, text) => writeFileSync(path, text.slice(0, text.length / 2)), /It is not JSON/],
  ['begins with a byte order mark', (path, text) => writeFileSync(path, `\uFEFF${text}`), /byte order mark/],
  ['is UTF-16', (path, text) => writeFileSync(path, Buffer.from(`\uFEFF${text}`, 'utf16le')), /UTF-16/],
  ['was deleted', path => rmSync(path), /ENOENT/],
  ['is a folder', replaced(path => mkdirSync(path)), /It is a folder/],
  [
    'stands behind a file',
    path => (rmSync(dirname(path), { recursive: true }), writeFileSync(dirname(path), '')),
    /ENOTDIR/
  ],
  ['is text', path => writeFileSync(path, 'npm ERR! not found\n'), /It is not JSON/],
  ['is null', path => writeFileSync(path, 'null'), /JSON, but no notebook/],
  ['is a list', path => writeFileSync(path, '[]'), /JSON, but no notebook/],
  [
    'has the format 3',
    edited(({ cells, ...notebook }) => ({ ...notebook, nbformat: 3, worksheets: [{ cells }] })),
    /the format 3/
  ],
  ['has no cells', edited(({ metadata }) => ({ metadata, nbformat: 4 })), /cells are not a list/],
  ['has cells that are no list', edited(notebook => ({ ...notebook, cells: {} })), /cells are not a list/],
  ['has a cell that is none', edited(notebook => ({ ...notebook, cells: [null] })), /cells are not a list/],
  [
    'has two cells of one id',
    edited(notebook => ({ ...notebook, cells: [...CELLS, CELLS[1]] })),
    /have the id "look"/
  ],
  ['is NULs', (path, text) => writeFileSync(path, '\0'.repeat(text.length)), /It is not JSON/],
  ['is a link to itself', replaced(path => symlinkSync(path, path)), /ELOOP/],
  ['is a link to nothing', replaced(path => symlinkSync(`${path}.gone`, path)), /ENOENT/],
  ['is a named pipe', replaced(path => execFileSync('mkfifo', [path])), /expected a regular file/],
  ['is a device', replaced(path => symlinkSync('/dev/zero', path)), /expected a regular file/],
  ['is huge', path => truncateSync(path, 200 * 1024 * 1024), /200 MiB, at most 100 MiB/],
  ['has a text for its run', ofRun('2.4.0'), /does not say which one/],
  ['has a list for its run', ofRun([RUN]), /does not say which one/],
  ['has a run without its id', ofRun({ ...RUN, id: 5 }), /does not say which one/],
  ['has a run of no mode', ofRun({ ...RUN, mode: 'LIVE' }), /mode of its run is "LIVE"/],
  [
    'has metadata of ours that is a text',
    edited(notebook => ({ ...notebook, metadata: { launchbook: 'run' } })),
    /metadata is not as/
  ],
  ['has a list for its metadata', edited(notebook => ({ ...notebook, metadata: [] })), /metadata is not as/]
];

let sample: SampleRun;
beforeEach(() => {
  sample = makeSampleRun();
});
afterEach(() => {
  rmSync(sample.folder, { recursive: true, force: true });
});

function mend(): void {
  rmSync(sample.path, { recursive: true, force: true });
  rmSync(sample.folder, { recursive: true, force: true });
  mkdirSync(sample.folder);
  sample.save(CELLS);
}

describe.each(WAYS)('a notebook that %s', (_what, damage, reason) => {
  test('when the kernel starts: no cell is executed, and it goes on when it is mended', async () => {
    damage(sample.path, readFileSync(sample.path, 'utf8'));
    const check = refuseUnreadableNotebook({ notebook: new NotebookFile(sample.path), patienceMs: 0 });
    const refusal = await check({ ...unsentCell('replay', '1 + 1', null), cellId: 'look' });
    expect(refusal).toMatchObject({
      code: 'notebook.unreadable',
      message: expect.stringMatching(reason) as unknown
    });
    mend();
    expect(await check({ ...unsentCell('replay', '1 + 1', null), cellId: 'look' })).toBeNull();
  });

  test('while the run goes on: what is not known of it is not executed, and it goes on when it is mended', async () => {
    sample.notebook.read();
    damage(sample.path, readFileSync(sample.path, 'utf8'));
    const { gate, cellOf } = sample;
    const always = refuseUnreadableNotebook({ notebook: sample.notebook, patienceMs: 0 });
    expect(await always(cellOf('look'))).toBeNull();
    for (const cell of [
      cellOf('look', 'rm()'),
      cellOf('new', '1 + 1'),
      cellOf(null, 'rm()'),
      cellOf('ship', '1 + 1')
    ]) {
      expect(await always(cell)).toMatchObject({
        code: 'notebook.unreadable',
        message: expect.stringMatching(reason) as unknown
      });
    }
    mend();
    expect(await gate.admit(cellOf('look'))).toEqual({ refusal: null });
  });
});

test('the gate of the kernel refuses it, and leaves no attempt', async () => {
  sample.notebook.read();
  writeFileSync(sample.path, '<<<<<<< ours\n');
  const { refusal } = await sample.gate.admit(sample.cellOf('look', 'rm()'));
  expect(refusal).toMatchObject({ record: { code: 'notebook.unreadable' } });
  expect(sample.journal.records).toEqual([]);
});

describe('a notebook that can be read', () => {
  test.each<[string, Damage]>([
    [
      'with another kernelspec',
      edited(notebook => ({
        ...notebook,
        metadata: { ...(notebook['metadata'] as Json), kernelspec: { name: 'python3' } }
      }))
    ],
    [
      'through a link',
      path => (
        writeFileSync(`${path}.real`, readFileSync(path)),
        rmSync(path),
        symlinkSync(`${path}.real`, path)
      )
    ],
    ['without leave to write', path => chmodSync(path, 0o444)],
    ['without metadata, which is no run', edited(({ cells }) => ({ cells, nbformat: 4 }))]
  ])('%s is read', (_what, change) => {
    change(sample.path, readFileSync(sample.path, 'utf8'));
    expect(new NotebookFile(join(sample.folder, 'release.ipynb')).fault()).toBeNull();
  });
});
