import { describe, expect, test } from '@jest/globals';
import { MemoryJournal } from '../../../record/journal/memory-journal.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { checkpoint, FIRST, ticking } from './records.js';

async function textOf(count: number): Promise<string> {
  const journal = new MemoryJournal(ticking());
  await journal.append(FIRST);
  for (let index = 2; index <= count; index++) {
    await journal.append(checkpoint(`place ${index} ☑`));
  }
  return journal.text;
}

describe('readJournal', () => {
  test('reads what was written, with sequence numbers from 1', async () => {
    const { records, torn, fault, end } = readJournal(await textOf(3));
    expect(records.map(record => [record.seq, record.kind])).toEqual([
      [1, 'journal-opened'],
      [2, 'checkpoint'],
      [3, 'checkpoint']
    ]);
    expect([torn, fault, end.seq]).toEqual([null, null, 3]);
  });

  test('an empty text is a journal without records', () => {
    expect(readJournal('')).toMatchObject({ records: [], torn: null, fault: null, end: { seq: 0 } });
  });

  test.each([
    ['CR LF', 1, (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', 1, (text: string) => `\uFEFF${text}`],
    ['CR LF in one line', 2, (text: string) => text.replace(/^([^\n]*\n[^\n]*)\n/, '$1\r\n')]
  ])('%s is told as what it is, not as a change by hand', async (_, line, convert) => {
    expect(readJournal(convert(await textOf(3))).fault).toMatchObject({ line, code: 'journal.line_ends' });
  });

  test('a cut at every character leaves the whole lines before it and names the rest as torn', async () => {
    const text = await textOf(6);
    for (let length = 0; length <= text.length; length++) {
      const cut = text.slice(0, length);
      const { records, torn, fault } = readJournal(cut);
      expect(fault).toBeNull();
      expect(records).toHaveLength(cut.split('\n').length - 1);
      expect(torn ?? '').toBe(cut.slice(cut.lastIndexOf('\n') + 1));
    }
  });

  test.each<[string, (lines: string[]) => string[], number]>([
    [
      'a changed line breaks the link of the line after it',
      lines => lines.with(1, lines[1]!.replace('place 2', 'place 9')),
      3
    ],
    ['a removed line', lines => lines.toSpliced(2, 1), 3],
    ['two swapped lines', lines => lines.with(1, lines[2]!).with(2, lines[1]!), 2],
    ['a repeated line', lines => lines.toSpliced(2, 0, lines[1]!), 3],
    ['an empty line', lines => lines.toSpliced(1, 0, ''), 2],
    ['text that is not JSON', lines => lines.with(2, 'oops'), 3],
    ['a removed first line', lines => lines.slice(1), 1],
    ['JSON that is not a record', lines => lines.with(3, '42'), 4]
  ])('%s is refused with its line number', async (_, change, line) => {
    const lines = (await textOf(5)).split('\n').slice(0, -1);
    const { fault, records } = readJournal(`${change(lines).join('\n')}\n`);
    expect(fault).toMatchObject({ line, code: 'journal.broken' });
    expect(records).toHaveLength(line - 1);
  });

  test('a newer format is refused by its own code', async () => {
    const journal = new MemoryJournal(ticking());
    await journal.append({ ...FIRST, format: 2, version: '9.0.0' });
    expect(readJournal(journal.text).fault).toMatchObject({
      line: 1,
      code: 'journal.newer',
      message: expect.stringContaining('9.0.0') as unknown
    });
  });

  test('a first record of another kind is refused', async () => {
    const journal = new MemoryJournal(ticking());
    await journal.append(checkpoint('early'));
    expect(readJournal(journal.text).fault).toMatchObject({ line: 1, code: 'journal.broken' });
  });
});
