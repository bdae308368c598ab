import { beforeEach, describe, expect, test } from '@jest/globals';
import { splunk } from '../../../runbook/index.js';
import type { RecordedTimes } from '../../../runbook/ports.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';
import { serveAnswers } from '../http/http-server.js';
import { profileOf } from './log-search.js';

const server = serveAnswers({
  '/services/search/v2/jobs/export': (_, response) =>
    void response.end('{"preview":false,"offset":0,"lastrow":true,"result":{"n":"1"}}\n')
});

const BATCH: RecordedTimes = {
  kind: 'phase',
  title: 'First batch',
  startedAt: '2026-11-22T07:50:03.250Z',
  endedAt: '2026-11-22T07:52:03.750Z'
};

let ports: FakePorts;
beforeEach(() => {
  server.take();
  ports = installFakePorts({
    profile: profileOf(server.url),
    times: {
      'First batch': BATCH,
      Soak: {
        kind: 'step',
        title: 'Soak',
        startedAt: new Date(Date.now() - 60_000).toISOString(),
        endedAt: null
      },
      Deploy: { ...BATCH, title: 'Deploy', endedAt: new Date(Date.now() - 30_000).toISOString() }
    }
  });
});

function sentRanges(): [number, number][] {
  return server.take().map(request => {
    const form = new URLSearchParams(request.body);
    return [Number(form.get('earliest_time')), Number(form.get('latest_time'))];
  });
}

describe('.window()', () => {
  test('searches exactly from the beginning to the end that the run has recorded', async () => {
    const result = await splunk.search().window('First batch').run();
    expect(sentRanges()).toEqual([[Date.parse(BATCH.startedAt) / 1000, Date.parse(BATCH.endedAt!) / 1000]]);
    expect(result).toMatchObject({ earliest: '1795333803.250', latest: '1795333923.750' });
    expect(result.link).toContain('earliest=1795333803.250&latest=1795333923.750');
    expect(ports.shown[0]!.bundle['text/plain']).toContain('While “First batch” ran: 1 row in ');
    expect(ports.shown[0]!.bundle['text/plain']).toContain(
      '2026-11-22 07:50:03 UTC to 2026-11-22 07:52:03 UTC'
    );
  });

  test('reaches to now while the step runs', async () => {
    const before = Date.now() / 1000;
    expect(await splunk.search().window('Soak').run()).toMatchObject({
      caption: 'While “Soak” ran, up to now'
    });
    const [[earliest, latest]] = sentRanges() as [[number, number]];
    expect(latest).toBeGreaterThanOrEqual(before - 0.001);
    expect(latest - earliest).toBeGreaterThanOrEqual(60);
  });

  test('changes neither the text of the search nor the search it is called on', () => {
    const search = splunk.search().where({ level: 'ERROR' });
    expect(search.window('First batch').toSpl()).toBe(search.toSpl());
    expect(search.link()).toContain('earliest=-15m');
  });

  test('has a link once its times are looked up', async () => {
    const search = splunk.search().window('First batch');
    expect(() => search.link()).toThrow('are not looked up yet');
    expect((await search.resolve()).link()).toContain('earliest=1795333803.250');
  });

  test('a later .earliest() counts instead of it', async () => {
    await splunk.search().window('First batch').earliest('-5m').run();
    expect(new URLSearchParams(server.take()[0]!.body).get('earliest_time')).toBe('-5m');
  });

  test('an unknown step sends nothing', async () => {
    await expect(splunk.search().window('Frist batch').expectNone()).rejects.toThrow('no phase or step');
    expect(() => splunk.search().window('')).toThrow("The step or phase is ''");
    expect(server.take()).toEqual([]);
    expect(ports.entries).toEqual([]);
  });
});

describe('.beforeAfter()', () => {
  test('searches two ranges of the same length, up to the beginning and from the end', async () => {
    const result = await splunk.search().beforeAfter('First batch', { length: '10m' }).run();
    const [start, end] = [Date.parse(BATCH.startedAt) / 1000, Date.parse(BATCH.endedAt!) / 1000];
    expect(sentRanges()).toEqual([
      [start - 600, start],
      [end, end + 600]
    ]);
    expect(result.before.count + result.after.count).toBe(2);
    expect(
      ports.shown.map(({ bundle }) => String(bundle['text/plain']).match(/(Before|After) “.*?”/)?.[0])
    ).toEqual(['Before “First batch”', 'After “First batch”']);
  });

  test('without a length both are as long as it has been since the end', async () => {
    await splunk.search().beforeAfter('Deploy').run();
    const [[from, to], [after, until]] = sentRanges() as [[number, number], [number, number]];
    expect(until - after).toBeCloseTo(to - from, 3);
    expect(until - after).toBeGreaterThanOrEqual(30);
  });

  test('with the option wait it waits until the range is over, once', async () => {
    const endedAt = new Date(Date.now() - 9_900).toISOString();
    const until = new Date(Date.parse(endedAt) + 10_000).toISOString();
    const deploy = { ...BATCH, title: 'Deploy', endedAt };
    const install = (recorded: Parameters<typeof installFakePorts>[0] = {}): void => {
      ports = installFakePorts({ profile: profileOf(server.url), times: { Deploy: deploy }, ...recorded });
    };
    install();
    const searched = (): Promise<unknown> =>
      splunk.search().beforeAfter('Deploy', { length: '10s', wait: true }).run();
    await searched();
    expect(ports.entries[0]).toMatchObject({ helper: 'soak', request: { until } });
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until));
    expect(ports.shown.map(({ bundle }) => String(bundle['text/plain'])).join('\n')).toContain(
      '☑ 10.0 s after the phase “Deploy”: nothing went wrong'
    );
    install({ recorded: [{ outcome: 'passed', result: { checks: 0, durationMs: 100 } }] });
    await searched();
    expect(ports.entries.map(({ helper }) => helper).filter(Boolean)).toEqual(['splunk', 'splunk']);
    expect(server.take()).toHaveLength(4);
  });

  test('its wait ends with an interrupt, and needs a length', async () => {
    const waiting = splunk.search().beforeAfter('Deploy', { length: '1h', wait: true }).run();
    ports.interrupt();
    await expect(waiting).rejects.toMatchObject({ code: 'soak.interrupted' });
    expect(() => splunk.search().beforeAfter('Deploy', { wait: true })).toThrow(
      "'wait' is given without 'length'"
    );
    expect(server.take()).toEqual([]);
  });

  test('a range that is not over yet, and a step that still runs, are refused', async () => {
    await expect(splunk.search().beforeAfter('Deploy', { length: '10m' }).run()).rejects.toMatchObject({
      code: 'splunk.window_open',
      message: expect.stringMatching(
        /looks at 10 min 0 s after the phase “Deploy”, of which 30\.\d s have passed/
      ) as unknown
    });
    await expect(splunk.search().beforeAfter('Soak').run()).rejects.toThrow('which still runs');
    expect(() => splunk.search().beforeAfter('', { lenght: '1m' } as never)).toThrow(
      /The step or phase is ''[\s\S]*'lenght' is not an option. Did you mean 'length'\?/
    );
    expect(server.take()).toEqual([]);
  });
});
