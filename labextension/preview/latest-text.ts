// Renders the newest text once it has rested for a moment. One rendering at a time: what was typed meanwhile is rendered next,
// so an older text can never appear after a newer one.

export class LatestText {
  /** `render` must not reject; `delayMs` is how long a text has to rest. */
  constructor(
    private readonly render: (text: string) => Promise<void>,
    private readonly delayMs: () => number
  ) {}

  /** Renders `text` at once. */
  show(text: string): void {
    this.waiting = text;
    clearTimeout(this.timer);
    void this.work();
  }

  /** Renders `text` unless another one comes within the delay. */
  change(text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(text), this.delayMs());
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
  }

  private waiting: string | null = null;
  private rendered: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isBusy = false;
  private isDisposed = false;

  private async work(): Promise<void> {
    if (this.isBusy) {
      return;
    }
    this.isBusy = true;
    while (this.waiting !== null && !this.isDisposed) {
      const text = this.waiting;
      this.waiting = null;
      if (text !== this.rendered) {
        this.rendered = text;
        await this.render(text);
      }
    }
    this.isBusy = false;
  }
}
