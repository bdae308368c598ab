// The child processes of a process, found from outside, because a process that blocks in execSync cannot be asked.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Pids of all descendants of `root`, nearest first, leaving out `excluded` and what is below them. */
export function listDescendants(root: number, excluded: ReadonlySet<number>): number[] {
  const parents = process.platform === 'linux' ? readProc() : readPs();
  const found = [root];
  for (let index = 0; index < found.length; index += 1) {
    for (const [pid, parent] of parents) {
      if (parent === found[index] && !excluded.has(pid)) {
        found.push(pid);
      }
    }
  }
  return found.slice(1);
}

function readProc(): [number, number][] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return [[Number(name), parent] as [number, number]];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

function readPs(): [number, number][] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map(line => {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    return [pid, parent];
  });
}
