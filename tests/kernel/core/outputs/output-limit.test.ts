// A cell that prints more than a notebook should hold: head and tail are shown, the rest is counted, the file has all of it.
import { describe, expect, test } from '@jest/globals';
import { OutputLimit } from '../../../../kernel/core/outputs/output-limit.js';

function limitOf(limitBytes: number, hasFile = true) {
  const shown: string[] = [];
  const file: string[] = [];
  const events: string[] = [];
  const limit = new OutputLimit({
    limitBytes,
    show: (name, text) => shown.push(name === 'stderr' ? `!${text}` : text),
    openFile: () => {
      events.push('open');
      return hasFile
        ? { name: 'run.outputs/a-1.txt', append: text => file.push(text), close: () => events.push('close') }
        : null;
    }
  });
  return { limit, shown: () => shown.join(''), file: () => file.join(''), events };
}

const LINES = Array.from({ length: 100 }, (_, index) => `line ${String(index).padStart(3, '0')}\n`); // 9 bytes each, 19 in the file
const BEGINNING =
  '[launchbook] This cell fills 190 bytes of the notebook; the last lines of what follows are shown when it ends. The whole output is kept in run.outputs/a-1.txt.\n';

test('up to the limit everything is shown and no file is made', () => {
  const { limit, shown, events } = limitOf(380);
  LINES.slice(0, 10).forEach(line => limit.write('stdout', line));
  limit.end(false);
  expect(shown()).toBe(LINES.slice(0, 10).join(''));
  limit.close();
  expect(events).toEqual([]);
});

test('beyond it head and tail are shown, what is left out is counted, and the file is whole', () => {
  const { limit, shown, file, events } = limitOf(380);
  LINES.forEach(line => limit.write('stdout', line));
  expect(shown()).toBe(LINES.slice(0, 10).join('') + BEGINNING);
  limit.end(false);
  expect(shown()).toBe(
    LINES.slice(0, 10).join('') +
      BEGINNING +
      '[launchbook] 720 bytes (80 lines) of output are left out here; the whole output is in run.outputs/a-1.txt.\n' +
      LINES.slice(90).join('')
  );
  limit.close();
  expect(file()).toBe(LINES.join(''));
  expect(events).toEqual(['open', 'close']);
});

test('one large text is cut at lines as well', () => {
  const { limit, shown, file } = limitOf(390);
  limit.write('stdout', LINES.join(''));
  limit.end(false);
  const [head, tail] = shown().split(/\[launchbook\].*\n\[launchbook\] (?:720|.*80 lines).*\n/);
  expect(head).toBe(LINES.slice(0, 10).join(''));
  expect(tail).toBe(LINES.slice(90).join(''));
  expect(file()).toBe(LINES.join(''));
});

test('a text without lines is cut between characters, and the notice stands on a line of its own', () => {
  const { limit, shown } = limitOf(20, false);
  limit.write('stdout', '€'.repeat(100));
  limit.end(false);
  expect(shown()).toBe(
    '€€€\n[launchbook] This cell fills 10 bytes of the notebook; the last lines of what follows are shown when it ends.\n' +
      '[launchbook] 282 bytes (0 lines) of output are left out here.\n€€€'
  );
});

test('nothing is said to be left out when head and tail are the whole', () => {
  const { limit, shown } = limitOf(380);
  LINES.slice(0, 20).forEach(line => limit.write('stdout', line));
  limit.end(false);
  expect(shown()).toBe(LINES.slice(0, 10).join('') + BEGINNING + LINES.slice(10, 20).join(''));
});

test('both streams count together, and the tail keeps their order', () => {
  const { limit, shown } = limitOf(380);
  LINES.slice(0, 24).forEach((line, index) => limit.write(index % 2 ? 'stderr' : 'stdout', line));
  limit.end(false);
  expect(shown()).toContain('36 bytes (4 lines)');
  expect(
    shown().endsWith(
      LINES.slice(14, 24)
        .map((line, index) => (index % 2 ? `!${line}` : line))
        .join('')
    )
  ).toBe(true);
});

