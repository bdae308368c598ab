// Notices that the process which started the kernel is gone, so that a crashed server leaves no kernel behind.
// Jupyter clients put their process id into JPY_PARENT_PID.

const POLL_MS = 1_000;

/** Calls `onGone` once when the parent has ended. Returns a function that stops the watch. */
export function watchParent(parentPid: number, onGone: () => void): () => void {
  const wasChild = process.ppid === parentPid;
  const timer = setInterval(() => {
    // A child is handed to another process the moment its parent ends, even while the parent is still a zombie.
    if (!isAlive(parentPid) || (wasChild && process.ppid !== parentPid)) {
      clearInterval(timer);
      onGone();
    }
  }, POLL_MS).unref();
  return () => clearInterval(timer);
}

/** The process id in JPY_PARENT_PID, or null when there is none. */
export function parentPidOf(environment: { readonly [name: string]: string | undefined }): number | null {
  const pid = Number(environment['JPY_PARENT_PID']);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // The process exists but belongs to somebody else.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
