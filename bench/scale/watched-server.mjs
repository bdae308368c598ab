// A run behind a real Jupyter server, with watchers that have a WebSocket each, as pages have, and pages of JupyterLab beside them: what each
// of them gets, how long effects take, and how long it takes until a decision has reached all. Needs `.venv` and Chromium (npm test makes
// them); `node bench/scale/watched-server.mjs` prints the figures.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { freePort } from '../../scripts/serve/free-ports.mjs';
import { findChromium } from '../../scripts/set-up/find-chromium.mjs';
import { root, venvProgram } from '../../scripts/set-up/places.mjs';
import { summarize } from '../statistics.mjs';

const EFFECTS = 200;
const DECISIONS = 20;
const ROUNDS = 5;
/** Until the records of what was measured last have been told. */
const SETTLED_MS = 700;
/** Of the effects, in each room: to open it takes a hundred times as long. */
const REPEATS = 15;
const PATIENCE_MS = 60_000;
const NOTEBOOK = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

// A message is the number of its offsets, the offsets, and then its parts: channel, header, parent, metadata, content, buffers.
// https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
const PROTOCOL = 'v1.kernel.websocket.jupyter.org';
const NUMBER_BYTES = 8;

/** What is counted. */
const TOLD = new Set(['comm_msg', 'stream']);

/** Nobody, one, and a control room with two pages of JupyterLab. */
const ROOMS = { none: [0, 0], one: [1, 0], fifty: [50, 2] };

/** Effects are what all pages are told of. Jupyter's kernel for Python has none; it tells all of each line that is printed. */
const KINDS = {
  launchbook: {
    kernel: 'launchbook',
    hasRun: true,
    rounds: ROUNDS,
    code: repeat =>
      `for (let n = 0; n < ${EFFECTS}; n++) { await record('measured ${repeat} ' + n, () => n); }`
  },
  ipykernel: {
    kernel: 'python3',
    hasRun: false,
    rounds: 1,
    code: repeat => `for n in range(${EFFECTS}): print('measured ${repeat}', n, flush=True)`
  }
};

if (process.argv[1] === import.meta.filename) {
  const found = await measureWatchedServer();
  for (const [kind, rooms] of Object.entries(found)) {
    for (const [name, figures] of Object.entries(rooms)) {
      console.log(kind.padEnd(12), name.padEnd(8), JSON.stringify(figures));
    }
  }
}

