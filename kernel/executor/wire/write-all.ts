// Writes all bytes to a descriptor, whatever mode it is in: a child process that shares it may have made it non-blocking.
import { writeSync } from 'node:fs';
import { Atomics } from '../intrinsics.js';

// Copied, not imported live: tag-output.ts replaces the module's own function.
const write = writeSync;
const neverWoken = new Int32Array(new SharedArrayBuffer(4));
const { wait } = Atomics;

/** Returns when the operating system has taken everything. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += write(fd, bytes, offset, bytes.length - offset);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
        throw error;
      }
      wait(neverWoken, 0, 0, 1);
    }
  }
}
