// Knows the child processes that cells start: their output must follow what the cell printed before, an interrupt must reach
// them, and the supervisor must be able to tell a child that blocks the loop (execSync) from a server started on purpose.
import childProcess, { type ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { currentCell } from './cell-scope.js';
import type { Reporter } from '../wire/reporter.js';

type AnyFunction = (...args: unknown[]) => unknown;
type SpawnMethod = (this: ChildProcess, options: { readonly detached?: boolean }) => unknown;

/** Wraps the functions of `node:child_process`; their behaviour towards the caller stays as it is. */
export function watchChildren(reporter: Reporter): void {
  const functions = childProcess as unknown as Record<string, AnyFunction>;
  for (const name of ['spawnSync', 'execSync', 'execFileSync']) {
    functions[name] = betweenBarriers(functions[name]!, reporter);
  }
  syncBuiltinESMExports();
  const prototype = childProcess.ChildProcess.prototype as unknown as { spawn: SpawnMethod };
  prototype.spawn = reportingSpawn(prototype.spawn, reporter);
}

function betweenBarriers(original: AnyFunction, reporter: Reporter): AnyFunction {
  return (...args) => {
    reporter.barrier();
    try {
      return original(...args);
    } finally {
      reporter.barrier();
    }
  };
}

// `spawn`, `exec`, `execFile` and `fork` all come through here.
function reportingSpawn(original: SpawnMethod, reporter: Reporter): SpawnMethod {
  return function (options) {
    reporter.barrier();
    const result = original.call(this, options);
    const pid = this.pid;
    if (pid !== undefined) {
      reporter.report({ kind: 'child', pid });
      const cell = options.detached === true ? null : currentCell();
      cell?.children.add(this);
      this.once('exit', () => {
        cell?.children.delete(this);
        reporter.report({ kind: 'childGone', pid });
      });
    }
    return result;
  };
}
