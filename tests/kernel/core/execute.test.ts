// What running a cell looks like to a client: counts, order of messages, errors, the queue behind a failure.
import { describe, expect, test } from '@jest/globals';
import { contentsOf, startKernel, typesOf } from './start-kernel.js';

describe('a cell', () => {
  test('is published as busy, input, outputs in order, idle, and answered', async () => {
    const { client } = startKernel();
    const { reply, published } = await client.execute(
      'print a\nprint b\nwarn c\nshow d\nprint e\nclear\nresult f'
    );
    expect(typesOf(published)).toEqual([
      'busy',
      'execute_input',
      'stream',
      'stream',
      'display_data',
      'stream',
      'clear_output',
      'execute_result',
      'idle'
    ]);
    expect(contentsOf(published, 'stream')).toEqual([
      { name: 'stdout', text: 'ab' },
      { name: 'stderr', text: 'c' },
      { name: 'stdout', text: 'e' }
    ]);
    expect(contentsOf(published, 'display_data')).toEqual([
      { data: { 'text/plain': 'd' }, metadata: {}, transient: { display_id: 'd' } }
    ]);
    expect(contentsOf(published, 'execute_result')).toEqual([
      { data: { 'text/plain': 'f' }, metadata: {}, execution_count: 1 }
    ]);
    expect(reply.content).toEqual({ status: 'ok', execution_count: 1, payload: [], user_expressions: {} });
    expect(reply.metadata).toEqual({ started: '2026-01-02T03:04:05.000Z' });
    expect(reply.header.date).toMatch(/Z$/);
  });

  test('that fails publishes one `error` and carries the same fields in its reply', async () => {
    const { client } = startKernel();
    const { reply, published } = await client.execute('print before\nfail broken');
    const fields = {
      ename: 'LaunchbookError',
      evalue: 'broken',
      traceback: ['LaunchbookError: broken', 'Hint: Fix it.', 'More: launchbook explain test.failed']
    };
    expect(typesOf(published)).toEqual(['busy', 'execute_input', 'stream', 'error', 'idle']);
    expect(contentsOf(published, 'error')).toEqual([fields]);
    expect(reply.content).toEqual({ status: 'error', ...fields, execution_count: 1, payload: [] });
  });

  test('counts only when it stores history', async () => {
    const { client } = startKernel();
    const counts = [];
    for (const options of [{}, { store_history: false }, { silent: true }, {}]) {
      counts.push((await client.execute('print x', options)).reply.content);
    }
    expect(counts).toMatchObject([1, 1, 1, 2].map(execution_count => ({ execution_count })));
  });

  test('that is silent publishes nothing but status, even when it fails', async () => {
    const { client } = startKernel();
    const passed = await client.execute('print x\nshow y\nresult z', { silent: true });
    const failed = await client.execute('fail x', { silent: true });
    expect(typesOf(passed.published)).toEqual(['busy', 'idle']);
    expect(typesOf(failed.published)).toEqual(['busy', 'idle']);
    expect(failed.reply.content).toMatchObject({ status: 'error', evalue: 'x' });
  });

  test('gets its `user_expressions` back from the interpreter', async () => {
    const { client } = startKernel();
    const { reply } = await client.execute('print x', { user_expressions: { a: '1' } });
    expect(reply.content).toMatchObject({ user_expressions: { a: '1' } });
  });

  test('knows its cell id, its client and whether it may ask', async () => {
    const { client, interpreter } = startKernel();
    await client.execute('print x', {}, { cellId: 'abc' });
    await client.execute('print x', { allow_stdin: true });
    expect(interpreter.executed).toMatchObject([
      { cellId: 'abc', session: client.session, username: 'client', allowsStdin: false, isSilent: false },
      { cellId: null, allowsStdin: true }
    ]);
    expect(new Set(interpreter.executed.map(cell => cell.key)).size).toBe(2);
  });

  test('without usable content is refused with every fault', async () => {
    const { client, interpreter } = startKernel();
    const { reply } = await client.request('execute_request', { code: 7, silent: 'no' } as never);
    expect(reply.content).toMatchObject({
      status: 'error',
      ename: 'ProtocolError',
      evalue:
        'Content of execute_request is not usable: `code` is 7, expected a text; `silent` is "no", expected true or false'
    });
    expect(interpreter.executed).toEqual([]);
  });
});

