// A signal that aborts at Ctrl+C, for commands that go on until a person ends them.

/** `end` ends as Ctrl+C would. */
export interface Ending {
  readonly signal: AbortSignal;
  end(): void;
}

/** The first Ctrl+C (or SIGTERM) ends in good order; a second one ends the process. */
export function untilInterrupted(): Ending {
  const controller = new AbortController();
  const end = (): void => {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
    controller.abort();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  return { signal: controller.signal, end };
}
