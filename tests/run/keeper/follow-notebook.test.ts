// A notebook that is renamed while its kernel lives: the journal goes along, there is never a second one, and nobody is followed anywhere
// else.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { RunInfo } from '../../../contract/base/run.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { journalsAround } from '../../../record/journal/journals-around.js';
import { followNotebook } from '../../../run/keeper/follow-notebook.js';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';
import { openJournal } from '../../../run/keeper/open-journal.js';
import { RunKeeper } from '../../../run/keeper/run-keeper.js';
import { makeRandom } from '../../random.js';
import { RUN } from '../sample-run.js';

const ANN = RUN.createdBy;
let root: string;
let folder: string;
let notebook: NotebookFile;
let keeper: RunKeeper;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'launchbook-follow-'));
  mkdirSync(join(root, '.git'));
  folder = join(root, 'runs');
  mkdirSync(folder);
  save('release.ipynb');
  start('release.ipynb');
});
afterEach(async () => {
  await keeper.close();
  rmSync(root, { recursive: true, force: true });
});

function save(name: string, run: RunInfo | null = RUN): void {
  const metadata = run ? { launchbook: { run } } : {};
  writeFileSync(join(folder, name), JSON.stringify({ cells: [], metadata, nbformat: 4, nbformat_minor: 5 }));
}
function start(name: string): void {
  notebook = new NotebookFile(join(folder, name));
  notebook.read();
  keeper = new RunKeeper({
    openJournal: first => openJournal(notebook, first),
    readRun: () => notebook.read().run,
    notebook: name,
    owner: () => ANN
  });
}
const note = (text: string) => keeper.append({ kind: 'note', text, step: null, by: ANN });
const follow = (path: string, run: string | null = RUN.id) =>
  followNotebook({ notebook, keeper }, { path, run });
const rename = (from: string, to: string): void => renameSync(join(folder, from), join(folder, to));
const notesIn = (journal: string): unknown[] => {
  const { records, fault, torn } = readJournal(readFileSync(journal, 'utf8'));
  expect({ fault, torn }).toEqual({ fault: null, torn: null });
  return records.flatMap(record => (record.kind === 'note' ? record.text : []));
};
const journals = (): string[] => journalsAround(notebook.path, RUN.id).map(file => basename(file));

test('journal, decisions and outputs take the new name, and the record goes on in the same file', async () => {
  await note('one');
  mkdirSync(join(folder, 'release.approvals'));
  mkdirSync(join(folder, 'release.outputs'));
  rename('release.ipynb', 'night.ipynb');
  expect(await follow('runs/night.ipynb')).toBe(join(folder, 'night.ipynb'));
  await note('two');
  expect(notesIn(join(folder, 'night.journal.jsonl'))).toEqual(['one', 'two']);
  expect(journals()).toEqual(['night.journal.jsonl']);
  expect(['night.approvals', 'night.outputs'].every(name => existsSync(join(folder, name)))).toBe(true);
  expect(existsSync(join(folder, '.release.journal.jsonl.lock'))).toBe(false);
  await keeper.close();
  start('night.ipynb');
  await note('three');
  expect(notesIn(join(folder, 'night.journal.jsonl'))).toEqual(['one', 'two', 'three']);
});

test.each([
  ['the server shows the folder itself', 'night.ipynb'],
  ['the server shows a folder above', 'runs/night.ipynb']
])('%s', async (_what, path) => {
  await note('one');
  rename('release.ipynb', 'night.ipynb');
  expect(await follow(path)).toBe(join(folder, 'night.ipynb'));
});

test('a notebook that is moved into another folder takes its journal along, open or not', async () => {
  mkdirSync(join(root, 'done', 'here'), { recursive: true });
  await note('one');
  rename('release.ipynb', '../done/here/night.ipynb');
  expect(await follow('done/here/night.ipynb')).toBe(join(root, 'done', 'here', 'night.ipynb'));
  await note('two');
  await keeper.close();
  start('../done/here/night.ipynb');
  rename('../done/here/night.ipynb', 'back.ipynb');
  expect(await follow('runs/back.ipynb')).toBe(join(folder, 'back.ipynb'));
  await note('three');
  expect(notesIn(join(folder, 'back.journal.jsonl'))).toEqual(['one', 'two', 'three']);
  expect(journals()).toEqual(['back.journal.jsonl']);
});

