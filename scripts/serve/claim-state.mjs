// Gives each running start a state folder of its own, so that a second one never deletes what the first one uses.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../set-up/places.mjs';

/** Claims `.launchbook/NAME`, or `NAME-2`, … when another living process has it. `release` gives it back. */
export function claimState(name) {
  for (let number = 1; ; number++) {
    const folder = join(stateFolder, number === 1 ? name : `${name}-${number}`);
    const owner = `${folder}.pid`;
    if (claim(owner)) {
      return { folder, release: () => rmSync(owner, { force: true }) };
    }
  }
}

function claim(owner) {
  mkdirSync(stateFolder, { recursive: true });
  try {
    writeFileSync(owner, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  }
  if (isAlive(Number(readFileSync(owner, 'utf8')))) {
    return false;
  }
  rmSync(owner, { force: true });
  return claim(owner);
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
