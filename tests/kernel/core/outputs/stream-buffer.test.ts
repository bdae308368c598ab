// Text is collected, never reordered, never lost.
import { expect, test } from '@jest/globals';
import { StreamBuffer } from '../../../../kernel/core/outputs/stream-buffer.js';

const NEVER = 600_000;

test('20,000 lines become a few messages', () => {
  const sent: string[] = [];
  const buffer = new StreamBuffer({ flushAfterMs: NEVER, flushAtLength: 64 * 1024 }, (_name, text) =>
    sent.push(text)
  );
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`);
  lines.forEach(line => buffer.write('stdout', line));
  buffer.flush();
  expect(sent.join('')).toBe(lines.join(''));
  expect(sent.length).toBeLessThanOrEqual(4);
});

test('the other stream flushes first', () => {
  const sent: string[] = [];
  const buffer = new StreamBuffer({ flushAfterMs: NEVER, flushAtLength: 100 }, (name, text) =>
    sent.push(`${name}:${text}`)
  );
  buffer.write('stdout', 'a');
  buffer.write('stderr', 'b');
  buffer.write('stdout', 'c');
  buffer.flush();
  expect(sent).toEqual(['stdout:a', 'stderr:b', 'stdout:c']);
});

test('text leaves by itself after the pause', async () => {
  const sent = Promise.withResolvers<string>();
  const buffer = new StreamBuffer({ flushAfterMs: 1, flushAtLength: 100 }, (_name, text) =>
    sent.resolve(text)
  );
  buffer.write('stdout', 'a');
  buffer.write('stdout', 'b');
  expect(await sent.promise).toBe('ab');
});

test('an empty flush sends nothing', () => {
  const sent: string[] = [];
  const buffer = new StreamBuffer({ flushAfterMs: NEVER, flushAtLength: 100 }, (_name, text) =>
    sent.push(text)
  );
  buffer.write('stdout', '');
  buffer.flush();
  expect(sent).toEqual([]);
});
