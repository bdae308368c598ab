// Which pages save the notebook of a live run.
import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { Person } from '../../../contract/base/person.js';
import type { Session, StateSource } from '../../../labextension/tokens.js';
import type { Advice } from '../../../labextension/wheel/newer-file.js';
import { holdSaves, isHeldBack, type HoldSavesParts } from '../../../labextension/wheel/watcher-saves.js';
import { ANN, opened, RUN, stateOf } from '../journal-of.js';

const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'claimed' };

class FakeContext {
  isWritable = true;
  saved = 0;
  /** The version that each save believed the file to have. */
  believed: unknown[] = [];

  get contentsModel(): object {
    return { path: 'release.ipynb', hash: 'read' };
  }

  get canSave(): boolean {
    return this.isWritable;
  }

  async save(): Promise<void> {
    this.saved++;
    this.believed.push((this.contentsModel as { hash: string }).hash);
    return Promise.resolve();
  }
}

const FREE: HoldSavesParts = {
  isHeld: () => false,
  told: () => undefined,
  advice: () => Promise.resolve({ do: 'save', over: null }),
  readAgain: () => Promise.reject(new Error('It reads again'))
};

test('a page saves over what another has saved, or reads it instead, as it is advised', async () => {
  const context = new FakeContext();
  let advice: Advice = { do: 'save', over: { hash: 'of another', last_modified: '2026' } };
  let read = 0;
  holdSaves(context, {
    ...FREE,
    advice: () => Promise.resolve(advice),
    readAgain: () => Promise.resolve(void read++)
  });
  await context.save();
  advice = { do: 'save', over: null };
  await context.save();
  advice = { do: 'read-again' };
  await context.save();
  expect([context.believed, read]).toEqual([['of another', 'read'], 1]);
  expect(context.contentsModel).toEqual({ path: 'release.ipynb', hash: 'read' });
});

test('a page that is held back saves nothing, neither by itself nor when asked, and tells of the latter', async () => {
  const context = new FakeContext();
  let isHeld = false;
  let told = 0;
  const release = holdSaves(context, { ...FREE, isHeld: () => isHeld, told: () => told++ });
  await context.save();
  expect([context.canSave, context.saved, told]).toEqual([true, 1, 0]);
  isHeld = true;
  await context.save();
  expect([context.canSave, context.saved, told]).toEqual([false, 1, 1]);
  isHeld = false;
  await context.save();
  expect([context.canSave, context.saved, told]).toEqual([true, 2, 1]);
  isHeld = true;
  release();
  await context.save();
  expect([context.canSave, context.saved, told]).toEqual([true, 3, 1]);
});

test('what could not be saved before cannot be saved now', () => {
  const context = new FakeContext();
  context.isWritable = false;
  holdSaves(context, FREE);
  expect(context.canSave).toBe(false);
});

// Every mode, driver, reader, page and source.
test('just a page of a live run that another person drives, as the kernel says, is held back', () => {
  for (const mode of ['live', 'rehearsal', 'dry-run'] as const) {
    for (const driver of [null, ANN]) {
      for (const you of [null, ANN, BOB]) {
        for (const client of ['page-1', 'page-2']) {
          for (const source of ['none', 'journal', 'kernel'] as StateSource[]) {
            const drives: RecordBody[] = driver
              ? [{ kind: 'driver-changed', by: driver, client: 'page-1', how: 'first', reason: '' }]
              : [];
            const state = stateOf(opened({ ...RUN, mode }), ...drives);
            const session = { you, client } as Session;
            const expected =
              mode === 'live' && driver !== null && source === 'kernel' && you === BOB && client === 'page-2';
            expect([mode, driver, you, client, source, isHeldBack({ source, state, session })]).toEqual([
              mode,
              driver,
              you,
              client,
              source,
              expected
            ]);
          }
        }
      }
    }
  }
});
