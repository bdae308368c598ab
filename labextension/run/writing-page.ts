// Which of the pages that share one document writes into it what the kernel did. Pages that wrote the same at the same time would write
// it twice: a shared list keeps what everybody adds. Knows neither JupyterLab nor its shared models, only who else is there.

/** What a shared document knows of the pages that have it open; y-protocols' `Awareness` fits. */
export interface SharedPresence {
  readonly clientID: number;
  getStates(): Map<number, { readonly [field: string]: unknown }>;
  setLocalStateField(field: string, value: unknown): void;
  on(event: 'change', listen: () => void): void;
  off(event: 'change', listen: () => void): void;
}

/**
 * How long a page that knows of no other page waits before it counts as the only one, while others are connected to the kernel. They are
 * usually known within a second; a page tells again that it is there after 15 s, a busy one later.
 */
const GETTING_TO_KNOW_MS = 30_000;
/** How often it asks meanwhile whether it is alone: a page that has just gone is connected for a moment longer. */
const ASK_AGAIN_MS = 2000;
/** The field under which a page says its id. */
const FIELD = 'launchbook';

export interface WritingPageParts {
  readonly presence: SharedPresence;
  /** Id of this page, by which the kernel knows it too. */
  readonly page: string;
  /** True when no other page is connected to the kernel, so that there is nobody to get to know. */
  readonly isAlone: () => Promise<boolean>;
  /** Other pages came or went, or this one knows now that there are none. */
  readonly changed: () => void;
}

export class WritingPage {
  constructor(private readonly parts: WritingPageParts) {
    const { presence, page } = parts;
    presence.setLocalStateField(FIELD, { page });
    presence.on('change', this.onChange);
    this.pages = this.read();
    this.getToKnow();
  }

  /**
   * True when this page is the one that writes what a step did. `executor`: the page that executed it, which gets the outputs from
   * the kernel and writes them itself as long as it is there. After that it is the page with the lowest number of those that are.
   */
  writes(executor: string | undefined): boolean {
    const { page, presence } = this.parts;
    const pages = [...this.pages.entries()];
    if (executor === page || pages.some(([, other]) => other === executor)) {
      return executor === page;
    }
    return this.knows && pages.every(([client]) => client >= presence.clientID);
  }

  dispose(): void {
    this.isDisposed = true;
    this.stopAsking();
    this.parts.presence.off('change', this.onChange);
  }

  private isDisposed = false;
  private timer = 0;
  private asking = 0;
  private pages: ReadonlyMap<number, string>;
  /** False while this page sees nobody, and does not know whether that is because its connection has just begun or was cut. */
  private knows = false;

  private readonly onChange = (): void => {
    const before = JSON.stringify([...this.pages]);
    this.pages = this.read();
    if (JSON.stringify([...this.pages]) !== before) {
      this.getToKnow();
      this.parts.changed();
    }
  };

  private getToKnow(): void {
    this.stopAsking();
    this.knows = this.pages.size > 1;
    if (!this.knows) {
      this.timer = window.setTimeout(() => this.know(), GETTING_TO_KNOW_MS);
      this.asking = window.setInterval(() => this.ask(), ASK_AGAIN_MS);
      this.ask();
    }
  }

  private ask(): void {
    const { timer } = this;
    void this.parts.isAlone().then(
      // Another page may have come while the server was asked.
      alone => alone && timer === this.timer && this.know(),
      () => undefined
    );
  }

  private stopAsking(): void {
    window.clearTimeout(this.timer);
    window.clearInterval(this.asking);
  }

  private know(): void {
    this.stopAsking();
    if (!this.knows && !this.isDisposed) {
      this.knows = true;
      this.parts.changed();
    }
  }

  /** Ids of the pages by their number, in the order of the numbers; a page without our extension writes nothing of ours. */
  private read(): ReadonlyMap<number, string> {
    const pages = [...this.parts.presence.getStates()].flatMap(([client, state]): [number, string][] => {
      const page = (state[FIELD] as { readonly page?: unknown } | undefined)?.page;
      return typeof page === 'string' ? [[client, page]] : [];
    });
    return new Map(pages.sort(([a], [b]) => a - b));
  }
}
