// The board over HTTP: nothing without the token, nothing but reading, and every change of a journal arrives.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { serveBoard, type Board } from '../../../lifecycle/board/board-server.js';
import { FollowedRuns } from '../../../lifecycle/board/followed-runs.js';
import { journalText } from '../journal-text.js';
import { ASKED, BEGIN, RUN } from '../status/summaries.js';

let folder: string;
let run: string;
let board: Board;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-board-'));
  run = join(folder, 'release.ipynb');
  writeFileSync(
    run,
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { launchbook: { run: RUN } }, cells: [] })
  );
  keepJournal(BEGIN);
  board = await serveBoard({ runs: [run] });
});

afterEach(async () => {
  await board.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the page', () => {
  test('is complete without its script, and lets nothing foreign in', async () => {
    const response = await fetch(board.url);
    expect(await response.text()).toContain('<h2>Release: release 2.4.0 in staging</h2>');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('is on this machine alone unless told otherwise', () => {
    expect(new URL(board.url).hostname).toBe('127.0.0.1');
  });

  test.each([
    ['without the token', (url: URL) => `${url.origin}/`],
    ['with another token', (url: URL) => `${url.origin}/${'0'.repeat(32)}/`],
    ['with the token in the wrong case', (url: URL) => url.href.toUpperCase().replace('HTTP', 'http')],
    ['events with another token', (url: URL) => `${url.origin}/x/events`],
    ['below the page', (url: URL) => `${url.href}../../release.ipynb`],
    ['a file of the folder', (url: URL) => `${url.href}release.journal.jsonl`]
  ])('is not there %s', async (_, addressOf) => {
    const response = await fetch(addressOf(new URL(board.url)));
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('2.4.0');
  });

  test.each(['POST', 'PUT', 'DELETE'])('refuses %s', async method => {
    expect((await fetch(board.url, { method })).status).toBe(405);
  });
});

describe('the events', () => {
  test('begin with every run as it is and follow the journal', async () => {
    const events = await listen();
    expect(await events.next()).toMatchObject({
      color: 'green',
      said: 'Release, release 2.4.0, green, Prepare not started'
    });
    keepJournal(ASKED);
    const part = await events.next();
    expect(part).toMatchObject({
      color: 'amber',
      said: 'Release, release 2.4.0, amber, QA sign-off waiting'
    });
    expect(part.html).toContain('waits for qa-lead');
    await events.close();
  });

  test('tell in red when a journal can no longer be trusted', async () => {
    const events = await listen();
    await events.next();
    appendFileSync(join(folder, 'release.journal.jsonl'), '{"seq":99}\n');
    const part = await events.next();
    expect(part.color).toBe('red');
    expect(part.html).toMatch(/cannot be read: .*line 4/);
    await events.close();
  });
});

describe('a board of a folder', () => {
  let all: Board;
  beforeEach(async () => {
    all = await serveBoard({ runs: { folder } });
  });
  afterEach(() => all.close());

  test('shows every run, those first that need somebody, and none in folders of packages', async () => {
    makeRun('runs/held', ASKED);
    makeRun('runs/broken', BEGIN);
    appendFileSync(join(folder, 'runs/broken/release.journal.jsonl'), '{"seq":99}\n');
    makeRun('node_modules/other', ASKED);
    makeRun('.hidden/other', ASKED);
    const page = await (await fetch(all.url)).text();
    expect([...page.matchAll(/class="run is-(\w+)"/g)].map(([, color]) => color)).toEqual([
      'red',
      'amber',
      'green'
    ]);
  });

  test('is live: a run that is made while somebody looks is shown, and one that is removed goes', async () => {
    const events = await listen(all.url);
    expect(await events.next()).toMatchObject({ color: 'green' });
    makeRun('runs/new', ASKED);
    await fetch(all.url); // finds it now, and not within ten seconds
    expect(await events.next()).toMatchObject({ color: 'amber' });
    rmSync(join(folder, 'runs/new'), { recursive: true });
    await fetch(all.url);
    expect(Object.keys(await events.next())).toEqual(['id']);
    await events.close();
  });
});

function makeRun(place: string, bodies: readonly RecordBody[]): void {
  mkdirSync(join(folder, place), { recursive: true });
  copyFileSync(run, join(folder, place, 'release.ipynb'));
  writeFileSync(join(folder, place, 'release.journal.jsonl'), journalText(bodies));
}

test('nothing is looked for before somebody looks, and each look finds what there is', async () => {
  let looks = 0;
  const runs = new FollowedRuns(() => {
    looks += 1;
    return [run];
  });
  expect(looks).toBe(0);
  expect(await runs.parts()).toMatchObject([{ color: 'green' }]);
  keepJournal(ASKED);
  expect(await runs.parts()).toMatchObject([{ color: 'amber' }]);
  expect(looks).toBe(2);
});

test('an address that is taken is named', async () => {
  const port = Number(new URL(board.url).port);
  await expect(serveBoard({ runs: [run], port })).rejects.toThrow(
    new RegExp(`Serving the board on 127\\.0\\.0\\.1, port ${port}: .*EADDRINUSE`)
  );
});

function keepJournal(bodies: readonly RecordBody[]): void {
  writeFileSync(join(folder, 'release.journal.jsonl'), journalText(bodies));
}

interface Part {
  readonly color: string;
  readonly said: string;
  readonly html: string;
}

/** Reads server-sent events one by one. */
async function listen(url = board.url): Promise<{ next(): Promise<Part>; close(): Promise<void> }> {
  const response = await fetch(`${url}events`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          const data = /^data: (.*)$/m.exec(event);
          if (data) {
            return JSON.parse(data[1]!) as Part;
          }
          continue;
        }
        const { value, done } = await reader.read();
        if (done) {
          throw new Error('The stream ended.');
        }
        text += value;
      }
    },
    close: () => reader.cancel()
  };
}
