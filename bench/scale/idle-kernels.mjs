// Kernels that have run a cell, and that nobody has asked anything for five minutes: their proportional memory, with everything that they
// have started, and how long the next cell of each takes beside the first one of a fresh kernel.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dealer } from 'zeromq';
import { makeKernelspec } from '../../lib/kernel/kernelspec/kernelspec.js';
import { productNode, root } from '../../scripts/set-up/places.mjs';
import { summarize } from '../statistics.mjs';

const IDLE_MS = 330_000;

/** A declaration that is checked and a command. */
const CELL = 'const answer: number = 6 * 7; await $`true`; answer';

/** `{ megabytes, nextMs, firstMs }`: of so many kernels in all; medians of their next cells and of the first ones of fresh kernels, in turns. */
export async function measureIdleKernels(count) {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-idle-'));
  const kernels = [];
  try {
    for (let number = 0; number < count; number++) {
      const kernel = await startKernel(folder, `kernel-${number}`);
      kernels.push(kernel);
      await kernel.execute(CELL);
    }
    await new Promise(resolve => setTimeout(resolve, IDLE_MS));
    if (kernels.some(({ process: { exitCode } }) => exitCode !== null)) {
      throw new Error('A kernel has ended while it was idle.');
    }
    const megabytes = kernels.reduce((sum, { process: { pid } }) => sum + megabytesOf(pid, parents()), 0);
    const times = { next: [], first: [] };
    for (const [number, kernel] of kernels.entries()) {
      times.next.push(await timed(() => kernel.execute(CELL)));
      const fresh = await startKernel(folder, `fresh-${number}`);
      await timed(() => fresh.execute(CELL))
        .then(ms => times.first.push(ms))
        .finally(fresh.end);
    }
    return { megabytes, nextMs: summarize(times.next).median, firstMs: summarize(times.first).median };
  } finally {
    kernels.forEach(kernel => kernel.end());
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A kernel that answers. */
async function startKernel(folder, name) {
  const connection = join(folder, `${name}.json`);
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const rest = { transport: 'tcp', ip: '127.0.0.1', key: '', signature_scheme: 'hmac-sha256' };
  writeFileSync(connection, JSON.stringify({ ...ports, ...rest }));
  const env = { ...process.env, LAUNCHBOOK_HISTORY: 'off' };
  const { argv } = makeKernelspec(productNode(), join(root, 'lib/kernel/main.js'));
  const [node, ...words] = [...argv.slice(0, -1), connection];
  const kernel = spawn(node, words, { cwd: folder, env, stdio: 'ignore' });
  const shell = new Dealer();
  shell.connect(`tcp://127.0.0.1:${shell_port}`);
  const session = randomUUID();
  const ask = async (type, content) => {
    const date = new Date().toISOString();
    const header = { msg_id: randomUUID(), msg_type: type, username: 'ann', session, date, version: '5.4' };
    await shell.send(['<IDS|MSG>', '', ...[header, {}, {}, content].map(part => JSON.stringify(part))]);
    for await (const parts of shell) {
      const [, parent, , reply] = parts.slice(-4).map(part => JSON.parse(String(part)));
      if (parent.msg_id === header.msg_id) {
        return reply;
      }
    }
  };
  await ask('kernel_info_request', {});
  return {
    process: kernel,
    end: () => {
      shell.close();
      kernel.kill();
    },
    execute: async code => {
      const rest = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
      const reply = await ask('execute_request', { code, ...rest, stop_on_error: true });
      if (reply.status !== 'ok') {
        throw new Error(`${code}: ${JSON.stringify(reply)}`);
      }
    }
  };
}

async function timed(act) {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** Of a process and all that come from it. */
function megabytesOf(pid, parentOf) {
  const children = [...parentOf].filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.reduce((sum, child) => sum + megabytesOf(child, parentOf), proportional(pid));
}

function proportional(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) / 1000;
  } catch {
    return 0; // it has ended meanwhile
  }
}

function parents() {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  return new Map(
    pids.flatMap(pid => {
      try {
        return [
          [Number(pid), Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1])]
        ];
      } catch {
        return [];
      }
    })
  );
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
      return server;
    })
  );
  const ports = servers.map(server => server.address().port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