describe('the queue', () => {
  test('runs cells strictly one after the other', async () => {
    const { client, interpreter, seen } = startKernel();
    const first = client.execute('wait\nprint one');
    const second = client.execute('print two');
    await interpreter.whenWaiting();
    expect(interpreter.executed).toHaveLength(1);
    interpreter.release();
    await Promise.all([first, second]);
    expect(typesOf(seen)).toEqual([
      'starting',
      ...['busy', 'execute_input', 'stream', 'idle'],
      ...['busy', 'execute_input', 'stream', 'idle']
    ]);
  });

  test('is aborted by an error, and works again for cells sent afterwards', async () => {
    const { client, interpreter } = startKernel();
    const replies = await Promise.all(['fail x', 'print a', 'print b'].map(code => client.execute(code)));
    expect(replies.map(({ reply }) => reply.content.status)).toEqual(['error', 'aborted', 'aborted']);
    // A count would be shown beside a cell that never ran.
    expect(replies[1]?.reply.content).toEqual({ status: 'aborted' });
    expect(replies.map(({ published }) => typesOf(published).join())).toEqual([
      'busy,execute_input,error,idle',
      'busy,idle',
      'busy,idle'
    ]);
    expect(interpreter.executed).toHaveLength(1);
    expect((await client.execute('print c')).reply.content.status).toBe('ok');
  });

  test('goes on after an error when the request has `stop_on_error: false`', async () => {
    const { client } = startKernel();
    const replies = await Promise.all([
      client.execute('fail x', { stop_on_error: false }),
      client.execute('print a')
    ]);
    expect(replies.map(({ reply }) => reply.content.status)).toEqual(['error', 'ok']);
  });

  test('aborts cells that arrive within the window after an error, of the same client only', async () => {
    const { client, transport } = startKernel({ abortWindowMs: 600_000 });
    const { InMemoryClient } = await import('../../../kernel/transport/in-memory-client.js');
    const other = new InMemoryClient(transport);
    await client.execute('fail x', {}, { cellId: 'a' });
    expect((await client.execute('print late')).reply.content.status).toBe('aborted');
    expect((await other.execute('print other')).reply.content.status).toBe('ok');
  });

  test('is aborted by an interrupt, also behind a cell with `stop_on_error: false`', async () => {
    const { client, interpreter } = startKernel();
    const first = client.execute('wait', { stop_on_error: false });
    const second = client.execute('print two');
    await interpreter.whenWaiting();
    const { reply } = await client.request('interrupt_request', {}, { channel: 'control' });
    expect(reply.content).toEqual({ status: 'ok' });
    expect((await first).reply.content).toMatchObject({ status: 'error', evalue: 'Interrupted' });
    expect((await second).reply.content.status).toBe('aborted');
  });
});

describe('output after the cell has returned', () => {
  test('belongs to the cell that made it, also while another one runs', async () => {
    const { client, outputs, interpreter, seen } = startKernel();
    await client.execute('print one');
    const [one] = interpreter.executed;
    const second = client.execute('wait');
    await interpreter.whenWaiting();
    outputs.publish(one!.key, { kind: 'display', data: { 'text/plain': 'late' }, metadata: {} });
    interpreter.release();
    await second;
    const late = seen.find(message => message.header.type === 'display_data');
    const [firstInput, secondInput] = seen.filter(message => message.header.type === 'execute_input');
    expect(late?.parent?.id).toBe(firstInput?.parent?.id);
    expect(late?.parent?.id).not.toBe(secondInput?.parent?.id);
  });

  test('of an unknown cell is shown under the newest cell', async () => {
    const { client, outputs, transport, seen } = startKernel();
    const { reply } = await client.execute('print one');
    outputs.publish('nobody', { kind: 'clear', wait: false });
    await transport.flush();
    expect(seen.at(-1)).toMatchObject({ header: { type: 'clear_output' }, parent: { id: reply.parent!.id } });
  });

  test('before the first cell is logged', () => {
    const { outputs, log } = startKernel();
    outputs.publish('nobody', { kind: 'clear', wait: false });
    expect(log).toEqual(['Output of kind clear came before the first cell; it is not shown.']);
  });
});
