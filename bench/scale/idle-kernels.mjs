// Kernels that nobody has asked anything for five minutes: their proportional memory, with everything that they have started.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productNode, root } from '../../scripts/set-up/places.mjs';

const IDLE_MS = 330_000;

/** Megabytes of so many kernels in all. */
export async function measureIdleKernels(count) {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-idle-'));
  const kernels = [];
  try {
    for (let number = 0; number < count; number++) {
      const connection = join(folder, `kernel-${number}.json`);
      const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
      const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
      const rest = { transport: 'tcp', ip: '127.0.0.1', key: '', signature_scheme: 'hmac-sha256' };
      writeFileSync(connection, JSON.stringify({ ...ports, ...rest }));
      const env = { ...process.env, LAUNCHBOOK_HISTORY: 'off' };
      const args = ['--max-semi-space-size=2', join(root, 'lib/kernel/main.js'), connection];
      kernels.push(spawn(productNode(), args, { cwd: folder, env, stdio: 'ignore' }));
    }
    await new Promise(resolve => setTimeout(resolve, IDLE_MS));
    if (kernels.some(({ exitCode }) => exitCode !== null)) {
      throw new Error('A kernel has ended while it was idle.');
    }
    return kernels.reduce((sum, { pid }) => sum + megabytesOf(pid, parents()), 0);
  } finally {
    kernels.forEach(kernel => kernel.kill());
    rmSync(folder, { recursive: true, force: true });
  }
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
