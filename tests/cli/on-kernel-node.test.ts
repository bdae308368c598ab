// A command in a Node that is too old is run again in the kernel's, once.
import { afterEach, expect, test } from '@jest/globals';
import { EXIT } from '../../cli/exit-codes.js';
import { onKernelNode } from '../../cli/on-kernel-node.js';

const AGAIN = 'LAUNCHBOOK_RUN_AGAIN';
afterEach(() => {
  delete process.env[AGAIN];
});

test('a Node that is too old and was named for the kernel is refused, and not started for ever', async () => {
  process.env[AGAIN] = '1';
  await expect(onKernelNode(() => Promise.reject(new Error('ran')), '20.11.0')).rejects.toMatchObject({
    code: 'install.node_old',
    message: expect.stringContaining('Node 20.11.0, expected Node 24 or newer')
  });
});

test('what the kernel starts does not take itself for a second try', async () => {
  process.env[AGAIN] = '1';
  let seen: string | undefined = 'nothing';
  const act = async () => {
    seen = process.env[AGAIN];
    return EXIT.held;
  };
  expect(await onKernelNode(act)).toBe(EXIT.held);
  expect(seen).toBeUndefined();
});