/** By kernel and room: `{ bytes, messages, tookMs, decidedMs }`, medians of rounds in turns; of decisions the 95th percentile of all. */
export async function measureWatchedServer() {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-watched-'));
  const server = await startServer(folder);
  const browser = await chromium.launch({
    executablePath: writeYielding(folder, await findChromium()),
    args: ['--no-sandbox']
  });
  try {
    const found = Object.fromEntries(
      Object.keys(KINDS).map(kind => [kind, Object.fromEntries(Object.keys(ROOMS).map(name => [name, []]))])
    );
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of Object.keys(KINDS).filter(each => round < KINDS[each].rounds)) {
        for (const name of Object.keys(ROOMS)) {
          const path = `${kind}-${name}-${round}.ipynb`;
          writeFileSync(join(folder, path), JSON.stringify(NOTEBOOK));
          found[kind][name].push(await measureRoom(server, browser, path, { kind, room: ROOMS[name] }));
        }
      }
    }
    return Object.fromEntries(
      Object.entries(found).map(([kind, rooms]) => [
        kind,
        Object.fromEntries(Object.entries(rooms).map(([name, rounds]) => [name, mediansOf(rounds)]))
      ])
    );
  } finally {
    await browser.close();
    server.process.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/**
 * A program that is `program` with the lowest priority: people who watch have machines of their own that draw their pages, and what the
 * kernel and the server do for them is measured here.
 */
function writeYielding(folder, program) {
  const path = join(folder, 'chromium.sh');
  writeFileSync(path, `#!/bin/sh\nexec nice -n 19 '${program}' "$@"\n`, { mode: 0o755 });
  return path;
}

function mediansOf(rounds) {
  const median = name => summarize(rounds.map(one => one[name])).median;
  const waits = rounds.flatMap(({ decided }) => decided).sort((a, b) => a - b);
  return {
    messages: median('messages'),
    bytes: median('bytes'),
    tookMs: median('tookMs'),
    ...(waits.length > 0 && { decidedMs: waits[Math.floor(waits.length * 0.95)] })
  };
}

async function measureRoom(server, browser, path, { kind, room: [watchers, pages] }) {
  const { kernel, hasRun, code } = KINDS[kind];
  const session = await server.rest('POST', 'api/sessions', {
    path,
    name: path,
    type: 'notebook',
    kernel: { name: kernel }
  });
  const connections = [];
  const context = await browser.newContext();
  try {
    const driver = await connect(server, session.kernel.id);
    connections.push(driver);
    await driver.execute('1 + 1');
    for (let page = 0; page < pages; page++) {
      const opened = await context.newPage();
      await opened.goto(`${server.url}lab/tree/${path}?token=${server.token}&reset`);
      await opened
        .getByText(/\| Idle$/)
        .first()
        .waitFor();
      await opened.waitForLoadState('networkidle');
      // Whoever watches does not type: a cursor that blinks is drawn sixty times a second, by the processors that are measured.
      await opened.locator('.jp-Notebook .cm-content').first().press('Escape');
    }
    const all = await Promise.all(Array.from({ length: watchers }, () => connect(server, session.kernel.id)));
    connections.push(...all);
    await Promise.all(hasRun ? all.map((one, index) => one.watch(index)) : []);
    await quiet(driver);
    const before = { messages: driver.messages, bytes: driver.bytes };
    const times = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const began = performance.now();
      await driver.execute(code(repeat));
      times.push(performance.now() - began);
      await rest(SETTLED_MS);
    }
    await quiet(driver);
    const tookMs = summarize(times).median;
    const [messages, bytes] = [
      (driver.messages - before.messages) / REPEATS,
      (driver.bytes - before.bytes) / REPEATS
    ];
    const decided = hasRun && watchers > 0 ? await decide(driver, all) : [];
    return { messages, bytes, tookMs, decided };
  } finally {
    connections.forEach(one => one.close());
    await context.close();
    await server.rest('DELETE', `api/sessions/${session.id}`);
  }
}

/** From the click until each has the record of it. */
async function decide(driver, watchers) {
  const waits = [];
  for (let number = 0; number < DECISIONS; number++) {
    const asked = watchers[0].next('approval-requested');
    const cell = driver.execute(`await approval('Go ${number}')`);
    const { approval, content } = await asked;
    const heard = watchers.map(one => one.next('approval-decided').then(() => performance.now()));
    const began = performance.now();
    watchers[0].tell({
      type: 'decide',
      request: randomUUID(),
      approval,
      content,
      decision: 'approved',
      comment: ''
    });
    waits.push(...(await Promise.all(heard)).map(at => at - began));
    await cell;
  }
  return waits;
}

