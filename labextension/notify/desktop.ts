// Desktop notifications of the browser: only while the person looks elsewhere, only with permission, never twice for one thing.
// A notification that comes shortly after one of the same kind replaces it and counts both, so that ten failures are one message.
import type { Notice } from './notice.js';
import type { NotifySettings } from './notify-settings.js';
import { ASSIGNED } from './waiting-notification-text.js';

/** The browser, as far as notifications need it. */
export interface DesktopPort {
  /** `denied` also when the browser has no notifications or the page is not secure. */
  permission(): 'granted' | 'denied' | 'default';
  request(): Promise<'granted' | 'denied' | 'default'>;
  /** True when the tab is visible and the window has the focus. */
  isLookedAt(): boolean;
  /** Returns the way to take it away. */
  show(
    title: string,
    options: { readonly body: string; readonly tag: string; readonly isSticky: boolean },
    onClick: () => void
  ): () => void;
  play(isBad: boolean): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Notices of one kind within this time are told together. */
const TOGETHER_MS = 3000;
const LISTED = 5;

export class Desktop {
  constructor(private readonly port: DesktopPort) {}

  get permission(): 'granted' | 'denied' | 'default' {
    return this.port.permission();
  }

  request(): Promise<'granted' | 'denied' | 'default'> {
    return this.port.request();
  }

  /** Shows the notice when it may and when it is needed; returns whether it did. `go` runs on a click. */
  show(notice: Notice, { sticky, sound }: Pick<NotifySettings, 'sticky' | 'sound'>, go: () => void): boolean {
    if (this.port.permission() !== 'granted' || this.port.isLookedAt()) {
      return false;
    }
    const { title, body } = this.together(notice);
    // A person who has to decide must still find it after a break; the others may disappear.
    const isSticky = sticky === 'all' || (sticky === 'waiting' && notice.kind === 'waiting');
    this.open.set(notice.tag, this.port.show(title, { body, tag: notice.tag, isSticky }, go));
    if (sound) {
      this.port.play(notice.kind === 'failed' || notice.kind === 'kernelDied');
    }
    return true;
  }

  /** Takes the notification with this tag away; nothing when there is none. */
  close(tag: string): void {
    this.open.get(tag)?.();
    this.open.delete(tag);
  }

  private readonly open = new Map<string, () => void>();
  private readonly recent = new Map<string, { readonly at: number; readonly notices: readonly Notice[] }>();

  private together(notice: Notice): { title: string; body: string } {
    const at = this.port.now();
    const before = this.recent.get(notice.tag);
    const told = before && at - before.at < TOGETHER_MS ? before.notices : [];
    const notices = [...told.filter(each => !isOfSameHold(each, notice)), notice];
    this.recent.set(notice.tag, { at, notices });
    return notices.length === 1
      ? notice
      : {
          title: `${notice.title} (+${notices.length - 1})`,
          body: [...notices.slice(-LISTED).map(each => each.title), notice.where].join('\n')
        };
  }
}

/** What waits is told again when it waits for somebody else, or when a cell begins to wait for tasks: it is one thing all the same. */
function isOfSameHold({ hold: one }: Notice, { hold: other }: Notice): boolean {
  return one !== null && other !== null && one.replace(ASSIGNED, '') === other.replace(ASSIGNED, '');
}
