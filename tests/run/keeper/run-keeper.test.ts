// The first records of a kernel may not be writable: the journal is then let go of, and the next try writes all of them.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { JournalOpened, RecordKind } from '../../../contract/journal/journal.js';
import { RunKeeper } from '../../../run/keeper/run-keeper.js';
import { FileJournal } from '../../../record/journal/file-journal.js';
import type { Journal } from '../../../record/journal/journal.js';
import { ANN, OPENED } from '../../contract/sample-journal.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-keeper-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (first: JournalOpened): Promise<FileJournal> =>
  FileJournal.open(join(folder, 'release.journal.jsonl'), { first, now: () => Date.now() });

/** A keeper whose first opening cannot write records of `kind`. */
function keeperThatFailsOnce(kind: RecordKind): RunKeeper {
  let isFull = true;
  const openJournal = async (first: JournalOpened): Promise<Journal> => {
    const journal = await open(first);
    return {
      initialRecords: journal.initialRecords,
      torn: journal.torn,
      append: (body, durability) => {
        if (isFull && body.kind === kind) {
          isFull = false;
          return Promise.reject(new Error('disk full'));
        }
        return journal.append(body, durability);
      },
      read: () => journal.read(),
      close: () => journal.close()
    };
  };
  return new RunKeeper({ openJournal, readRun: () => null, notebook: 'release.ipynb', owner: () => ANN });
}

test.each(['torn-line', 'kernel-started'] as const)(
  'a journal whose %s cannot be written is let go of, and the next try records everything once',
  async kind => {
    const journal = await open(OPENED);
    await journal.close();
    appendFileSync(journal.path, '{"seq":2,"at"');
    const keeper = keeperThatFailsOnce(kind);
    await expect(keeper.open()).rejects.toThrow('disk full');
    await keeper.open();
    const kinds: string[] = [];
    for await (const record of keeper.read()) {
      kinds.push(record.kind);
    }
    expect(kinds).toEqual(['journal-opened', 'torn-line', 'kernel-started']);
    expect(keeper.state.tornLines).toMatchObject([
      { file: 'release.journal.jsonl.torn-2', bytes: 13, line: 2 }
    ]);
    await keeper.close();
  }
);

test('beginning anew needs a reason like every other word against the course of a run', async () => {
  const keeper = new RunKeeper({ openJournal: open, readRun: () => null, notebook: 'x', owner: () => ANN });
  await expect(keeper.beginAnew(ANN, ' \n')).rejects.toMatchObject({ code: 'reason.missing' });
});
