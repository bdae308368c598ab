// Finds the processes that descend from one program, also orphaned ones: they inherit a variable with a unique value.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Mark {
  /** For the environment of the first process. */
  readonly environment: { readonly LAUNCHBOOK_TEST_MARK: string };
  /** The command lines of everything that carries the mark and runs. */
  running(): string[];
  /** The same, once nothing runs any more or the time is over. */
  runningAfter(withinMs: number): Promise<string[]>;
}

/** Reads /proc, so it works on Linux. */
export function makeMark(): Mark {
  const value = randomUUID();
  const running = () =>
    readdirSync('/proc')
      .filter(name => /^\d+$/.test(name) && isMarked(name, value))
      .map(pid => `${pid} ${read(pid, 'cmdline').replaceAll('\0', ' ')}`);
  return {
    environment: { LAUNCHBOOK_TEST_MARK: value },
    running,
    async runningAfter(withinMs) {
      for (const deadline = Date.now() + withinMs; Date.now() < deadline && running().length > 0;) {
        await sleep(100);
      }
      return running();
    }
  };
}

function isMarked(pid: string, value: string): boolean {
  return read(pid, 'environ').includes(value) && !/^State:\s+Z/m.test(read(pid, 'status'));
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
