// `npm start` before it has set anything up: what it says about a machine or a call that does not fit.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from './root.js';

let programs: string;

beforeEach(() => {
  programs = mkdtempSync(join(tmpdir(), 'launchbook-programs-'));
});

afterEach(() => rmSync(programs, { recursive: true, force: true }));

/** Puts a program on the otherwise empty PATH: it prints `output`, whatever it is asked. */
function bring(name: string, output: string): void {
  writeFileSync(join(programs, name), `#!/bin/sh\necho '${output}'\n`);
  chmodSync(join(programs, name), 0o755);
}

async function start(...args: string[]) {
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], {
    env: { PATH: programs }
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit')
  ]);
  return { code: code as number, stdout, stderr };
}

describe('A machine that lacks something is told what, and the command that fixes it:', () => {
  test('git', async () => {
    const { code, stderr } = await start();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^start: git is not installed\.\n {2}Install it.* git/);
  });

  test('Python', async () => {
    bring('git', 'git version 2');
    expect((await start()).stderr).toMatch(/^start: Python is not installed.*\n {2}Install it/);
  });

  test('a newer Python', async () => {
    bring('git', 'git version 2');
    bring('python3', '[3, 8, "3.8.19", true]');
    expect((await start()).stderr).toMatch(
      /^start: python3 is Python 3\.8\.19; JupyterLab needs 3\.10 or later\.\n {2}Install it/
    );
  });

  test('the venv module', async () => {
    bring('git', 'git version 2');
    bring('python3', '[3, 12, "3.12.1", false]');
    expect((await start()).stderr).toMatch(
      /^start: python3 \(Python 3\.12\.1\) lacks the venv module\.\n {2}Install it.*venv|python/
    );
  });

  test('a newer Node', async () => {
    const { faultOfNode } = (await import(join(root, 'scripts/set-up/require-node.mjs'))) as {
      faultOfNode(version: string): string | undefined;
    };
    expect(faultOfNode('20.18.3')).toMatch(/Node 20\.18\.3 is too old; Launchbook needs 20\.19 or later/);
    expect(['20.19.0', '20.20.2', '22.0.0', '24.1.0'].map(faultOfNode)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined
    ]);
  });
});

describe('A call that does not fit is refused before anything is installed:', () => {
  test('a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await start('--port', String(port));
    server.close();
    expect(code).toBe(1);
    expect(stderr).toBe(
      `start: Port ${port} is taken by another program.\n  Choose another: npm start -- --port ${port + 1}\n`
    );
  });

  test.each([
    [['--port', '0'], /--port is "0": expected a whole number from 1 to 65535/],
    [['--port', 'x'], /--port is "x"/],
    [['--chek'], /--chek/],
    [['a.ipynb', 'b.ipynb'], /expected one notebook, seen 2/],
    [['--example', 'many-servces'], /no example "many-servces"\.\n {2}The examples: .*many-services/],
    [['--example', 'release', 'a.ipynb'], /expected --example or a notebook, not both/]
  ])('%j', async (args, reason) => {
    const { code, stdout, stderr } = await start(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(reason);
  });

  test('--help shows options and examples', async () => {
    const { code, stdout } = await start('--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/--check[\s\S]*Examples:\n {2}npm start\n/);
    const examples = readdirSync(join(root, 'examples')).filter(name => name.endsWith('.ipynb'));
    expect(examples.filter(name => !stdout.includes(name.replace('.ipynb', '')))).toEqual([]);
  });
});
