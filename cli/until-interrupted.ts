// A signal that aborts at Ctrl+C, for commands that go on until a person ends them.

/** `end` ends as Ctrl+C would. */
export interface Ending {
  readonly signal: AbortSignal;
  end(): void;
}

/** A terminal that is closed sends the last one. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first Ctrl+C (or SIGTERM, SIGHUP) lets the command end properly; a second one ends the process. */
export function untilInterrupted(): Ending {
  const controller = new AbortController();
  const end = (): void => {
    SIGNALS.forEach(signal => process.off(signal, end));
    controller.abort();
  };
  SIGNALS.forEach(signal => process.once(signal, end));
  return { signal: controller.signal, end };
}
