// `npm start` for real: the check, Ctrl-C, and its own death. In each case nothing may run on.
import { afterEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { testInProof } from '../test-in-proof.js';
import { makeMark } from './marked-processes.js';
import { root } from './root.js';

const SETTLED_WITHIN_MS = 30_000;
const made: string[] = [];
const children: ChildProcess[] = [];

afterEach(() => {
  children.splice(0).forEach(child => child.kill('SIGKILL'));
  made.splice(0).forEach(folder => rmSync(folder, { recursive: true, force: true }));
});

function start(environment: object, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  });
  children.push(child);
  return child;
}

/** Starts without a browser; resolves with the printed address when JupyterLab serves the fresh run. */
async function startServing(environment: object) {
  const child = start(environment, '--no-browser');
  const errors = text(child.stderr!);
  for await (const line of createInterface({ input: child.stdout! })) {
    const page = new URL(line);
    made.push(dirname(join(root, 'examples', decodeURIComponent(page.pathname.replace('/lab/tree/', '')))));
    return { child, page };
  }
  throw new Error(`npm start printed no address: ${await errors}`);
}

/** Opens the notebook as JupyterLab does, so that a kernel with all its processes runs. */
async function openKernel(page: URL): Promise<void> {
  const path = decodeURIComponent(page.pathname.replace('/lab/tree/', ''));
  const answer = await fetch(`${page.origin}/api/sessions${page.search}`, {
    method: 'POST',
    body: JSON.stringify({ path, name: path, type: 'notebook', kernel: { name: 'launchbook' } })
  });
  expect(answer.status).toBe(201);
}

describe('`npm start -- --check`', () => {
  test('runs the first code cell, prints one line, and leaves no process and no run behind', async () => {
    const runsBefore = runs();
    const mark = makeMark();
    const child = start(mark.environment, '--check');
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      once(child, 'exit')
    ]);
    expect({ code, stdout, stderr }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^launchbook ok http:\/\/127\.0\.0\.1:\d+ \d+\.\d\n$/)
    });
    expect(await mark.runningAfter(SETTLED_WITHIN_MS)).toEqual([]);
    expect(runs()).toEqual(runsBefore);
  }, 240_000);
});

describe('`npm start`', () => {
  test('serves a fresh run, builds nothing that is not stale, and ends everything at Ctrl-C', async () => {
    const stamp = join(root, '.launchbook', 'stamps', 'build');
    const builtAt = statSync(stamp).mtimeMs;
    const mark = makeMark();
    const { child, page } = await startServing(mark.environment);
    const contents = new URL(page.href.replace('/lab/tree/', '/api/contents/'));
    const notebook = (await (await fetch(contents)).json()) as {
      content: { metadata: { launchbook: { run: { environment: string } } } };
    };
    expect(notebook.content.metadata.launchbook.run.environment).toBe('staging');
    expect(statSync(stamp).mtimeMs).toBe(builtAt);
    await openKernel(page);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await mark.runningAfter(SETTLED_WITHIN_MS)).toEqual([]);
  }, 120_000);

  testInProof(
    'a second one beside it has a fleet of its own and leaves the first one alone',
    async () => {
      const mark = makeMark();
      const first = await startServing(mark.environment);
      const second = await startServing(mark.environment);
      const states = mark.running().flatMap(line => /fleet\.ts start --state (\S+)/.exec(line)?.[1] ?? []);
      expect(new Set(states).size).toBe(2);
      expect(states.filter(state => existsSync(join(state, 'fleet.json')))).toHaveLength(2);
      for (const { child } of [first, second]) {
        child.kill('SIGTERM');
        expect(await once(child, 'exit')).toEqual([0, null]);
      }
      expect(await mark.runningAfter(SETTLED_WITHIN_MS)).toEqual([]);
    },
    120_000
  );

  test('takes everything with it when it is killed', async () => {
    const mark = makeMark();
    const { child, page } = await startServing(mark.environment);
    await openKernel(page);
    // Two looks: the kernel's number may be the lower one, since a machine begins anew with its numbers.
    expect(mark.running()).toContainEqual(expect.stringMatching(/serve_jupyter\.py/));
    expect(mark.running()).toContainEqual(expect.stringMatching(/kernel\/main\.js/));
    child.kill('SIGKILL');
    expect(await mark.runningAfter(SETTLED_WITHIN_MS)).toEqual([]);
  }, 120_000);
});

function runs(): string[] {
  try {
    return readdirSync(join(root, 'examples', 'runs'));
  } catch {
    return [];
  }
}
