// A Python cell that runs until the test lets it go on, however slow the machine is.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './lab.js';

export const WAITS = "import os, time\nwhile not os.path.exists('go'): time.sleep(0.1)";

/** Lets such cells end, or (false) makes those that begin from now on wait. */
export function goOn(lab: Lab, goes = true): void {
  const file = join(lab.folder, 'go');
  if (goes) {
    writeFileSync(file, '');
  } else {
    rmSync(file, { force: true });
  }
}
