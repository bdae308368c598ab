import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Cell, CellOutput, Interpreter } from '../../../kernel/core/ports.js';
import { MaskedOutputs } from '../../../kernel/host/masked-outputs.js';
import { maskHistory } from '../../../kernel/host/masked-history.js';
import { maskInterpreter } from '../../../kernel/host/masked-interpreter.js';
import { maskJournal } from '../../../kernel/host/masked-journal.js';
import { Masking } from '../../../kernel/host/masking.js';
import { MemoryHistory } from '../../../kernel/core/memory-history.js';
import { MemoryJournal } from '../../../runbook/journal/memory-journal.js';

const SECRET = 'sesame-4711';
const MASK = '«secret TOKEN»';
let masking: Masking;
let published: { key: string; output: CellOutput }[];
let outputs: MaskedOutputs;

beforeEach(() => {
  masking = new Masking();
  published = [];
  outputs = new MaskedOutputs(masking, () => ({
    publish: (key, output) => void published.push({ key, output })
  }));
});

const learn = (): void => masking.learn({ name: 'TOKEN', value: SECRET });
const print = (text: string, key = 'a', name: 'stdout' | 'stderr' = 'stdout'): void =>
  outputs.publish(key, { kind: 'stream', name, text });
const textOf = (key: string, name: 'stdout' | 'stderr' = 'stdout'): string =>
  published
    .map(({ key: of, output }) =>
      of === key && output.kind === 'stream' && output.name === name ? output.text : ''
    )
    .join('');

describe('outputs', () => {
  test('pass as they are while no secret is known', () => {
    print(SECRET);
    expect(published).toEqual([{ key: 'a', output: { kind: 'stream', name: 'stdout', text: SECRET } }]);
  });

  test('are masked across chunks, each stream of each cell by itself', () => {
    learn();
    print('a ses');
    print('other', 'b');
    print('error ses', 'a', 'stderr');
    print('ame-4711 b\n');
    print('ame street', 'a', 'stderr');
    expect([textOf('a'), textOf('a', 'stderr'), textOf('b')]).toEqual([
      `a ${MASK} b\n`,
      'error sesame street',
      'other'
    ]);
  });

  test('held-back text comes at the end of its cell and before the next display', () => {
    learn();
    print('ses');
    expect(published).toEqual([]);
    outputs.publish('a', { kind: 'display', data: { 'text/html': `<b>${SECRET}</b>` }, metadata: {} });
    print('sesame');
    outputs.flush('a');
    expect(published.map(({ output }) => output)).toEqual([
      { kind: 'stream', name: 'stdout', text: 'ses' },
      { kind: 'display', data: { 'text/html': `<b>${MASK}</b>` }, metadata: {} },
      { kind: 'stream', name: 'stdout', text: 'sesame' }
    ]);
  });

  test('an update of an earlier place does not let a split secret through', () => {
    learn();
    print('sesame-');
    outputs.publish('a', { kind: 'update', displayId: 'd', data: { 'text/plain': SECRET }, metadata: {} });
    print('4711');
    outputs.flush('a');
    expect(textOf('a')).toBe(MASK);
    expect(published[0]!.output).toMatchObject({ data: { 'text/plain': MASK } });
  });

  test('a secret that is learned in the middle of a text is masked from then on', () => {
    masking.learn({ name: 'OTHER', value: 'hunter2' });
    print('hun');
    learn();
    print('ter2 sesame');
    print('-4711');
    outputs.flush('a');
    expect(textOf('a')).toBe(`«secret OTHER» ${MASK}`);
  });
});

test('errors, answers and help texts of the interpreter are masked; its error code is not', async () => {
  learn();
  masking.learn({ name: 'ODD', value: 'shell.failed' });
  const record = { name: 'E', code: 'shell.failed', message: SECRET, fields: { stderr: SECRET } };
  const inner = {
    execute: async () => {
      print('ses');
      return {
        status: 'error',
        startedAt: '',
        error: { ename: 'E', evalue: SECRET, traceback: [`at ${SECRET}`], record },
        userExpressions: { x: { data: { 'text/plain': SECRET } } },
        payload: [{ text: SECRET }]
      };
    },
    inspect: async () => ({ 'text/plain': SECRET })
  } as unknown as Interpreter;
  const interpreter = maskInterpreter(inner, masking, outputs);
  const outcome = await interpreter.execute({ key: 'a' } as Cell, {});
  expect(JSON.stringify(outcome)).not.toContain(SECRET);
  expect(outcome.error).toMatchObject({ evalue: MASK, record: { code: 'shell.failed', message: MASK } });
  expect(textOf('a')).toBe('ses');
  expect(await interpreter.inspect('', 0, 0)).toEqual({ 'text/plain': MASK });
});

test('records of the journal are masked, and the words that tie them together are not', async () => {
  learn();
  masking.learn({ name: 'ODD', value: 'note' });
  const memory = new MemoryJournal(() => 0);
  const journal = maskJournal(Object.assign(memory, { initialRecords: [] }), masking);
  const by = { username: 'ann', name: 'Ann', grade: 'claimed' as const };
  const record = await journal.append({ kind: 'note', text: `note: ${SECRET}`, step: 'note', by });
  expect(record).toMatchObject({ kind: 'note', text: `«secret ODD»: ${MASK}`, step: 'note' });
});

test('the history keeps no secret', async () => {
  learn();
  const history = maskHistory(new MemoryHistory(), masking);
  history.append({ session: 0, line: 1, source: `login('${SECRET}')` });
  expect((await history.tail(1))[0]?.source).toBe(`login('${MASK}')`);
});
