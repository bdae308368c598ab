// The notices of one notebook about what waits for people: each stays until nobody is awaited, says whom it waits for now, and goes with
// the last decision, whatever kind of decision that is.
import type { Notice, NoticeContext } from './notice.js';
import { ASSIGNED, waitingNotice } from './waiting-notification-text.js';

/** Where they are shown. */
export interface WaitingPort {
  /** Shows a message in the page and returns its id, or null when it is not wanted there. */
  emit(notice: Notice): string | null;
  /** Does it a moment later: what waits is told in several records, and JupyterLab takes no change of a message that is being made. */
  soon(act: () => void): void;
  update(message: string, title: string): void;
  dismiss(message: string): void;
  /** Takes the notification with this tag off the desktop. */
  close(tag: string): void;
}

interface Told {
  readonly notice: Notice;
  readonly message: string | null;
}

export class WaitingNotices {
  constructor(private readonly port: WaitingPort) {}

  /** Something has begun to wait. A cell that waits for tasks says so in the message about them. */
  show(notice: Notice): void {
    if (notice.hold !== null) {
      const assigned = this.told.get(`${ASSIGNED}${notice.hold}`)?.message ?? null;
      if (assigned !== null) {
        this.told.delete(`${ASSIGNED}${notice.hold}`);
        this.told.set(notice.hold, { notice, message: assigned });
        this.rewrite(notice.hold);
        return;
      }
      this.told.delete(`${ASSIGNED}${notice.hold}`);
      const { hold } = notice;
      const before = this.told.get(hold)?.message ?? null;
      if (before !== null) {
        this.port.dismiss(before);
      }
      this.told.set(hold, { notice, message: null });
      this.port.soon(() => this.emit(hold));
    }
  }

  /** The state of the run is another one. */
  refresh(contextOf: (cell: string | null) => NoticeContext): void {
    for (const [hold, { notice, message }] of this.told) {
      const now = waitingNotice(hold, contextOf(notice.cell));
      if (now === null) {
        this.end(hold);
      } else if (now.title !== notice.title) {
        this.told.set(hold, { notice: now, message });
        this.rewrite(hold);
      }
    }
  }

  /** Who has gone there needs no message that covers what it is about. */
  arrived(isAt: (cell: string | null) => boolean): void {
    for (const [hold, { notice, message }] of this.told) {
      if (message !== null && isAt(notice.cell)) {
        this.port.dismiss(message);
        this.told.set(hold, { notice, message: null });
      }
    }
  }

  /** The notebook is closed. */
  endAll(): void {
    [...this.told.keys()].forEach(hold => this.end(hold));
  }

  private readonly told = new Map<string, Told>();

  private emit(hold: string): void {
    const told = this.told.get(hold);
    if (told?.message === null) {
      this.told.set(hold, { ...told, message: this.port.emit(told.notice) });
    }
  }

  /** Not at once: the message may be in the making, and JupyterLab would leave it as it was. */
  private rewrite(hold: string): void {
    this.port.soon(() => {
      const told = this.told.get(hold);
      if (told && told.message !== null) {
        this.port.update(told.message, told.notice.title);
      }
    });
  }

  private end(hold: string): void {
    const { notice, message } = this.told.get(hold)!;
    this.told.delete(hold);
    if (message !== null) {
      this.port.dismiss(message);
    }
    if (![...this.told.values()].some(each => each.notice.tag === notice.tag)) {
      this.port.close(notice.tag);
    }
  }
}
