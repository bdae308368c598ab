// The command `launchbook board` as a process, and requests that no browser sends: it answers or hangs up, lives on and stays small.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../house/root.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { journalText } from '../journal-text.js';
import { BEGIN, RUN } from '../status/summaries.js';

const REQUESTS = rounds({ inTest: 2_000, inProof: 200_000 });
const AT_ONCE = 40;
const MOST_MIB = 150;
const PATIENCE_MS = 8_000;

let folder: string;
let board: ChildProcess;
let url: URL;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-board-'));
  const run = join(folder, 'release.ipynb');
  const metadata = { launchbook: { run: RUN } };
  writeFileSync(run, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [] }));
  writeFileSync(join(folder, 'release.journal.jsonl'), journalText(BEGIN));
  board = spawn(process.execPath, [join(root, 'lib/cli/main.js'), 'board', run, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  for await (const line of createInterface({ input: board.stdout! })) {
    url = new URL((JSON.parse(line) as { url: string }).url);
    break;
  }
});

afterAll(() => {
  board.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that comes back for these bytes until the other end hangs up; the first of it when `isOpen`, what comes at once when `isCut`. */
function send(bytes: string | Buffer, { isOpen = false, isCut = false } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(url.port), url.hostname);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`No answer to ${JSON.stringify(bytes.toString('latin1').slice(0, 200))}`));
    }, PATIENCE_MS);
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.on('error', end).on('close', end);
    socket.on('data', data => {
      answer += data.toString('latin1');
      if (isOpen) {
        end();
      }
    });
    socket.write(bytes, () => isCut && setTimeout(end, 5));
  });
}

const get = (path: string, method = 'GET'): string =>
  `${method} ${path} HTTP/1.1\r\nHost: board\r\nConnection: close\r\n\r\n`;

test.each([
  ['two slashes', () => get('//'), 404],
  ['two slashes and a port', () => get('//:99999'), 404],
  ['an address that is none', () => get('http://['), 404],
  ['the prototype of every object', () => get(`${url.pathname}__proto__`), 404],
  ['the constructor of every object', () => get(`${url.pathname}constructor`), 404],
  ['a method of every object', () => get(`${url.pathname}toString`), 404],
  ['half an escape', () => get(`${url.pathname}%`), 404],
  ['the whole address, as to a proxy', () => get(url.href), 200],
  ['a query', () => get(`${url.pathname}?x=//`), 200],
  ['the head of the events', () => get(`${url.pathname}events`, 'HEAD'), 200],
  ['a star', () => get('*', 'OPTIONS'), 404],
  ['large headers', () => get('/').replace('Host', `X: ${'x'.repeat(100_000)}\r\nHost`), 431],
  ['a path without an end', () => get(`/${'x'.repeat(100_000)}`), 431],
  ['no HTTP', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400]
])('%s: an answer', async (_, bytes, status) => {
  expect(await send(bytes())).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test('a body that never ends is not waited for', async () => {
  const head = `POST ${url.pathname} HTTP/1.1\r\nHost: board\r\nContent-Length: 1000000000\r\n\r\n`;
  expect(await send(head, { isOpen: true })).toMatch(/^HTTP\/1\.1 405 /);
});

test(
  `after ${REQUESTS} requests that no browser sends it lives, answers and stays small`,
  async () => {
    const random = makeRandom(22);
    let begun = 0;
    const worker = async (): Promise<void> => {
      while (begun < REQUESTS) {
        begun++;
        await send(...hostile(random));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const memory = memoryMib(board.pid!);
    console.log(`${begun} requests, ${memory} MiB at most`);
    expect(board.exitCode).toBeNull();
    expect(await send(get(url.pathname))).toContain('<h2>Release: release 2.4.0 in staging</h2>');
    expect(memory).toBeLessThan(MOST_MIB);
  },
  REQUESTS * 20 + 10_000
);

/** Bytes of one connection, and how it is looked at. */
function hostile(
  random: () => number
): [bytes: string | Buffer, options: { isOpen?: boolean; isCut?: boolean }] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const bytes = (length: number): string =>
    Array.from({ length }, () => String.fromCharCode(Math.floor(random() * 256))).join('');
  if (random() < 0.05) {
    return [Buffer.from(bytes(200), 'latin1'), { isCut: true }];
  }
  const method = pick([
    'GET',
    'GET',
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'OPTIONS',
    'CONNECT',
    'TRACE',
    'get',
    'G\x00T'
  ]);
  const page = pick([
    '',
    '/',
    '//',
    'events',
    'board.css',
    'board.js',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '../',
    '%2e%2e/',
    '%',
    '%00',
    '%ff',
    'events/',
    '?',
    '#',
    ';',
    '\\',
    bytes(20),
    'x'.repeat(9000)
  ]);
  const path = pick([
    `${url.pathname}${page}`,
    `/${page}`,
    page,
    `//${page}`,
    `http://board${url.pathname}${page}`,
    `http://[${page}`,
    `https://a:b@c:99999/${page}`,
    '*',
    'board:443'
  ]);
  const header = pick([
    '',
    'Upgrade: websocket\r\nConnection: Upgrade\r\n',
    'Expect: 100-continue\r\n',
    'Expect: 200-x\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding: chunked, gzip\r\n',
    'Content-Length: 5\r\n',
    'Content-Length: -1\r\n',
    'Content-Length: 5\r\nContent-Length: 6\r\n',
    'Range: bytes=0-0\r\n',
    `X: ${bytes(50)}\r\n`,
    `Cookie: ${'c'.repeat(20_000)}\r\n`,
    'Accept: text/event-stream\r\nLast-Event-ID: 1e9\r\n'
  ]);
  const version = pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '']);
  const close = random() < 0.9 ? 'Connection: close\r\n' : '';
  const body = pick(['', '', 'hello', '5\r\nhello\r\n0\r\n\r\n', 'ffffffff\r\n', bytes(30)]);
  const text = `${method} ${path} ${version}\r\nHost: ${pick(['board', '', bytes(5)])}\r\n${header}${close}\r\n${body}`;
  const whole = random() < 0.1 ? `${text}${text}${text}` : text;
  const sent = random() < 0.1 ? whole.slice(0, Math.floor(random() * whole.length)) : whole;
  const isEnded =
    sent === text && close + version === 'Connection: close\r\nHTTP/1.1' && header + body === '';
  return [
    Buffer.from(sent, 'latin1'),
    isEnded && !path.includes('events') ? {} : { isCut: true, isOpen: true }
  ];
}

/** The most that the process has had. */
function memoryMib(pid: number): number {
  const [, kib = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib) / 1024);
}
