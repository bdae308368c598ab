import { expect, test } from '@jest/globals';
import { formatBytes, readByteSize } from '../../runbook/byte-size.js';

test.each([
  [0, 0],
  [1500, 1500],
  ['12 B', 12],
  ['512 KiB', 524_288],
  ['4MiB', 4_194_304],
  ['1 GiB', 1_073_741_824]
])('the size %p is %p bytes', (size, bytes) => {
  expect(readByteSize(size)).toBe(bytes);
});

test.each([-1, 1.5, Infinity, '', '4', '4 MB', '1.5 KiB', null, {}])('%p is no size', size => {
  expect(readByteSize(size)).toBeNull();
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KiB'],
  [1_258_291, '1.2 MiB'],
  [204_800, '200 KiB']
])('%p bytes read %p', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
