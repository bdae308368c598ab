// Frames survive every way of being cut.
import { expect, test } from '@jest/globals';
import {
  encodeMessage,
  encodeText,
  FrameReader,
  type Frame
} from '../../../../kernel/executor/wire/frames.js';

const stream = Buffer.concat([
  encodeMessage({ kind: 'ready' }),
  encodeText('stdout', 'cell-1', 'größe\n'),
  encodeText('stderr', null, ''),
  encodeMessage({ text: 'x'.repeat(3000) })
]);

const frames: Frame[] = [
  { kind: 'message', message: { kind: 'ready' } },
  { kind: 'text', name: 'stdout', cell: 'cell-1', text: 'größe\n' },
  { kind: 'text', name: 'stderr', cell: null, text: '' },
  { kind: 'message', message: { text: 'x'.repeat(3000) } }
];

test.each([1, 2, 3, 7, 64, 4096])('pieces of %d bytes give the same frames', size => {
  const read: Frame[] = [];
  const reader = new FrameReader(frame => read.push(frame));
  for (let at = 0; at < stream.length; at += size) {
    reader.push(stream.subarray(at, at + size));
  }
  expect(read).toEqual(frames);
});

test('a handler that fails in the middle of a chunk loses no later frame', () => {
  const read: Frame[] = [];
  const reader = new FrameReader(frame => {
    read.push(frame);
    if (read.length === 1) {
      throw new Error('terminated');
    }
  });
  expect(() => reader.push(stream)).toThrow('terminated');
  reader.push(Buffer.alloc(0));
  expect(read).toEqual(frames);
});