async function connect(server, kernel) {
  const session = randomUUID();
  const address = `${server.url.replace('http', 'ws')}api/kernels/${kernel}/channels?session_id=${session}&token=${server.token}`;
  // As pages speak, too; with it the server passes on what it has without taking it apart.
  const socket = new WebSocket(address, PROTOCOL);
  socket.binaryType = 'arraybuffer';
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('The server refused a WebSocket.'));
  });
  const listeners = new Set();
  const one = {
    messages: 0,
    bytes: 0,
    close: () => socket.close(),
    /** The first message of which `find` makes something. */
    hear: find =>
      within(
        new Promise(resolve => {
          const listen = message => {
            const found = find(message);
            if (found !== undefined) {
              listeners.delete(listen);
              resolve(found);
            }
          };
          listeners.add(listen);
        })
      ),
    next: kind => one.hear(({ content }) => content.data?.records?.find(record => record.kind === kind)),
    tell: data => send('comm_msg', { comm_id: session, data }),
    watch: async index => {
      const user = { username: `watcher-${index}`, name: `Watcher ${index}` };
      const data = { version: 1, client: session, user, outline: null };
      const greeted = one.hear(({ content }) =>
        content.comm_id === session && content.data?.type === 'state' ? true : undefined
      );
      send('comm_open', { comm_id: session, target_name: 'launchbook.run', data });
      await greeted;
    },
    execute: async code => {
      const rest = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
      const id = send('execute_request', { code, ...rest, stop_on_error: true });
      const reply = await one.hear(({ header, parent_header: parent, content }) =>
        header.msg_type === 'execute_reply' && parent.msg_id === id ? content : undefined
      );
      if (reply.status !== 'ok') {
        throw new Error(`${code}: ${JSON.stringify(reply)}`);
      }
    }
  };
  socket.onmessage = ({ data }) => {
    const [channel, header, parent, , content] = partsOf(data);
    if (channel() === 'iopub' && TOLD.has(JSON.parse(header()).msg_type)) {
      one.messages += 1;
      one.bytes += data.byteLength;
    }
    // People who watch have machines of their own: what nobody asked for is not read on this one.
    if (listeners.size > 0) {
      const message = {
        header: JSON.parse(header()),
        parent_header: JSON.parse(parent()),
        content: JSON.parse(content())
      };
      [...listeners].forEach(listen => listen(message));
    }
  };
  return one;

  function send(type, content) {
    const header = {
      msg_id: randomUUID(),
      msg_type: type,
      username: 'ann',
      session,
      date: new Date().toISOString(),
      version: '5.4'
    };
    socket.send(inParts('shell', ...[header, {}, {}, content].map(part => JSON.stringify(part))));
    return header.msg_id;
  }
}

/** What reads each part of a message as text. */
function partsOf(data) {
  const view = new DataView(data);
  const offset = index => Number(view.getBigUint64(NUMBER_BYTES * (1 + index), true));
  const count = Number(view.getBigUint64(0, true)) - 1;
  return Array.from(
    { length: count },
    (_, index) => () => Buffer.from(data, offset(index), offset(index + 1) - offset(index)).toString()
  );
}

function inParts(...texts) {
  const parts = texts.map(text => Buffer.from(text));
  const head = Buffer.alloc(NUMBER_BYTES * (parts.length + 2));
  let at = head.length;
  head.writeBigUInt64LE(BigInt(parts.length + 1), 0);
  for (const [index, part] of [...parts, Buffer.alloc(0)].entries()) {
    head.writeBigUInt64LE(BigInt(at), NUMBER_BYTES * (1 + index));
    at += part.length;
  }
  return Buffer.concat([head, ...parts]);
}

/** Until nothing has come for longer than anything waits to be told. */
async function quiet(one) {
  for (let last = -1; last !== one.messages;) {
    last = one.messages;
    await rest(1500);
  }
}

async function startServer(folder) {
  const [port, token] = [await freePort(), randomUUID()];
  const url = `http://127.0.0.1:${port}/`;
  const options = [
    `--ServerApp.port=${port}`,
    `--ServerApp.root_dir=${folder}`,
    `--IdentityProvider.token=${token}`
  ];
  const home = { JUPYTER_CONFIG_DIR: join(folder, '.config'), JUPYTER_RUNTIME_DIR: join(folder, '.runtime') };
  const process_ = spawn(venvProgram('jupyter-lab'), ['--no-browser', '--allow-root', ...options], {
    cwd: root,
    env: { ...process.env, ...home, LAUNCHBOOK_HISTORY: 'off' },
    stdio: 'ignore'
  });
  const call = async (method, resource, body) => {
    const headers = { Authorization: `token ${token}`, 'Content-Type': 'application/json' };
    const answer = await fetch(url + resource, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) })
    });
    if (!answer.ok) {
      throw new Error(`${method} ${resource}: ${answer.status} ${await answer.text()}`);
    }
    return answer.status === 204 ? undefined : answer.json();
  };
  for (let tries = PATIENCE_MS / 200; ; tries -= 1) {
    const isUp = await call('GET', 'api/status').then(
      () => true,
      () => false
    );
    if (isUp) {
      return { url, token, rest: call, process: process_ };
    }
    if (tries <= 0 || process_.exitCode !== null) {
      process_.kill();
      throw new Error('The Jupyter server did not come up.');
    }
    await rest(200);
  }
}

function within(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing came within ${PATIENCE_MS / 1000} s.`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function rest(ms) {
  return new Promise(resolve => setTimeout(resolve, ms));
}
