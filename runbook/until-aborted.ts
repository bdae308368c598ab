// Functions of the author hear of no signal: whoever waits for one stops waiting at an interrupt.

/** What `act` gives, or the signal's reason when it aborts before. With an aborted signal `act` is not called. */
export function untilAborted<T>(signal: AbortSignal, act: () => T | PromiseLike<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
  return signal.aborted ? aborted : Promise.race([(async () => act())(), aborted]);
}
