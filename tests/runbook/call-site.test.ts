// Errors of operations, which begin one microtask after their call, name the line of the call.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { $, http, record } from '../../runbook/index.js';
import { installFakePorts } from './fake-ports.js';

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((_, response) => void response.end('no JSON'));
  await new Promise<void>(done => void server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => void installFakePorts());

/** Calls `helper` here, and awaits it elsewhere. */
function callHere(helper: () => PromiseLike<unknown>): PromiseLike<unknown> {
  return helper();
}

test.each<[string, () => PromiseLike<unknown>]>([
  ['a command that fails', () => callHere(() => $`false`)],
  ['a command in a folder that is not there', () => callHere(() => $({ cwd: '/no/such/folder' })`true`)],
  ['a command whose output is not JSON', () => callHere(() => $`echo no`.json())],
  ['a request that is answered with another status', () => callHere(() => http.get(url, { expect: 404 }))]
])('%s', async (_, call) => {
  const promise = call();
  await Promise.resolve();
  const error = (await promise.then(
    () => null,
    (reason: unknown) => reason
  )) as Error;
  expect(error.stack).toContain('callHere');
});

test('an error of own code keeps its stack', async () => {
  const own = new TypeError('own');
  const { stack } = own;
  await expect(record('x', () => Promise.reject(own))).rejects.toBe(own);
  expect(own.stack).toBe(stack);
});
