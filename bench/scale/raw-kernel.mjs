// Kernels that are spoken to over their sockets alone, ours and Jupyter's own for Python, so that nothing else takes part in what is measured.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dealer } from 'zeromq';
import { makeKernelspec } from '../../lib/kernel/kernelspec/kernelspec.js';
import { freePorts } from '../../scripts/serve/free-ports.mjs';
import { productNode, root, venvProgram } from '../../scripts/set-up/places.mjs';

/** The words that start each kernel, without its connection file. */
const PROGRAMS = {
  launchbook: () => makeKernelspec(productNode(), join(root, 'lib/kernel/main.js')).argv.slice(0, -1),
  ipykernel: () => [venvProgram('python'), '-m', 'ipykernel_launcher', '-f']
};

/** A kernel of the `kind` that answers. */
export async function startKernel(folder, name, kind) {
  const connection = join(folder, `${name}.json`);
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const rest = { transport: 'tcp', ip: '127.0.0.1', key: '', signature_scheme: 'hmac-sha256' };
  writeFileSync(connection, JSON.stringify({ ...ports, ...rest }));
  const env = { ...process.env, LAUNCHBOOK_HISTORY: 'off', IPYTHONDIR: join(folder, 'ipython') };
  const [program, ...words] = [...PROGRAMS[kind](), connection];
  const kernel = spawn(program, words, { cwd: folder, env, stdio: 'ignore' });
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
