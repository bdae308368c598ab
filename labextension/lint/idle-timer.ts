// Calls a function when nobody has asked for it again for some time and the page is idle. There is no timer while nobody asks.

const IDLE_WITHIN_MS = 2000;

export class IdleTimer {
  /** Replaces what was asked for before. */
  start(restMs: number, act: () => void): void {
    this.dispose();
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.cancelIdle = whenIdle(act);
    }, restMs);
  }

  dispose(): void {
    window.clearTimeout(this.timer);
    this.cancelIdle();
    this.cancelIdle = () => undefined;
  }

  private timer = 0;
  private cancelIdle: () => void = () => undefined;
}

/** Browsers without idle callbacks act at once. */
function whenIdle(act: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    act();
    return () => undefined;
  }
  const handle = window.requestIdleCallback(act, { timeout: IDLE_WITHIN_MS });
  return () => window.cancelIdleCallback(handle);
}
