// Comms: opened by clients, handled while a cell runs, listed, closed from both sides.
import { expect, test } from '@jest/globals';
import type { Json } from '../../../../contract/base/json.js';
import type { Comm } from '../../../../kernel/core/ports/ports.js';
import { contentsOf, startKernel } from '../start-kernel.js';

function startWithTarget() {
  const parts = startKernel();
  const opened: { comm: Comm; data: Json; received: Json[]; isClosed: boolean }[] = [];
  parts.kernel.registerCommTarget('echo', {
    open(comm, data) {
      const entry = { comm, data, received: [] as Json[], isClosed: false };
      opened.push(entry);
      comm.onMessage(message => {
        entry.received.push(message);
        comm.send({ echo: message });
      });
      comm.onClose(() => (entry.isClosed = true));
    }
  });
  return { ...parts, opened };
}

test('a client opens a comm, sends, gets answers and closes it', async () => {
  const { client, opened, seen } = startWithTarget();
  client.send('comm_open', { comm_id: 'c1', target_name: 'echo', data: { hello: 1 } });
  client.send('comm_msg', { comm_id: 'c1', data: { n: 2 } });
  const open = await client.request('comm_info_request', {});
  client.send('comm_close', { comm_id: 'c1', data: {} });
  const closed = await client.request('comm_info_request', { target_name: 'echo' });
  expect(opened).toMatchObject([{ data: { hello: 1 }, received: [{ n: 2 }], isClosed: true }]);
  expect(opened[0]!.comm.session).toBe(client.session);
  expect(contentsOf(seen, 'comm_msg')).toEqual([{ comm_id: 'c1', data: { echo: { n: 2 } } }]);
  expect(open.reply.content.comms).toEqual({ c1: { target_name: 'echo' } });
  expect(closed.reply.content.comms).toEqual({});
});

test('a comm that is forgotten is listed no more, and nobody is told', async () => {
  const { client, opened, seen } = startWithTarget();
  client.send('comm_open', { comm_id: 'c1', target_name: 'echo', data: {} });
  await client.request('kernel_info_request', {});
  opened[0]!.comm.forget();
  opened[0]!.comm.send({ late: true });
  const { reply } = await client.request('comm_info_request', {});
  expect(reply.content.comms).toEqual({});
  expect([...contentsOf(seen, 'comm_close'), ...contentsOf(seen, 'comm_msg')]).toEqual([]);
});

test('`comm_msg` is handled while a cell runs', async () => {
  const { client, interpreter, opened } = startWithTarget();
  const cell = client.execute('wait');
  await interpreter.whenWaiting();
  client.send('comm_open', { comm_id: 'c1', target_name: 'echo', data: {} });
  client.send('comm_msg', { comm_id: 'c1', data: { decide: true } });
  await client.request('comm_info_request', {});
  expect(opened[0]!.received).toEqual([{ decide: true }]);
  interpreter.release();
  expect((await cell).reply.content.status).toBe('ok');
});

test('an unknown target is answered with `comm_close`', async () => {
  const { client, seen, log } = startWithTarget();
  client.send('comm_open', { comm_id: 'c1', target_name: 'nobody', data: {} });
  await client.request('kernel_info_request', {});
  expect(contentsOf(seen, 'comm_close')).toEqual([{ comm_id: 'c1', data: {} }]);
  expect(log).toEqual(['A client opened a comm on the unknown target "nobody"; it is closed again.']);
});

test('a target that throws closes the comm and the kernel goes on', async () => {
  const { client, kernel, seen } = startWithTarget();
  kernel.registerCommTarget('bad', {
    open() {
      throw new Error('no');
    }
  });
  client.send('comm_open', { comm_id: 'c1', target_name: 'bad', data: {} });
  expect((await client.execute('print x')).reply.content.status).toBe('ok');
  expect(contentsOf(seen, 'comm_close')).toEqual([{ comm_id: 'c1', data: {} }]);
});

test('the kernel closes a comm, and nothing is sent on it afterwards', async () => {
  const { client, opened, seen } = startWithTarget();
  client.send('comm_open', { comm_id: 'c1', target_name: 'echo', data: {} });
  await client.request('kernel_info_request', {});
  opened[0]!.comm.close({ reason: 'done' });
  opened[0]!.comm.send({ too: 'late' });
  const { reply } = await client.request('comm_info_request', {});
  expect(contentsOf(seen, 'comm_close')).toEqual([{ comm_id: 'c1', data: { reason: 'done' } }]);
  expect(contentsOf(seen, 'comm_msg')).toEqual([]);
  expect(reply.content.comms).toEqual({});
});

test('a message for an unknown comm is logged', async () => {
  const { client, log } = startWithTarget();
  client.send('comm_msg', { comm_id: 'gone', data: {} });
  await client.request('kernel_info_request', {});
  expect(log).toEqual(['comm_msg names the unknown comm gone.']);
});
