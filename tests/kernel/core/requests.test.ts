// The requests that answer at once, also while a cell runs.
import { describe, expect, test } from '@jest/globals';
import { InMemoryClient } from '../../../kernel/transport/in-memory-client.js';
import { contentsOf, KERNEL_INFO, startKernel, typesOf } from './start-kernel.js';

test.each(['shell', 'control'] as const)(
  '`kernel_info_request` is answered on %s with status ok',
  async channel => {
    const { client } = startKernel();
    const { reply, published } = await client.request('kernel_info_request', {}, { channel });
    expect(reply.content).toEqual({
      status: 'ok',
      protocol_version: '5.5',
      ...KERNEL_INFO,
      supported_features: []
    });
    expect(typesOf(published)).toEqual(['busy', 'idle']);
  }
);

test('`starting` is said once and first', async () => {
  const { client, seen } = startKernel();
  await client.execute('print x');
  expect(typesOf(seen).filter(type => type === 'starting')).toEqual(['starting']);
  expect(typesOf(seen)[0]).toBe('starting');
});

describe('while a cell runs', () => {
  test('every question is answered', async () => {
    const { client, interpreter } = startKernel();
    const cell = client.execute('wait');
    await interpreter.whenWaiting();
    const replies = await Promise.all([
      client.request('kernel_info_request', {}),
      client.request('complete_request', { code: 'pri', cursor_pos: 3 }),
      client.request('inspect_request', { code: 'print', cursor_pos: 2 }),
      client.request('is_complete_request', { code: 'print' }),
      client.request('history_request', { hist_access_type: 'tail', n: 3 }),
      client.request('comm_info_request', {})
    ]);
    expect(replies.map(({ reply }) => reply.header.type)).toEqual([
      'kernel_info_reply',
      'complete_reply',
      'inspect_reply',
      'is_complete_reply',
      'history_reply',
      'comm_info_reply'
    ]);
    interpreter.release();
    await cell;
  });

  test('the newest status stays busy after a question, and the cell alone ends it', async () => {
    const { client, interpreter, seen } = startKernel();
    const cell = client.execute('wait');
    await interpreter.whenWaiting();
    const { published } = await client.request('is_complete_request', { code: 'x' });
    expect(typesOf(published)).toEqual(['busy', 'idle']);
    expect(typesOf(seen).at(-1)).toBe('busy');
    expect(seen.at(-1)?.parent).toBeNull();
    interpreter.release();
    expect(typesOf((await cell).published)).toEqual(['busy', 'execute_input', 'idle']);
    expect(typesOf(seen).at(-1)).toBe('idle');
  });
});

test('completions come in code points, with their types', async () => {
  const { client } = startKernel();
  const { reply } = await client.request('complete_request', { code: '"😀" pri', cursor_pos: 7 });
  expect(reply.content).toEqual({
    status: 'ok',
    matches: ['print'],
    cursor_start: 4,
    cursor_end: 7,
    metadata: {
      _jupyter_types_experimental: [
        { start: 4, end: 7, text: 'print', type: 'keyword', signature: 'print TEXT' }
      ]
    }
  });
});

test('`inspect_request` tells what is found and what is not', async () => {
  const { client } = startKernel();
  const found = await client.request('inspect_request', { code: 'print', cursor_pos: 1, detail_level: 1 });
  const missing = await client.request('inspect_request', { code: 'nothing', cursor_pos: 1 });
  expect(found.reply.content).toEqual({
    status: 'ok',
    found: true,
    data: { 'text/plain': 'print TEXT' },
    metadata: {}
  });
  expect(missing.reply.content).toEqual({ status: 'ok', found: false, data: {}, metadata: {} });
});

test.each([
  ['print \\', { status: 'incomplete', indent: '  ' }],
  ['print x', { status: 'complete' }]
])('`is_complete_request` for %j', async (code, expected) => {
  const { client } = startKernel();
  expect((await client.request('is_complete_request', { code })).reply.content).toEqual(expected);
});

