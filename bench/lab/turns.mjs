// Lets several groups of processes work in turns of a few milliseconds, the others stopped meanwhile. A machine that is slower for a
// while, because others use it too, is then slower for all of them alike: a difference of a few per cent can be seen, which hides
// in the noise when one is measured after the other.
import { setTimeout as sleep } from 'node:timers/promises';

const TURN_MS = 25;

/**
 * Runs `work(i)` of every group to its end. `groups` are lists of process groups (ids of their leaders). Resolves with the results and
 * with `activeMs(i, from, to)`: how long group i had its turn between two times (`Date.now()`).
 */
export async function inTurns(groups, work) {
  const turns = groups.map(() => []);
  const isDone = groups.map(() => false);
  const signal = (index, name) => groups[index].forEach(leader => process.kill(-leader, name));
  groups.forEach((_, index) => index > 0 && signal(index, 'SIGSTOP'));
  const failures = [];
  const results = groups.map(async (_, index) => {
    try {
      return await work(index);
    } catch (error) {
      failures.push(error);
      return undefined;
    } finally {
      isDone[index] = true;
    }
  });
  try {
    for (
      let index = 0;
      !isDone.every(Boolean) && failures.length === 0;
      index = (index + 1) % groups.length
    ) {
      if (!isDone[index]) {
        const from = Date.now();
        signal(index, 'SIGCONT');
        await sleep(TURN_MS);
        signal(index, 'SIGSTOP');
        turns[index].push([from, Date.now()]);
      }
    }
  } finally {
    groups.forEach((_, index) => signal(index, 'SIGCONT'));
  }
  if (failures.length > 0) {
    throw failures[0];
  }
  const activeMs = (index, from, to) =>
    turns[index].reduce(
      (sum, [begin, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(begin, from)),
      0
    );
  return { results: await Promise.all(results), activeMs };
}
