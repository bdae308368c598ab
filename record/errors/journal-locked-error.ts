// Another process writes this journal.
import { LaunchbookError } from '../../contract/base/error.js';

/** Who holds a journal's lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Jupyter's id of that kernel. Absent: it has none, or a version wrote the lock that kept none. */
  readonly kernel?: string;
}

/**
 * Thrown when a journal is opened that another living process (or a process on another machine, which nobody here can
 * judge) has open. Code `journal.locked`. Not thrown for the lock of a dead process: that one is taken over.
 */
export class JournalLockedError extends LaunchbookError {
  readonly holder: LockHolder;

  /** `foreignLock`: the lock file of a process on another machine; null when the process is one of this machine. */
  constructor(path: string, holder: LockHolder, foreignLock: string | null) {
    const who = `process ${holder.pid} on ${holder.host} since ${holder.since}`;
    super(`The journal ${path} is open in another kernel: ${who}. One kernel writes a journal at a time.`, {
      code: 'journal.locked',
      hint: foreignLock
        ? `If that machine is gone, delete ${foreignLock} and start again.`
        : `Shut the other kernel down (JupyterLab: Running Terminals and Kernels) and start again.`,
      fields: {
        pid: holder.pid,
        host: holder.host,
        since: holder.since,
        ...(holder.kernel !== undefined && { kernel: holder.kernel })
      }
    });
    this.holder = holder;
  }
}
