// One page and fifty pages on one run: how many messages, and how many bytes, the kernel publishes for the same records.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/set-up/places.mjs';
import { makeLongRun } from './histories.mjs';

const RECORDS = 400;

/** `{ messages, bytes }` on iopub for 400 notes while so many pages look on, and how long the notes took. */
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
    const seen = { messages: 0, bytes: 0, greeted: 0 };
    const sender = { session: randomUUID(), username: 'ann' };
    const connection = transport.connect((channel, { header, content }) => {
      if (channel === 'iopub' && header.type === 'comm_msg') {
        seen.messages += 1;
        seen.bytes += JSON.stringify(content).length;
        seen.greeted += content.data.type === 'state' ? 1 : 0;
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
    const by = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
    const began = performance.now();
    for (let index = 0; index < RECORDS; index++) {
      await kernel.run.append({ kind: 'note', text: `note ${index}`, step: null, by });
    }
    const tookMs = performance.now() - began;
    await quiet(seen);
    return { messages: seen.messages - before.messages, bytes: seen.bytes - before.bytes, tookMs };
  } finally {
    await kernel.shutdown();
    await kernel.closeJournal();
    rmSync(folder, { recursive: true, force: true });
  }
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
