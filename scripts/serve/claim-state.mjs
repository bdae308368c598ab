// Gives each running start a state folder of its own, so that a second one never deletes what the first one uses.
// The owner's file appears with its process id in it, by link(2): who finds it never reads half of it.
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../set-up/places.mjs';

/** Claims `.launchbook/NAME`, or `NAME-2`, … when another living process has it. `release` gives it back. */
export function claimState(name) {
  mkdirSync(stateFolder, { recursive: true });
  for (let number = 1; ; number++) {
    const folder = join(stateFolder, number === 1 ? name : `${name}-${number}`);
    const owner = `${folder}.pid`;
    if (own(owner) || takeOver(owner)) {
      return { folder, release: () => rmSync(owner, { force: true }) };
    }
  }
}

/** False when somebody has it. */
function own(owner) {
  const ours = `${owner}.${process.pid}`;
  writeFileSync(ours, String(process.pid));
  try {
    return hasMade(() => linkSync(ours, owner));
  } finally {
    rmSync(ours);
  }
}

/** What a dead process has left is taken by one at a time: of two, the second would take it from the first. */
function takeOver(owner) {
  const lock = `${owner}.taken-over`;
  if (isOwnerAlive(owner) || !hasMade(() => mkdirSync(lock))) {
    return false;
  }
  try {
    if (isOwnerAlive(owner)) {
      return false;
    }
    rmSync(owner, { force: true });
    return own(owner);
  } finally {
    rmdirSync(lock);
  }
}

function hasMade(make) {
  try {
    make();
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

function isOwnerAlive(owner) {
  let pid;
  try {
    pid = Number(readFileSync(owner, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') {
      return false;
    }
    throw error;
  }
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
