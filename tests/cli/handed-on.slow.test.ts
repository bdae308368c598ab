// A command that was started again in the kernel's Node is one with the process that a shell has started: it hears its signals, and ends
// with it. The older Node is played by a script that does what cli/on-kernel-node.ts does there.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { root } from '../house/root.js';
import { rounds } from '../proof.js';
import { HeadlessFolder } from '../run/headless-folder.js';

const MAIN = join(root, 'lib', 'cli', 'main.js');
/** As main.js of an older Node: the version alone is another. */
const OLD_NODE = `
  Object.defineProperty(process.versions, 'node', { value: '20.20.2' });
  process.argv.splice(1, 0, ${JSON.stringify(MAIN)});
  await import(${JSON.stringify(MAIN)});
`;

const SIGNALS = (['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const).slice(
  0,
  rounds({ inTest: 2, inProof: 5 })
);

let folder: HeadlessFolder;
let started: ChildProcess;
beforeEach(() => {
  folder = new HeadlessFolder({
    one: "await $`sh -c ${'echo one >> done.txt; echo $PPID >> pids.txt; sleep 60'}`",
    two: "await $`sh -c ${'echo two >> done.txt'}`"
  });
});
afterEach(() => {
  started.kill('SIGKILL');
  folder.remove();
});

/** Starts the run, and waits until its first step is in its middle. */
async function begin(): Promise<void> {
  started = spawn(process.execPath, ['--input-type=module', '-e', OLD_NODE, 'run', 'release.ipynb'], {
    cwd: folder.folder,
    stdio: 'ignore'
  });
  await until(() => folder.lines('pids.txt').length > 0);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await sleep(50);
  }
}

/** The command and its executor write the journal no more when the lock is gone or its process is. */
function hasEnded(): boolean {
  try {
    const { pid } = JSON.parse(readFileSync(folder.path('.release.journal.jsonl.lock'), 'utf8')) as {
      pid: number;
    };
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

test.each(SIGNALS)(
  '%s of the process that was started ends the one that works, and no further step begins',
  async signal => {
    await begin();
    expect(hasEnded()).toBe(false);
    started.kill(signal);
    const [code, endedBy] = (await once(started, 'exit')) as [number | null, string | null];
    await until(hasEnded);
    expect(folder.lines('done.txt')).toEqual(['one']);
    if (signal === 'SIGKILL' || signal === 'SIGQUIT') {
      expect(endedBy).toBe(signal);
    } else {
      expect({ code, endedBy }).toEqual({ code: 5, endedBy: null });
    }
  },
  60_000
);

test('the exit code is handed back, and the run is one', async () => {
  folder.edit('one', '1 + 1');
  started = spawn(process.execPath, ['--input-type=module', '-e', OLD_NODE, 'run', 'release.ipynb'], {
    cwd: folder.folder,
    stdio: 'ignore'
  });
  expect((await once(started, 'exit'))[0]).toBe(0);
  expect(folder.lines('done.txt')).toEqual(['two']);
});
