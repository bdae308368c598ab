// The number of notices that nobody has seen yet, before the title of the page, until somebody looks: `(2) release.ipynb`.

/** The page's title and whether somebody looks at it. */
export interface TitlePort {
  title: string;
  isLookedAt(): boolean;
}

const BADGE = /^\(\d+\) /;

export class TitleBadge {
  constructor(private readonly port: TitlePort) {}

  /** One more that was not seen; nothing while somebody looks. */
  add(): void {
    if (!this.port.isLookedAt()) {
      this.count += 1;
      this.write();
    }
  }

  /** Has to be called when the title was changed: JupyterLab writes its own over ours. */
  retitled(): void {
    if (this.count > 0) {
      this.write();
    }
  }

  /** Has to be called when the page is looked at again. */
  looked(): void {
    if (this.count > 0 && this.port.isLookedAt()) {
      this.count = 0;
      this.port.title = this.plainTitle();
    }
  }

  private count = 0;

  /** Writes nothing that stands there already, so that whoever watches the title is not told for ever. */
  private write(): void {
    const title = `(${this.count}) ${this.plainTitle()}`;
    if (this.port.title !== title) {
      this.port.title = title;
    }
  }

  private plainTitle(): string {
    return this.port.title.replace(BADGE, '');
  }
}
