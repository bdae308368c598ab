// An answer that may lack rows proves nothing, however it comes and whatever judges it; one that is whole is judged.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { formatUtc } from '../../../contract/base/format.js';
import { splunk, type SearchFailedError } from '../../../runbook/index.js';
import type { RecordedTimes } from '../../../runbook/ports.js';
import { latestInstant } from '../../../runbook/splunk/time-range.js';
import { makeRandom } from '../../random.js';
import { installFakePorts, journalText, type FakePorts } from '../fake-ports.js';
import { profileOf } from './log-search.js';
import { drawAnswer, HARMLESS, serveGeneratedAnswers, type GeneratedAnswer } from './generated-answers.js';

const server = serveGeneratedAnswers();
const BATCH: RecordedTimes = {
  kind: 'phase',
  title: 'First batch',
  startedAt: '2026-01-22T07:50:03.250Z',
  endedAt: '2026-01-22T07:52:03.750Z'
};

let ports: FakePorts;

function connect(): void {
  const profile = profileOf(server.url);
  ports = installFakePorts({
    profile: { ...profile, splunk: { ...profile.splunk!, harmless: [HARMLESS] } },
    times: { 'First batch': BATCH }
  });
  search = splunk.search();
}

beforeEach(connect);

let search: ReturnType<typeof splunk.search>;
type Via = { readonly via: 'export' | 'job' };

/** Everything that judges a search, with the number of rows from which it does not hold. */
const JUDGES: readonly {
  name: string;
  judge: (via: Via) => Promise<unknown>;
  fails: (rows: number) => boolean;
}[] = [
  { name: 'expectNone', judge: via => search.expectNone(via), fails: rows => rows > 0 },
  { name: 'expectBelow', judge: via => search.expectBelow(3, via), fails: rows => rows >= 3 },
  {
    name: 'expectBelow of a field',
    judge: via => search.expectBelow(2, { field: 'n', ...via }),
    fails: rows => rows >= 3
  },
  {
    name: 'expectNone of a window',
    judge: via => search.window('First batch').expectNone(via),
    fails: rows => rows > 0
  },
  {
    name: 'beforeAfter',
    judge: via => search.beforeAfter('First batch', { length: '10m' }).run(via),
    fails: () => false
  },
  { name: 'run', judge: via => search.run(via), fails: () => false }
];

/** The code of the error, or null when it passed. */
async function codeOf(judged: Promise<unknown>): Promise<string | null> {
  return judged.then(
    () => null,
    (error: { code: string }) => error.code
  );
}

const SEED = 20_261_129;
const ANSWERS = 200;

test('of 200 generated answers no incomplete one passes, and no complete one is refused', async () => {
  const random = makeRandom(SEED);
  const wrong: string[] = [];
  const seen = { complete: 0, incomplete: 0 };
  for (let number = 0; number < ANSWERS; number += 1) {
    const answer = drawAnswer(random);
    const { name, judge, fails } = JUDGES[Math.floor(random() * JUDGES.length)]!;
    connect();
    server.answer = answer;
    const code = await codeOf(judge({ via: answer.via }));
    const expected = !answer.isComplete ? 'splunk.incomplete' : fails(answer.rows) ? 'check.failed' : null;
    seen[answer.isComplete ? 'complete' : 'incomplete'] += 1;
    if (code !== expected || !areTold(answer)) {
      wrong.push(
        `${number} ${answer.via} ${name}, ${answer.rows} rows: ${answer.name} → ${code}, not ${expected}`
      );
    }
  }
  expect(wrong).toEqual([]);
  expect(Math.min(seen.complete, seen.incomplete)).toBeGreaterThan(ANSWERS / 3);
});

/** What Splunk said stands in the record, unless the answer ended before it came. */
function areTold({ messages, fault }: GeneratedAnswer): boolean {
  const isHeard = fault === null || ['finalized', 'no count', 'lost pages', 'no last row'].includes(fault);
  const record = journalText(ports);
  return !isHeard || messages.every(({ text }) => record.includes(JSON.stringify(text).slice(1, -1)));
}

