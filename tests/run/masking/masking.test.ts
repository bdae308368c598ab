import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../contract/base/json.js';
import type { Cell, Channel, ExecuteOutcome, RunCell, Transport } from '../../../kernel/core/ports/ports.js';
import { makeMessage } from '../../../kernel/protocol/make.js';
import type { Message, MessageType } from '../../../kernel/protocol/messages.js';
import type { CellOutput } from '../../../contract/notebook/output.js';
import { MaskedOutputs } from '../../../run/masking/masked-outputs.js';
import { showHeldBack } from '../../../kernel/host/masking/held-back-text.js';
import { maskTransport } from '../../../kernel/host/masking/masked-transport.js';
import { maskJournal } from '../../../run/masking/masked-journal.js';
import { Masking } from '../../../run/masking/masking.js';
import { FileHistory } from '../../../kernel/core/history/file-history.js';
import { MemoryJournal } from '../../../record/journal/memory-journal.js';

const SECRET = 'sesame-4711';
const MASK = '«secret TOKEN»';
let masking: Masking;
let published: { key: string; output: CellOutput }[];
let outputs: MaskedOutputs;

beforeEach(() => {
  masking = new Masking();
  published = [];
  outputs = new MaskedOutputs(masking, {
    publish: (key, output) => void published.push({ key, output })
  });
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

describe('messages', () => {
  const send = (type: MessageType, content: object): JsonObject => {
    const sent: Message[] = [];
    const transport = { send: (_channel: Channel, message: Message) => void sent.push(message) } as Transport;
    const message = makeMessage({ session: 's', username: 'u' }, type, content as never);
    maskTransport(transport, masking).send('iopub', message);
    return sent[0]!.content;
  };
  const error = { ename: SECRET, evalue: `no ${SECRET}`, traceback: [`at ${SECRET}`] };
  const maskedError = { ename: MASK, evalue: `no ${MASK}`, traceback: [`at ${MASK}`] };

  test.each<[MessageType, object, object]>([
    ['execute_input', { code: SECRET, execution_count: 1 }, { code: MASK, execution_count: 1 }],
    ['input_request', { prompt: SECRET, password: false }, { prompt: MASK, password: false }],
    ['error', error, maskedError],
    ['execute_reply', { status: 'error', ...error }, { status: 'error', ...maskedError }],
    [
      'execute_reply',
      {
        status: 'ok',
        user_expressions: { x: { data: { 'text/plain': SECRET } } },
        payload: [{ text: SECRET }]
      },
      { status: 'ok', user_expressions: { x: { data: { 'text/plain': MASK } } }, payload: [{ text: MASK }] }
    ],
    [
      'inspect_reply',
      { status: 'ok', data: { 'text/plain': SECRET } },
      { status: 'ok', data: { 'text/plain': MASK } }
    ],
    ['history_reply', { status: 'ok', history: [[1, 1, SECRET]] }, { status: 'ok', history: [[1, 1, MASK]] }]
  ])('a secret in %s is masked, and nothing else of it', (type, content, masked) => {
    learn();
    masking.learn({ name: 'ODD', value: 'error' });
    expect(send(type, content)).toEqual(masked);
  });

  test('pass as they are while no secret is known', () => {
    expect(send('error', error)).toEqual(error);
  });
});

test('what is held back is shown before its cell counts as ended, and the outcome stays as it is', async () => {
  learn();
  const record = { name: 'E', code: 'shell.failed', message: 'm' };
  const outcome: ExecuteOutcome = {
    status: 'error',
    startedAt: '',
    error: { ename: 'E', evalue: 'm', traceback: [], record }
  };
  const inner: RunCell = async () => {
    print('ses');
    return outcome;
  };
  expect(await showHeldBack(inner, outputs)({ key: 'a' } as Cell, {})).toBe(outcome);
  expect(textOf('a')).toBe('ses');
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

test('the history on disk keeps no secret', async () => {
  learn();
  const path = join(mkdtempSync(join(tmpdir(), 'masked-history-')), 'history.jsonl');
  const history = new FileHistory({ path, mask: text => masking.text(text) });
  history.append({ session: 0, line: 1, source: `login('${SECRET}')` });
  expect((await history.tail(1))[0]?.source).toBe(`login('${MASK}')`);
  expect(readFileSync(path, 'utf8')).not.toContain(SECRET);
  rmSync(dirname(path), { recursive: true });
});
