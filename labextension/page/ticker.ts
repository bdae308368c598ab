// The one clock of the extension: once a second, only while somebody listens and the page can be seen.

export interface TickerPort {
  isVisible(): boolean;
  onVisibility(handle: () => void): void;
  setInterval(handle: () => void, ms: number): number;
  clearInterval(timer: number): void;
}

export class Ticker {
  constructor(private readonly port: TickerPort) {
    port.onVisibility(() => this.adjust());
  }

  /** Calls `listener` once a second until the returned function is called. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    this.adjust();
    return () => {
      this.listeners.delete(listener);
      this.adjust();
    };
  }

  private readonly listeners = new Set<() => void>();
  private timer: number | null = null;

  private adjust(): void {
    const shouldTick = this.listeners.size > 0 && this.port.isVisible();
    if (shouldTick && this.timer === null) {
      this.timer = this.port.setInterval(() => this.listeners.forEach(listener => listener()), 1000);
    } else if (!shouldTick && this.timer !== null) {
      this.port.clearInterval(this.timer);
      this.timer = null;
    }
  }
}

let pageTicker: Ticker | null = null;

/** The ticker of this page. */
export function tickerOfPage(): Ticker {
  pageTicker ??= new Ticker({
    isVisible: () => !document.hidden,
    onVisibility: handle => document.addEventListener('visibilitychange', handle),
    setInterval: (handle, ms) => window.setInterval(handle, ms),
    clearInterval: timer => window.clearInterval(timer)
  });
  return pageTicker;
}
