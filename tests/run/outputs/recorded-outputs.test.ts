// Outputs of attempts in the journal: in order, each once, before clients see them, and within a budget.
import { afterEach, describe, expect, test } from '@jest/globals';
import type { OutputsRecorded, RecordedOutput } from '../../../contract/notebook/output.js';
import { OutputBudget } from '../../../run/outputs/output-budget.js';
import { RecordedOutputs } from '../../../run/outputs/recorded-outputs.js';
import { makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
afterEach(() => run?.end());

const line = (text: string, name: 'stdout' | 'stderr' = 'stdout'): RecordedOutput => ({
  kind: 'stream',
  name,
  text
});
const shown = (text: string): RecordedOutput => ({
  kind: 'display',
  data: { 'text/plain': text },
  metadata: {}
});

function recorderWith(limitBytes = 1000) {
  run = makeSampleRun();
  const logged: string[] = [];
  const recorder = new RecordedOutputs({
    keeper: run.keeper,
    register: run.register,
    limitBytes: () => limitBytes,
    log: text => void logged.push(text)
  });
  return { recorder, logged };
}

const recordsOf = (): OutputsRecorded[] => run.journal.records.filter(record => record.kind === 'output');

describe('recording', () => {
  test('an output is in the journal when clients may see it', async () => {
    const { recorder } = recorderWith();
    const { cell } = await run.admit('look');
    await recorder.record(cell, line('one\n'));
    expect(recordsOf()).toMatchObject([{ step: 'look', attempt: 1, upTo: 1, outputs: [line('one\n')] }]);
    expect(run.keeper.state.steps['look']?.attempts[0]?.outputs).toBe(1);
  });

  test('outputs that come together share a record, and texts of one stream become one', async () => {
    const { recorder } = recorderWith();
    const { cell } = await run.admit('look');
    for (const output of [line('a'), line('b'), shown('x'), line('c'), line('d', 'stderr')]) {
      void recorder.record(cell, output);
    }
    await recorder.complete(cell);
    expect(recordsOf().flatMap(({ outputs }) => outputs)).toEqual([
      line('ab'),
      shown('x'),
      line('c'),
      line('d', 'stderr')
    ]);
    expect(recordsOf().at(-1)?.upTo).toBe(4);
  });

  test('outputs of a refused cell belong to no attempt', () => {
    const { recorder } = recorderWith();
    expect(recorder.record(run.cellOf('look'), line('x'))).toBeNull();
    expect(run.journal.records).toEqual([]);
  });

  test('what one cell shows belongs to the attempt that runs in it: several undo steps share a cell', async () => {
    const { recorder } = recorderWith();
    const { cell } = await run.admit('look');
    const undo = (step: string): void => run.register.add({ cell, step, attempt: 1, elapsedMs: () => 0 });
    undo('rollback:one');
    await recorder.record(cell, line('first\n'));
    undo('rollback:two');
    await recorder.record(cell, line('second\n'));
    await recorder.record(cell, line('third\n'));
    expect(recordsOf().map(({ step, upTo }) => [step, upTo])).toEqual([
      ['rollback:one', 1],
      ['rollback:two', 1],
      ['rollback:two', 2]
    ]);
  });

  test('a second attempt that shows nothing says so, a first one does not', async () => {
    const { recorder } = recorderWith();
    await recorder.complete((await run.admit('look')).cell);
    await recorder.complete((await run.admit('look')).cell);
    expect(recordsOf()).toMatchObject([{ attempt: 2, upTo: 0, outputs: [] }]);
  });

  test('what the journal refuses is shown all the same, and the count stays true', async () => {
    const { recorder, logged } = recorderWith();
    const { cell } = await run.admit('look');
    const { append } = run.journal;
    run.journal.append = () => Promise.reject(new Error('no room is left'));
    await recorder.record(cell, line('lost\n'));
    run.journal.append = append;
    await recorder.record(cell, line('kept\n'));
    expect(logged).toEqual([expect.stringContaining('no room is left')]);
    expect(recordsOf()).toMatchObject([{ upTo: 1, outputs: [line('kept\n')] }]);
  });
});

describe('the budget of an attempt', () => {
  test('admits until it is used up, then holds', () => {
    const budget = new OutputBudget(10);
    expect([budget.admits(line('12345')), budget.admits(line('67890')), budget.admits(line('x'))]).toEqual([
      true,
      true,
      false
    ]);
    expect(budget.release()).toEqual([line('x')]);
    expect(budget.admits(line('again'))).toBe(true);
  });

  test('of updates that are held the last of each display stays, of a clear only what comes behind it', () => {
    const update = (displayId: string, text: string): RecordedOutput => ({
      kind: 'update',
      data: { 'text/plain': text },
      metadata: {},
      displayId
    });
    const budget = new OutputBudget(500);
    budget.admits(line('x'.repeat(490)));
    for (let index = 0; index < 1000; index++) {
      budget.admits(update('a', String(index)));
      budget.admits(update('b', String(index)));
    }
    expect(budget.release()).toEqual([update('a', '999'), update('b', '999')]);
    budget.admits(line('x'.repeat(490)));
    budget.admits({ kind: 'clear', wait: true });
    budget.admits(line('after'));
    expect(budget.release()).toEqual([{ kind: 'clear', wait: true }, line('after')]);
  });

  test('what is beyond the memory too is counted and told', () => {
    const budget = new OutputBudget(10);
    ['1234567890', '1234567890', 'a', 'b'].forEach(text => budget.admits(line(text)));
    expect(budget.release()).toEqual([
      line('1234567890'),
      line(expect.stringContaining('2 outputs of this attempt are not kept') as unknown as string, 'stderr')
    ]);
  });
});

test('a flood of NULs, each six bytes in JSON, makes the journal no longer than the limit and as much at the end', async () => {
  const limitBytes = 200_000;
  const { recorder } = recorderWith(limitBytes);
  const { cell } = await run.admit('look');
  for (let index = 0; index < 20; index++) {
    void recorder.record(cell, line('\0'.repeat(10_000)));
  }
  await recorder.complete(cell);
  expect(run.journal.text.length).toBeLessThan(2 * limitBytes + 200_000);
  expect(
    recordsOf()
      .flatMap(({ outputs }) => outputs)
      .at(-1)
  ).toMatchObject({ text: expect.stringContaining('not kept') });
});
