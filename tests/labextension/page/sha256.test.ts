// The hash of a text, as the kernel makes it.
import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { sha256 } from '../../../labextension/page/sha256.js';

test.each(['', 'const a = 1;', 'a\nb', '🚀 ä'])('%j has the hash that the kernel writes', async text => {
  expect(await sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
});
