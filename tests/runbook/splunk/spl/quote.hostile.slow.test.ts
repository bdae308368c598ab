import { describe, expect, test } from '@jest/globals';
import { splunk } from '../../../../runbook/index.js';
import { quoteExpressionField, quoteField, quoteValue } from '../../../../runbook/splunk/spl/quote.js';
import { rounds } from '../../../proof.js';
import { installFakePorts } from '../../fake-ports.js';
import { HOSTILE_TEXTS } from '../../hostile-texts.js';
import { serveLogSearch } from '../log-search.js';

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const QUOTABLE = HOSTILE_TEXTS.filter(text => !CONTROL.test(text));
const EVERY = rounds({ inTest: 4, inProof: 1 });
const profile = serveLogSearch(QUOTABLE.map((payload, number) => ({ number, payload })));

/** Splunk compares texts without regard to case, and numbers by value. */
function isSame(found: unknown, wanted: string): boolean {
  return (
    String(found).toLowerCase() === wanted.toLowerCase() ||
    (wanted.trim() !== '' && Number(found) === Number(wanted))
  );
}

describe('hostile values of a search', () => {
  test('there are at least 200 of them', () => {
    expect(QUOTABLE.length).toBeGreaterThanOrEqual(200);
  });

  test.each(HOSTILE_TEXTS.filter(text => CONTROL.test(text)))(
    'the control character in %j is refused',
    text => {
      expect(() => quoteValue(text)).toThrow('control character');
    }
  );

  test('each stays within its quotation', () => {
    for (const text of QUOTABLE) {
      expect(quoteValue(text)).toMatch(/^"(\\[\\"]|[^\\"])*"$/);
    }
  });

  test('each finds its own event and no other', async () => {
    installFakePorts({ profile: profile() });
    // Each search reads every event.
    for (const texts of inGroups(QUOTABLE.filter((_, index) => index % EVERY === 0))) {
      const found = await Promise.all(texts.map(text => splunk.search().where({ payload: text }).run()));
      found.forEach(({ rows }, index) => {
        const text = texts[index]!;
        expect(rows.map(row => row['payload'])).toContain(text);
        expect(rows.filter(row => !isSame(row['payload'], text))).toEqual([]);
      });
    }
  });

  test('each is a plain text in an expression', async () => {
    installFakePorts({ profile: profile() });
    for (const texts of inGroups(QUOTABLE)) {
      const copies = Object.fromEntries(texts.map((text, index) => [`copy${index}`, splunk.quote(text)]));
      const search = splunk
        .search()
        .where({ number: 0 })
        .eval(copies)
        .table(...Object.keys(copies));
      const { rows } = await search.run();
      expect(Object.values(rows[0]!)).toEqual(texts);
    }
  });

  test('as a field name each is quoted whole or refused', () => {
    for (const text of HOSTILE_TEXTS) {
      for (const [quote, whole] of [
        [quoteField, /^("[^"\\|`[\]']+"|[A-Za-z_][\w.]*)$/],
        [quoteExpressionField, /^('[^"\\|`[\]']+'|[A-Za-z_]\w*)$/]
      ] as const) {
        let quoted: string | null = null;
        try {
          quoted = quote(text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'UsageError' });
        }
        expect(quoted === null || whole.test(quoted)).toBe(true);
      }
    }
  });
});

function inGroups(texts: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(texts.length / 40) }, (_, index) =>
    texts.slice(index * 40, index * 40 + 40)
  );
}
