import { expect, test } from '@jest/globals';
import { BoundedText } from '../../../runbook/shell/bounded-text.js';

function kept(limit: number, chunks: readonly string[]): BoundedText {
  const text = new BoundedText(limit);
  chunks.forEach(chunk => text.push(chunk));
  return text;
}

test('a text that fits is kept as it is, however it comes', () => {
  const text = 'abcdefghij';
  for (const chunks of [[text], [...text], ['abc', 'defghij'], ['', text, '']]) {
    const bounded = kept(10, chunks);
    expect([String(bounded), bounded.isTruncated]).toEqual([text, false]);
  }
});

test('a longer one keeps its beginning and its end, and counts what lies between', () => {
  const bounded = kept(10, ['abcdefgh', '0123456789'.repeat(10), 'vwxyz']);
  expect(bounded.isTruncated).toBe(true);
  expect(String(bounded)).toBe('abcde\n… 103 characters left out …\nvwxyz');
});

test('nothing is lost or doubled: what is kept and what is counted make the whole', () => {
  for (const size of [1, 3, 7, 64, 1000]) {
    const bounded = kept(
      1000,
      Array.from({ length: Math.ceil(50_000 / size) }, () => 'x'.repeat(size))
    );
    const [head, count, tail] = String(bounded).split('\n');
    const dropped = Number(/[\d,]+/.exec(count!)![0].replaceAll(',', ''));
    expect(head!.length + dropped + tail!.length).toBe(Math.ceil(50_000 / size) * size);
    expect(tail!.length).toBeLessThanOrEqual(500 + 500 / 8);
  }
});