test('a kernel that was told the old name when it was started again finds its run by the page', async () => {
  await note('one');
  rename('release.ipynb', 'night.ipynb');
  await follow('runs/night.ipynb');
  await keeper.close();
  start('release.ipynb');
  expect(notebook.fault()).not.toBeNull();
  expect(await follow('runs/night.ipynb')).toBe(join(folder, 'night.ipynb'));
  await note('two');
  expect(notesIn(join(folder, 'night.journal.jsonl'))).toEqual(['one', 'two']);
});

test('a scratch notebook is followed as the same file', async () => {
  save('scratch.ipynb', null);
  start('scratch.ipynb');
  await note('one');
  rename('scratch.ipynb', 'other.ipynb');
  expect(await follow('runs/other.ipynb', null)).toBe(join(folder, 'other.ipynb'));
  await note('two');
  expect(notesIn(join(folder, '.launchbook', 'other.journal.jsonl'))).toEqual(['one', 'two']);
});

test.each<[string, () => void, string]>([
  [
    'a copy, while the notebook is where it was',
    () => cpSync(join(folder, 'release.ipynb'), join(folder, 'copy.ipynb')),
    'runs/copy.ipynb'
  ],
  [
    'a notebook of another run',
    () => (rename('release.ipynb', 'gone.txt'), save('other.ipynb', { ...RUN, id: '2.5.0-staging-ffffff' })),
    'runs/other.ipynb'
  ],
  [
    'a scratch notebook',
    () => (rename('release.ipynb', 'gone.txt'), save('scratch.ipynb', null)),
    'runs/scratch.ipynb'
  ],
  ['what is no notebook', () => rename('release.ipynb', 'release.txt'), 'runs/release.txt'],
  ['a path that leads out', () => rename('release.ipynb', '../night.ipynb'), 'other/../night.ipynb'],
  ['a path that is not there', () => rename('release.ipynb', 'night.ipynb'), 'runs/elsewhere.ipynb'],
  ['a path of the whole machine', () => rename('release.ipynb', 'night.ipynb'), '/runs/night.ipynb']
])('%s is not followed', async (_what, change, path) => {
  await note('one');
  change();
  expect(await follow(path)).toBeNull();
  expect(notebook.name).toBe('release.ipynb');
  await note('two');
  expect(notesIn(join(folder, 'release.journal.jsonl'))).toEqual(['one', 'two']);
});

test('where another journal stands nothing moves, and the record goes on where it was', async () => {
  await note('one');
  rename('release.ipynb', 'night.ipynb');
  writeFileSync(join(folder, 'night.journal.jsonl'), '{}\n');
  await expect(follow('runs/night.ipynb')).rejects.toMatchObject({ code: 'journal.replaced' });
  await note('two');
  expect(notesIn(join(folder, 'release.journal.jsonl'))).toEqual(['one', 'two']);
  expect(existsSync(join(folder, '.night.journal.jsonl.lock'))).toBe(false);
});

test('records that are written while the notebook is renamed again and again are all in one journal, in order', async () => {
  const random = makeRandom(4);
  const texts: string[] = [];
  const writing: Promise<unknown>[] = [];
  let name = 'release.ipynb';
  for (let round = 0; round < 40; round++) {
    for (let count = Math.floor(random() * 4); count > 0; count--) {
      texts.push(`note ${texts.length}`);
      writing.push(note(texts.at(-1)!));
    }
    const next = `night-${round}.ipynb`;
    rename(name, next);
    const following = follow(`runs/${next}`);
    texts.push(`note ${texts.length}`);
    writing.push(note(texts.at(-1)!));
    expect(await following).toBe(join(folder, next));
    name = next;
  }
  await Promise.all(writing);
  expect(notesIn(join(folder, name.replace('.ipynb', '.journal.jsonl')))).toEqual(texts);
  expect(journals()).toHaveLength(1);
});
