// The room that text takes in a notebook file is what Jupyter writes.
import { expect, test } from '@jest/globals';
import { bytesReaching, bytesWithin, writtenSize } from '../../../contract/base/written-size.js';
import { makeRandom } from '../../random.js';

const ALPHABET = ['\0', '\x1b', '\n', '\r', '\t', '"', '\\', 'a', 'é', '€', '😀', '\x7f', ' '];

test('any text takes what its lines take as JSON, each on a line of its own', () => {
  const random = makeRandom(6);
  for (let round = 0; round < 500; round++) {
    const text = Array.from(
      { length: round % 40 },
      () => ALPHABET[Math.floor(random() * ALPHABET.length)]
    ).join('');
    const lines = `${text}\n`.split(/(?<=\n)/);
    const saved = lines.map(line => `     ${JSON.stringify(line)},\n`).join('');
    const bytes = Buffer.from(`${text}\n`);
    expect(writtenSize(bytes)).toBe(Buffer.byteLength(saved));
    const size = Math.floor(random() * (writtenSize(bytes) + 5));
    const within = bytesWithin(bytes, size);
    expect(writtenSize(bytes.subarray(0, within))).toBeLessThanOrEqual(size);
    expect(within === bytes.length || writtenSize(bytes.subarray(0, within + 1)) > size).toBe(true);
    const reaching = bytesReaching(bytes, size);
    expect(reaching === bytes.length || writtenSize(bytes.subarray(0, reaching)) >= size).toBe(true);
    expect(reaching === 0 || writtenSize(bytes.subarray(0, reaching - 1)) < size).toBe(true);
  }
});
