import { describe, expect, test } from '@jest/globals';
import { splunk } from '../../../runbook/index.js';
import { quoteExpressionField, quoteField, quoteValue } from '../../../runbook/splunk/quote.js';
import { installFakePorts } from '../fake-ports.js';
import { HOSTILE_TEXTS } from '../hostile-texts.js';
import { serveLogSearch } from './log-search.js';

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const QUOTABLE = HOSTILE_TEXTS.filter(text => !CONTROL.test(text));
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

  test('each finds its own event and no other, in one command', async () => {
    installFakePorts({ profile: profile() });
    for (const text of QUOTABLE) {
      const { rows } = await splunk.search().where({ payload: text }).run();
      expect(rows.map(row => row['payload'])).toContain(text);
      expect(rows.filter(row => !isSame(row['payload'], text))).toEqual([]);
    }
  });

  test('each is a plain text in an expression', async () => {
    installFakePorts({ profile: profile() });
    for (const text of QUOTABLE) {
      const { rows } = await splunk
        .search()
        .where({ number: 0 })
        .eval({ copy: splunk.quote(text) })
        .table('copy')
        .run();
      expect(rows).toEqual([{ copy: text }]);
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