describe('What Splunk says', () => {
  const WHOLE: GeneratedAnswer = {
    name: '',
    isComplete: true,
    via: 'export',
    rows: 0,
    messages: [],
    fault: null,
    partBytes: 1000,
    hasPreviews: false
  };
  const INCOMPLETE = { type: 'WARN', text: 'Search results might be incomplete: idx2 ended prematurely.' };
  const REMARK = { type: 'INFO', text: 'No matching events found' };

  test.each(['export', 'job'] as const)('over %s stands in the error with every message', async via => {
    server.answer = { ...WHOLE, messages: [REMARK, INCOMPLETE] };
    const error: SearchFailedError = await search.expectNone({ via }).then(
      () => Promise.reject(new Error('It passed.')),
      (thrown: SearchFailedError) => thrown
    );
    expect(error).toMatchObject({ code: 'splunk.incomplete', messages: [REMARK, INCOMPLETE] });
    expect(error.message).toContain(
      'Splunk says: INFO: No matching events found\nSplunk says: WARN: Search results might be incomplete'
    );
    expect(ports.entries.at(-1)).toMatchObject({
      outcome: 'failed',
      result: { error: { fields: { messages: [REMARK, INCOMPLETE] } } }
    });
  });

  test('stands under the rows of a complete answer too, in every format', async () => {
    server.answer = { ...WHOLE, messages: [REMARK, REMARK] };
    expect(await search.expectNone()).toMatchObject({ isComplete: true, messages: [REMARK, REMARK] });
    for (const format of ['text/plain', 'text/html', 'text/markdown']) {
      expect(ports.shown[0]!.bundle[format]).toContain(
        'Splunk says: INFO: No matching events found (2 times)'
      );
    }
    expect(ports.entries.at(-1)).toMatchObject({ result: { messages: [REMARK, REMARK] } });
  });

  test('can be looked at with the rows that there are, which then say so; a check takes no such option', async () => {
    server.answer = { ...WHOLE, rows: 2, messages: [INCOMPLETE] };
    const result = await search.run({ incomplete: 'show' });
    expect(result).toMatchObject({ count: 2, isComplete: false });
    expect(ports.shown[0]!.bundle['text/plain']).toContain('2 rows, which may not be all that there are, in');
    await expect(search.expectNone({ incomplete: 'show' } as never)).rejects.toThrow(
      "'incomplete' is not an option"
    );
  });

  test('is read from the form of older versions, and what cannot be read counts as a warning', async () => {
    server.answer = { ...WHOLE, messages: { warn: ['Unheard of'] } as never };
    expect(await codeOf(search.expectNone({ via: 'job' }))).toBe('splunk.incomplete');
    server.answer = { ...WHOLE, messages: { info: ['No matching events found'] } as never };
    expect(await codeOf(search.expectNone({ via: 'job' }))).toBeNull();
    server.answer = { ...WHOLE, messages: [7] as never };
    expect(await codeOf(search.expectNone({ via: 'job' }))).toBe('splunk.incomplete');
  });

  test('that a limit of rows was reached before all were compared', async () => {
    server.answer = { ...WHOLE, rows: 5 };
    expect(await codeOf(search.expectBelow(99, { field: 'n', limit: 3 }))).toBe('splunk.incomplete');
    expect(await codeOf(search.expectBelow(2, { field: 'n', limit: 3 }))).toBe('check.failed');
    expect(ports.shown.every(({ bundle }) => !String(bundle['text/plain']).includes('☑'))).toBe(true);
  });

  test('that before and after cannot be compared when there are more rows than the limit', async () => {
    server.answer = { ...WHOLE, rows: 5 };
    const compared = (options: object): Promise<unknown> =>
      search.beforeAfter('First batch', { length: '10m' }).run(options);
    expect(await codeOf(compared({ limit: 4 }))).toBe('splunk.incomplete');
    expect(await codeOf(compared({ limit: 4, incomplete: 'show' }))).toBeNull();
    expect(await codeOf(compared({ limit: 5 }))).toBeNull();
  });

  test('nothing when a job was ended because it had all that was asked for', async () => {
    server.answer = { ...WHOLE, rows: 3, fault: 'finalized' };
    const rows = (asked: typeof search, limit = 10): Promise<string | null> =>
      codeOf(asked.run({ via: 'job', limit }));
    expect(await rows(search.head(3))).toBeNull();
    expect(await rows(search.head(4))).toBe('splunk.incomplete');
    expect(await rows(search, 2)).toBeNull();
    expect(await rows(search)).toBe('splunk.incomplete');
  });

  test('is not asked when a search has never as many rows as the check counts', async () => {
    await expect(search.head(10).expectBelow(20)).rejects.toThrow('this search never has more than 10');
    expect(await codeOf(search.head(10).raw('mvexpand tags').expectBelow(20))).not.toBe('usage.error');
  });
});

describe('A time range', () => {
  test.each(['+5m', '2999-01-01T00:00:00Z', '@d+40h'])(
    'that ends at %s is not over, and nothing is sent',
    async latest => {
      server.answer = null;
      const checked = search.earliest('-1h').latest(latest).expectNone();
      await expect(checked).rejects.toMatchObject({
        code: 'splunk.incomplete',
        message: expect.stringContaining('looks at a time range that may not be over before 2') as unknown
      });
      expect(ports.entries).toEqual([]);
    }
  );

  test.each([
    ['now', 0],
    ['now()', 0],
    ['-5m', -300_000],
    ['-1h@h', -3_600_000],
    ['@d', 0],
    ['+1h-1h', 0],
    ['-1mon+1d', -28 * 86_400_000 + 90_000_000],
    ['-1fortnight', 0],
    ['1795333803.000', 1_795_333_803_000 - Date.UTC(2026, 0, 1)]
  ])('%s is over at the latest %d ms from now', (latest, ms) => {
    const nowMs = Date.UTC(2026, 0, 1);
    expect(formatUtc(new Date(latestInstant(latest, nowMs)).toISOString())).toBe(
      formatUtc(new Date(nowMs + ms).toISOString())
    );
  });
});
