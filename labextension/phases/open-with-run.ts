// Decides when the phases panel opens by itself: once in a page, for the first run that is shown, unless the person has
// closed the panel before. What was closed is remembered by run, so that a reload does not open it again.
const KEPT_RUNS = 20;

export interface OpenWithRunPort {
  isEnabled(): boolean;
  isPanelVisible(): boolean;
  /** Shows the panel and leaves the focus where it is. */
  show(): void;
  /** Keeps the ids of the runs whose panel was closed, oldest first. */
  keep(closed: readonly string[]): void;
}

export class OpenWithRun {
  /** `closed` is what `keep` was given last. */
  constructor(
    private readonly port: OpenWithRunPort,
    private closed: readonly string[] = []
  ) {}

  /** The current notebook is the one of run `id`, or null: none, or a scratch notebook. */
  runShown(id: string | null): void {
    this.run = id;
    if (id === null || this.isDone || !this.port.isEnabled() || this.closed.includes(id)) {
      return;
    }
    this.isDone = true;
    if (!this.port.isPanelVisible()) {
      this.port.show();
    }
  }

  panelShown(): void {
    if (this.run !== null && this.closed.includes(this.run)) {
      this.change(this.closed.filter(id => id !== this.run));
    }
  }

  panelHidden(): void {
    this.isDone = true;
    if (this.run !== null && !this.closed.includes(this.run)) {
      this.change([...this.closed, this.run].slice(-KEPT_RUNS));
    }
  }

  private run: string | null = null;
  private isDone = false;

  private change(closed: readonly string[]): void {
    this.closed = closed;
    this.port.keep(closed);
  }
}
