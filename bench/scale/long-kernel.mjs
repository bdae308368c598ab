// `node bench/scale/long-kernel.mjs NOTEBOOK MODE`: a kernel on a notebook with a history, in a process of its own. Prints as JSON how long
// it takes. `page`: a page waits for the state of the run, then the first cell for its end and the first effect for its. `cell`: the first
// cell comes before any page. `rest`: as `page`, and the memory of the process at rest.
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/set-up/places.mjs';

/** What the journal has left behind is given back by then. */
const REST_MS = 17_000;

const load = path => import(join(root, 'lib', path));
const { InMemoryTransport } = await load('kernel/transport/in-memory.js');
const { InMemoryClient } = await load('kernel/transport/in-memory-client.js');
const { composeKernel } = await load('kernel/host/compose/compose.js');
const { NotebookFile } = await load('run/keeper/notebook-file.js');
const { makeMessage } = await load('kernel/protocol/make.js');

const [path, mode] = process.argv.slice(2);
const folder = dirname(path);
process.chdir(folder);
const transport = new InMemoryTransport();
const parts = { transport, notebook: new NotebookFile(path), folder, nodePath: process.execPath };
const kernel = composeKernel({ ...parts, log: () => undefined, onShutdown: () => undefined });
await kernel.start();
const client = new InMemoryClient(transport);
const figures = {};
if (mode === 'cell') {
  figures.firstMs = await timed(() => run('1 + 1'));
} else {
  figures.pageMs = await timed(openPage);
  figures.cellMs = await timed(() => run('1 + 1'));
  figures.effectMs = await timed(() => run('await $`true`'));
}
if (mode === 'rest') {
  await new Promise(resolve => setTimeout(resolve, REST_MS));
  figures.megabytes = process.memoryUsage().rss / 1_000_000;
}
console.log(JSON.stringify(figures));
process.exit(0);

function openPage() {
  return new Promise(resolve => {
    const connection = transport.connect((channel, { header, content }) => {
      if (header.type === 'comm_msg' && content.data?.type === 'state') {
        resolve();
      }
    });
    const user = { username: 'ann', name: 'Ann Lee' };
    const data = { version: 1, client: 'page', user, outline: null };
    const open = { comm_id: 'comm', target_name: 'launchbook.run', data };
    connection.send('shell', makeMessage({ session: randomUUID(), username: 'ann' }, 'comm_open', open));
  });
}

async function run(code) {
  const { reply } = await client.execute(code);
  if (reply.content.status !== 'ok') {
    throw new Error(`${code}: ${JSON.stringify(reply.content)}`);
  }
}

async function timed(act) {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
