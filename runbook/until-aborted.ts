// Functions of the author hear of no signal: whoever waits for one stops waiting at an interrupt.

/** A command is killed 3 s after it was asked to end; a function is given the same time. */
const GRACE_MS = 3000;

/**
 * A signal that aborts with `interrupt`, and a while after `failure`: a function that nobody can end may still come to its end, and its
 * result is known then.
 */
export function afterGrace(failure: AbortSignal, interrupt: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const end = (signal: AbortSignal): void => controller.abort(signal.reason);
  whenAborted(interrupt, () => end(interrupt));
  whenAborted(failure, () => void setTimeout(() => end(failure), GRACE_MS).unref());
  return controller.signal;
}

function whenAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) {
    act();
  } else {
    signal.addEventListener('abort', act, { once: true });
  }
}

/** What `act` gives, or the signal's reason when it aborts before. With an aborted signal `act` is not called. */
export function untilAborted<T>(signal: AbortSignal, act: () => T | PromiseLike<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    whenAborted(signal, () => reject(signal.reason as Error));
  });
  return signal.aborted ? aborted : Promise.race([(async () => act())(), aborted]);
}
