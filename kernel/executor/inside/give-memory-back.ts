// What a cell has used and nobody holds any more is given back to the machine once the cells rest. V8 keeps it otherwise, as it would be
// used again soon: after 3,000 commands 160 MB, for as long as the kernel lives.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A heap of this size, with the bytes and long texts beside it, is that of a kernel that has done little. */
const SMALL_BYTES = 48 * 1024 * 1024;
/** What a process at rest allocates in between is less. */
const AT_WORK_BYTES = 1024 * 1024;
const REST_MS = 5_000;

/** Returns what is called when a cell begins. `setTimer` is a timer that no cell can replace. */
export function giveMemoryBack(setTimer: typeof setTimeout, restMs = REST_MS): () => void {
  let timer: NodeJS.Timeout | undefined;
  let usedBefore = 0;
  const wait = (): void => {
    timer ??= setTimer(look, restMs).unref();
  };
  const look = (): void => {
    timer = undefined;
    const { heapTotal, heapUsed, external } = process.memoryUsage();
    if (Math.abs(heapUsed - usedBefore) > AT_WORK_BYTES) {
      usedBefore = heapUsed;
      wait();
    } else if (heapTotal + external > SMALL_BYTES) {
      collect();
    }
  };
  return wait;
}

/** A collection as when memory is short: it leaves no room for what may come. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options: object) => void;
  setFlagsFromString('--no-expose-gc');
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
