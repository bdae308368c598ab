// A kernel's life in a process of its own, which is killed in its middle: executes one step of a run.
// The journal's file is watched from beside it: how many of its bytes were synced stands in SYNCED, so that the death of a machine
// can take away what was only written.
import { renameSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { openWithPeople } from './people.js';

interface Handle {
  appendFile(data: Uint8Array): Promise<void>;
  datasync(): Promise<void>;
  stat(): Promise<{ size: number }>;
}

const [path, step, synced] = process.argv.slice(2) as [string, string, string];

const handle = await open(path, 'r');
const prototype = Object.getPrototypeOf(handle) as Handle;
await handle.close();
const { datasync } = prototype;
prototype.datasync = async function (this: Handle): Promise<void> {
  // What is written while the sync goes on may be lost.
  const { size } = await this.stat();
  await datasync.call(this);
  // Whole or not at all: the process may be killed here.
  writeFileSync(`${synced}.next`, String(size));
  renameSync(`${synced}.next`, synced);
};

const run = await openWithPeople(path, process.execPath, 'nothing');
const { status } = await run.execute(step);
// What has begun in the background goes on as long as the kernel lives.
await new Promise(resolve => setTimeout(resolve, 60_000));
await run.close();
process.exitCode = status === 'ok' ? 0 : 1;
