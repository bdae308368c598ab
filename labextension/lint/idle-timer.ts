// Acts once nothing has been asked for some time and the page is idle. There is no timer while nothing is asked.

const IDLE_WITHIN_MS = 2000;

export class IdleTimer {
  /** Takes the place of what was asked before. */
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
