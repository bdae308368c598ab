// What stands before the title of the page: the number of notices that nobody has seen yet, until somebody looks, and the run that the
// page shows: `(2) 2.4.0 · production · release.ipynb`.

/** The page's title and whether somebody looks at it. */
export interface TitlePort {
  title: string;
  isLookedAt(): boolean;
  /** Release and environment of the run that is shown, or ''. */
  where(): string;
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

  /** Has to be called when the title was changed, since JupyterLab writes its own over ours, and when another run is shown. */
  retitled(): void {
    this.write();
  }

  /** Has to be called when the page is looked at again. */
  looked(): void {
    if (this.count > 0 && this.port.isLookedAt()) {
      this.count = 0;
      this.write();
    }
  }

  private count = 0;
  /** What was written before the title of JupyterLab, without the number. */
  private prefix = '';

  /** Writes only a title that differs: each change of the title calls `retitled` again. */
  private write(): void {
    const where = this.port.where();
    const plain = this.plainTitle();
    this.prefix = where === '' ? '' : `${where} · `;
    const title = `${this.count > 0 ? `(${this.count}) ` : ''}${this.prefix}${plain}`;
    if (this.port.title !== title) {
      this.port.title = title;
    }
  }

  private plainTitle(): string {
    const title = this.port.title.replace(BADGE, '');
    return title.startsWith(this.prefix) ? title.slice(this.prefix.length) : title;
  }
}
