// A kernel whose Jupyter server has died ends too: nobody could reach it, and it would hold the journal's lock.

/**
 * Calls `onGone` once when the process that started us has ended. A process without its parent is handed to another one,
 * so a changed parent is the sign. Does nothing when no server said it is our parent.
 */
export function watchParent(announced: string | undefined, onGone: () => void): void {
  if (announced === undefined) {
    return;
  }
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      onGone();
    }
  }, 1000);
  timer.unref();
}
