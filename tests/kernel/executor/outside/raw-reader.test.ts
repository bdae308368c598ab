// Markers are found and removed from raw bytes wherever the pieces are cut.
import { expect, test } from '@jest/globals';
import { RawReader } from '../../../../kernel/executor/outside/raw-reader.js';
import { encodeMarker } from '../../../../kernel/executor/wire/reporter.js';

const PREFIX = '\0launchbook 00ff ';

function read(pieces: readonly Buffer[]): string {
  let seen = '';
  const reader = new RawReader(
    PREFIX,
    text => (seen += text),
    number => (seen += `<${number}>`)
  );
  pieces.forEach(piece => reader.push(piece));
  reader.end();
  return seen;
}

test.each([1, 2, 5, 100])('pieces of %d bytes', size => {
  const stream = Buffer.concat([
    Buffer.from('one €\n\0la'),
    encodeMarker(PREFIX, 1),
    encodeMarker(PREFIX, 4711),
    Buffer.from('two\0')
  ]);
  const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
    stream.subarray(index * size, (index + 1) * size)
  );
  expect(read(pieces)).toBe('one €\n\0la<1><4711>two\0');
});

test('text that only looks like the beginning of a marker is kept', () => {
  expect(read([Buffer.from('a\0launch'), Buffer.from('pad')])).toBe('a\0launchpad');
});
