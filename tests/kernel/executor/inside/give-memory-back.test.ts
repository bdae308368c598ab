// A process that rests has no more memory than it needs.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { root } from '../../../house/root.js';

const MODULE = pathToFileURL(join(root, 'lib/kernel/executor/inside/give-memory-back.js')).href;

/** Megabytes of the heap: full, and when it has been given back. Without giving back it would wait for ever. */
const SCRIPT = `
import { giveMemoryBack } from ${JSON.stringify(MODULE)};
const megabytes = () => Math.round(process.memoryUsage().heapTotal / 1e6);
const begin = giveMemoryBack(setTimeout, 20);
begin();
let held = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
const full = megabytes();
held = null;
const timer = setInterval(() => {
  if (megabytes() < full / 3) {
    clearInterval(timer);
    console.log(JSON.stringify({ full, rested: megabytes(), gc: typeof globalThis.gc }));
  }
}, 20);
`;

test('what a cell has used is given back when the cells rest, and cells get no gc of their own', () => {
  const args = ['--input-type=module', '--eval', SCRIPT];
  const { full, rested, gc } = JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
  ) as { full: number; rested: number; gc: string };
  expect(full).toBeGreaterThan(48);
  expect(rested).toBeLessThan(full / 3);
  expect(gc).toBe('undefined');
});
