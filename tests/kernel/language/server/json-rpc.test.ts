// Messages between the kernel and the language server, however their bytes arrive.
import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { JsonRpc, RpcError } from '../../../../kernel/language/server/json-rpc.js';

function frame(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

function connect(answer: (method: string, params: unknown) => unknown = () => undefined) {
  const input = new PassThrough();
  const output = new PassThrough();
  return { rpc: new JsonRpc(input, output, answer), input, sent: () => String(output.read() ?? '') };
}

test('an answer arrives in whatever pieces it comes, characters of several bytes too', async () => {
  const { rpc, input } = connect();
  const answer = rpc.request('ask', {});
  for (const byte of frame({ jsonrpc: '2.0', id: 1, result: 'grün 🚦' })) {
    input.write(Buffer.from([byte]));
  }
  expect(await answer).toBe('grün 🚦');
});

test('several messages in one piece are told apart, and answers go to their own requests', async () => {
  const { rpc, input } = connect();
  const answers = [rpc.request('first', {}), rpc.request('second', {}), rpc.request('third', {})];
  const pieces = [
    { method: 'notice', params: {} },
    { id: 2, result: 'two' },
    { id: 3, result: null },
    { id: 1, result: 'one' }
  ];
  input.write(Buffer.concat(pieces.map(frame)));
  expect(await Promise.all(answers)).toEqual(['one', 'two', null]);
});

test('a header may name more than the length, in any case', async () => {
  const { rpc, input } = connect();
  const answer = rpc.request('ask', {});
  input.write('Content-Type: text\r\ncontent-length: 21\r\n\r\n{"id":1,"result":"a"}');
  expect(await answer).toBe('a');
});

test('a request is sent with its length in bytes', async () => {
  const { rpc, sent } = connect();
  void rpc.request('ask', { text: 'grün' });
  await Promise.resolve();
  const body = '{"jsonrpc":"2.0","id":1,"method":"ask","params":{"text":"grün"}}';
  expect(sent()).toBe(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
});

test('a notice and the request after it are written as one', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const writes: string[] = [];
  output.on('data', (chunk: Buffer) => writes.push(String(chunk)));
  const rpc = new JsonRpc(input, output, () => undefined);
  rpc.notify('changed', {});
  void rpc.request('ask', {});
  await new Promise(setImmediate);
  expect(writes).toEqual([expect.stringMatching(/^Content-Length.*"changed".*Content-Length.*"ask"/s)]);
  void rpc.request('ask', {});
  await new Promise(setImmediate);
  expect(writes).toHaveLength(2);
});

test('an error of the other end rejects the request', async () => {
  const { rpc, input } = connect();
  const answer = rpc.request('ask', {});
  input.write(frame({ id: 1, error: { code: -32603, message: 'it fell over' } }));
  await expect(answer).rejects.toThrow(new RpcError('it fell over'));
});

test('what the other end asks is answered, with null where there is nothing to say', async () => {
  const { input, sent } = connect((method, params) => (method === 'known' ? { params } : undefined));
  input.write(
    Buffer.concat([frame({ id: 's1', method: 'known', params: [1] }), frame({ id: 7, method: 'x' })])
  );
  await new Promise(setImmediate);
  const bodies = sent()
    .split(/Content-Length: \d+\r\n\r\n/)
    .filter(text => text !== '');
  expect(bodies).toEqual([
    '{"jsonrpc":"2.0","id":"s1","result":{"params":[1]}}',
    '{"jsonrpc":"2.0","id":7,"result":null}'
  ]);
});