describe('a display in the middle', () => {
  test('comes after a part of what waits', () => {
    const { limit, shown } = limitOf(380);
    LINES.slice(0, 60).forEach(line => limit.write('stdout', line));
    limit.makeWay();
    expect(shown()).toContain('405 bytes (45 lines)');
    expect(shown().endsWith(LINES.slice(55, 60).join(''))).toBe(true);
  });

  test('a thousand of them do not lift the limit', () => {
    const { limit, shown } = limitOf(3800);
    for (let round = 0; round < 1000; round += 1) {
      LINES.forEach(line => limit.write('stdout', line));
      limit.makeWay();
    }
    limit.end(false);
    const own = shown()
      .split('\n')
      .filter(line => line.startsWith('line'));
    expect(own.length * 19).toBeLessThanOrEqual(3800);
  });
});

test('emptied outputs may be filled again', () => {
  const { limit, shown, file } = limitOf(380);
  LINES.forEach(line => limit.write('stdout', line));
  limit.clear();
  const before = shown().length;
  LINES.slice(0, 10).forEach(line => limit.write('stdout', line));
  expect(shown().slice(before)).toBe(LINES.slice(0, 10).join(''));
  LINES.slice(10).forEach(line => limit.write('stdout', line));
  limit.end(false);
  expect(shown().slice(before)).toContain('720 bytes (80 lines)');
  expect(file()).toBe(LINES.join('').repeat(2));
});

test('an interrupted cell shows a short tail', () => {
  const { limit, shown } = limitOf(4 * 1024 * 1024);
  const line = `${'x'.repeat(1023)}\n`;
  for (let count = 0; count < 5000; count += 1) {
    limit.write('stdout', line);
  }
  limit.end(true);
  expect(shown().length).toBeLessThan(2 * 1024 * 1024 + 65 * 1024);
});

test('text after the end of the cell is shown as far as the limit allows', () => {
  const { limit, shown, file } = limitOf(380);
  limit.write('stdout', LINES[0]!);
  limit.end(false);
  LINES.slice(1).forEach(line => limit.write('stdout', line));
  limit.close();
  expect(shown()).toBe(
    LINES.slice(0, 10).join('') +
      '[launchbook] This cell has ended and prints on; beyond 190 bytes of the notebook it is no longer shown here. The whole output is kept in run.outputs/a-1.txt.\n' +
      '[launchbook] 810 bytes (90 lines) of output are left out here; the whole output is in run.outputs/a-1.txt.\n'
  );
  expect(file()).toBe(
    `(what this cell printed before it ended is in the notebook)\n${LINES.slice(10).join('')}`
  );
});

test.each([
  ['NULs', '\0'],
  ['empty lines', '\n'],
  ['escapes', '\x1b[0m'],
  ['quotes and backslashes', '"\\'],
  ['short lines', 'y\n'],
  ['long lines', `${'x'.repeat(200)}\n`],
  ['other scripts', 'ж€😀\n'],
  ['one long line', 'x']
])('8 MiB of %s make a notebook no larger than the limit', (_what, text) => {
  const limitBytes = 1024 ** 2;
  const { limit, shown, file } = limitOf(limitBytes);
  const part = text.repeat(Math.ceil(65_536 / text.length));
  for (let bytes = 0; bytes < 8 * 1024 ** 2; bytes += Buffer.byteLength(part)) {
    limit.write('stdout', part);
  }
  limit.end(false);
  limit.close();
  const notices = 1000;
  // As nbformat writes it.
  const lines = shown().split(/(?<=\n)/);
  const saved = `[${lines.map(line => `\n     ${JSON.stringify(line)}`).join(',')}]`;
  expect(Buffer.byteLength(saved)).toBeLessThanOrEqual(limitBytes + notices);
  expect(Buffer.byteLength(saved)).toBeGreaterThan(limitBytes * 0.95);
  expect(file().length).toBeGreaterThanOrEqual(8 * 1024 ** 2 * (text.length / Buffer.byteLength(text)) - 1);
});
