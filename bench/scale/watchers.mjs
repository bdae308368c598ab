// No page, one and fifty pages on one run: how many messages and bytes the kernel publishes for the same effects, how long these take, and
// how long it takes until a decision has been published to all.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/set-up/places.mjs';
import { makeLongRun } from './histories.mjs';

const EFFECTS = 200;
const DECISIONS = 40;

/** `{ messages, bytes, tookMs, decidedMs }`: on iopub for 200 effects while so many pages look on, and the 95th percentile of decisions. */
export async function measureWatchers(pages) {
  const load = path => import(join(root, 'lib', path));
  const [{ InMemoryTransport }, { composeKernel }, { NotebookFile }, { makeMessage }] = await Promise.all([
    load('kernel/transport/in-memory.js'),
    load('kernel/host/compose/compose.js'),
    load('run/keeper/notebook-file.js'),
    load('kernel/protocol/make.js')
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-watchers-'));
  const notebook = new NotebookFile(await makeLongRun(folder, 10));
  const transport = new InMemoryTransport();
  const parts = { transport, notebook, folder, nodePath: process.execPath, log: () => undefined };
  const kernel = composeKernel({ ...parts, onShutdown: () => undefined });
  try {
    await Promise.all([kernel.start(), kernel.run.open()]);
    const seen = { messages: 0, bytes: 0, greeted: 0, decisions: new Map() };
    const sender = { session: randomUUID(), username: 'ann' };
    const connection = transport.connect((channel, { header, content }) => {
      if (channel === 'iopub' && header.type === 'comm_msg') {
        seen.messages += 1;
        seen.bytes += JSON.stringify(content).length;
        seen.greeted += content.data.type === 'state' ? 1 : 0;
        content.data.records?.forEach(({ decision }) =>
          seen.decisions.set(decision?.comment, performance.now())
        );
      }
    });
    for (let page = 0; page < pages; page++) {
      const user = { username: `watcher-${page}`, name: `Watcher ${page}` };
      const data = { version: 1, client: `page-${page}`, user, outline: null };
      const open = { comm_id: `comm-${page}`, target_name: 'launchbook.run', data };
      connection.send('shell', makeMessage(sender, 'comm_open', open));
    }
    await until(() => seen.greeted === pages);
    await quiet(seen);
    const before = { ...seen };
    const { append } = kernel.run;
    const write = body => append.call(kernel.run, body);
    const began = performance.now();
    for (let index = 0; index < EFFECTS; index++) {
      const name = { effect: `watched-${index}`, step: 'step-0', attempt: 1, helper: 'record' };
      await write({ kind: 'effect-started', ...name, label: 'measured', request: { index } });
      await write({
        kind: 'effect-ended',
        effect: name.effect,
        outcome: 'passed',
        durationMs: 1,
        result: null
      });
    }
    const tookMs = performance.now() - began;
    await quiet(seen);
    const { messages, bytes } = seen;
    const decided = pages === 0 ? [] : await decide(write, seen);
    const decidedMs = decided.sort((a, b) => a - b)[Math.floor(decided.length * 0.95)] ?? 0;
    return { messages: messages - before.messages, bytes: bytes - before.bytes, tookMs, decidedMs };
  } finally {
    await kernel.shutdown();
    await kernel.closeJournal();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long each of some decisions takes until all pages have been told, while effects go on. */
async function decide(write, seen) {
  const by = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
  const waits = [];
  for (let number = 0; number < DECISIONS; number++) {
    const effect = `beside-${number}`;
    const started = { kind: 'effect-started', effect, step: 'step-0', attempt: 1, helper: 'record' };
    const beside = write({ ...started, label: 'measured', request: {} });
    const comment = `decision ${number}`;
    const decision = { decision: 'approved', by, at: new Date().toISOString(), comment };
    const began = performance.now();
    await write({
      kind: 'approval-decided',
      approval: 'step-0:1:measured',
      decision,
      content: 'c'.repeat(64)
    });
    await until(() => seen.decisions.has(comment));
    waits.push(seen.decisions.get(comment) - began);
    await beside;
  }
  return waits;
}

/** Until nothing has come for longer than anything waits to be told. */
async function quiet(seen) {
  for (let last = -1; last !== seen.messages;) {
    last = seen.messages;
    await new Promise(resolve => setTimeout(resolve, 1500));
  }
}

async function until(holds) {
  while (!holds()) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
