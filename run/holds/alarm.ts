// A timer for any length: longer than Node's timers can hold (24.8 days) is waited in parts.

/** Calls `act` after `ms` milliseconds. Returns the way to stop it. */
export function setAlarm(ms: number, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    const part = Math.min(left, MAX_TIMER_MS);
    timer = setTimeout(() => (left > part ? wait(left - part) : act()), part);
    // A kernel lives as long as its sockets, not as long as somebody may still answer.
    timer.unref();
  };
  wait(Math.max(0, ms));
  return () => clearTimeout(timer);
}

const MAX_TIMER_MS = 2_000_000_000;
