// The fleet's log search alone, over a log with five known events, the newest last.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { FLEET, makeStateFolder, NODE, readReadyLine } from './start-fleet.js';
import { waitUntilGone } from './wait-until.js';

export type Result = Readonly<Record<string, string | readonly string[]>>;
type Form = Readonly<Record<string, string>>;

export interface LogSearch {
  readonly url: string;
  readonly token: string;
  post(search: string, form?: Form): Promise<{ status: number; text: string }>;
  /** The rows of a search that must work. */
  rows(search: string, form?: Form): Promise<Result[]>;
  /** The message of a search that must be refused. */
  refusal(search: string, form?: Form): Promise<string | undefined>;
  stop(): Promise<void>;
}

export const EVENTS = [
  {
    time: '2024-03-03T10:00:05.000Z',
    level: 'INFO',
    service: 'orders',
    version: '2.3.1',
    msg: 'order placed',
    ms: 12,
    path: '/orders'
  },
  {
    time: '2024-03-03T10:00:40.000Z',
    level: 'ERROR',
    service: 'orders',
    version: '2.3.1',
    msg: 'request failed: "disk" | full',
    ms: 250
  },
  {
    time: '2024-03-03T10:01:10.500Z',
    level: 'INFO',
    service: 'catalog',
    version: '2.4.0',
    msg: 'request served',
    ms: 3,
    tags: ['a', 'b']
  },
  {
    time: '2024-03-03T10:01:20.000Z',
    level: 'WARN',
    service: 'catalog',
    version: '2.4.0',
    msg: 'slow request',
    ms: 900,
    http: { status: 404 }
  },
  {
    time: '2024-03-03T10:03:00.000Z',
    level: 'INFO',
    service: 'payments',
    version: '2.4.0',
    msg: 'payment captured',
    ms: 30
  }
];

export async function startLogSearch(): Promise<LogSearch> {
  const folder = await makeStateFolder();
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const lines = EVENTS.map(event => JSON.stringify(event));
  const noise = 'not json\n{"time":"never"}\n{"time":"2024-03-03T1';
  writeFileSync(join(logs, 'shop.log'), `${lines.join('\n')}\n${noise}`);
  const token = 'a-token';
  const args = [join(FLEET, 'fleet.ts'), 'search', '--logs', logs, '--token', token];
  const server = spawn(NODE, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const { url } = (await readReadyLine<{ search: { url: string } }>(server)).search;

  const post = async (search: string, form: Form = {}) => {
    const response = await fetch(`${url}/services/search/v2/jobs/export`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams({ search, output_mode: 'json', ...form })
    });
    return { status: response.status, text: await response.text() };
  };
  return {
    url,
    token,
    post,
    rows: async (search, form) => {
      const { status, text } = await post(search, form);
      expect([status, text]).toEqual([200, expect.stringMatching(/^\{"preview"/)]);
      return parseResults(text);
    },
    refusal: async (search, form) => {
      const { status, text } = await post(search, form);
      const { messages } = JSON.parse(text) as { messages?: { type: string; text: string }[] };
      expect([status, messages?.[0]?.type]).toEqual([400, 'FATAL']);
      return messages?.[0]?.text;
    },
    stop: async () => {
      server.stdin.end();
      await waitUntilGone(server.pid!);
      await rm(folder, { recursive: true, force: true });
    }
  };
}

export function parseResults(text: string): Result[] {
  const lines = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { result?: Result });
  return lines.flatMap(({ result }) => (result === undefined ? [] : [result]));
}