describe('`history_request`', () => {
  const cases = [
    [{ hist_access_type: 'tail', n: 2 }, ['print b', 'print a']],
    [{ hist_access_type: 'tail', n: 0 }, []],
    [{ hist_access_type: 'range', session: 0, start: 1, stop: 3 }, ['print a', 'print b']],
    [{ hist_access_type: 'range', session: -1, start: 1, stop: 3 }, []],
    [{ hist_access_type: 'search', pattern: 'print*' }, ['print a', 'print b', 'print a']],
    [{ hist_access_type: 'search', pattern: 'print ?', unique: true }, ['print b', 'print a']],
    [{ hist_access_type: 'search', pattern: 'print', n: 5 }, []],
    [{ hist_access_type: 'search', pattern: 'p*', n: 1 }, ['print a']]
  ] as const;
  test.each(cases)('%j', async (request, expected) => {
    const { client } = startKernel();
    for (const code of ['print a', 'print b', 'print a']) {
      await client.execute(code);
    }
    await client.execute('print hidden', { store_history: false });
    const { reply } = await client.request('history_request', request);
    expect(reply.content).toMatchObject({
      status: 'ok',
      history: expected.map(source => [0, expect.anything(), source])
    });
  });

  test('with `output` pairs each source with null', async () => {
    const { client } = startKernel();
    await client.execute('print a');
    const { reply } = await client.request('history_request', {
      hist_access_type: 'tail',
      n: 1,
      output: true
    });
    expect(reply.content).toMatchObject({ history: [[0, 1, ['print a', null]]] });
  });

  test('of an unknown kind is refused', async () => {
    const { client } = startKernel();
    const { reply } = await client.request('history_request', { hist_access_type: 'all' } as never);
    expect(reply.content).toMatchObject({ status: 'error', ename: 'ProtocolError' });
  });
});

test('a message of an unknown type gets busy, idle, a line in the log and no reply', async () => {
  const { client, seen, log } = startKernel();
  client.send('create_subshell_request' as never, {} as never, { channel: 'control' });
  await client.request('kernel_info_request', {});
  expect(log).toEqual([
    'Message type create_subshell_request on control is not supported; it gets no reply.'
  ]);
  expect(typesOf(seen).slice(0, 3)).toEqual(['starting', 'busy', 'idle']);
});

test('`shutdown_request` ends the running cell, aborts the queue, answers, tells everybody, and then ends the process', async () => {
  const { client, interpreter, seen, shutdowns } = startKernel();
  const running = client.execute('wait');
  const queued = client.execute('print x');
  await interpreter.whenWaiting();
  const { reply } = await client.request('shutdown_request', { restart: true }, { channel: 'control' });
  expect(reply.content).toEqual({ status: 'ok', restart: true });
  expect((await running).reply.content.status).toBe('error');
  expect((await queued).reply.content.status).toBe('aborted');
  await new Promise(resolve => setImmediate(resolve));
  expect(shutdowns).toEqual([true]);
  expect(interpreter.shutdowns).toEqual([true]);
  expect(contentsOf(seen, 'shutdown_reply')).toEqual([{ status: 'ok', restart: true }]);
  expect(typesOf(seen).at(-1)).toBe('idle');
});

test('`shutdown` of the kernel itself ends the process once', async () => {
  const { kernel, shutdowns } = startKernel();
  await Promise.all([kernel.shutdown(false), kernel.shutdown(false)]);
  expect(shutdowns).toEqual([false]);
});

describe('a malformed `execute_request`', () => {
  test('takes down what waits behind it of its own client alone', async () => {
    const { client, transport, interpreter } = startKernel();
    const other = new InMemoryClient(transport);
    const running = client.execute('wait');
    await interpreter.whenWaiting();
    const malformed = client.request('execute_request', {} as never);
    const [behind, ofAnother] = [client.execute('print a'), other.execute('print b')];
    interpreter.release();
    expect((await running).reply.content.status).toBe('ok');
    expect((await malformed).reply.content).toMatchObject({ status: 'error', ename: 'ProtocolError' });
    expect((await behind).reply.content.status).toBe('aborted');
    expect((await ofAnother).reply.content.status).toBe('ok');
  });
});

test('a malformed `shutdown_request` ends nothing', async () => {
  const { client, shutdowns } = startKernel();
  const { reply } = await client.request('shutdown_request', { restart: 'perhaps' } as never, {
    channel: 'control'
  });
  expect(reply.content).toMatchObject({ status: 'error', ename: 'ProtocolError' });
  expect((await client.execute('print a')).reply.content.status).toBe('ok');
  expect(shutdowns).toEqual([]);
});
