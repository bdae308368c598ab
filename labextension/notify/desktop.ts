// Desktop notifications of the browser: only while the person looks elsewhere, only with permission, never twice for one thing.
// What comes shortly after a notification of the same kind replaces it and counts on, so that ten failures are one message.
import type { Notice } from './notice.js';
import type { NotifySettings } from './notify-settings.js';

/** The browser, as far as notifications need it. */
export interface DesktopPort {
  /** `denied` also when the browser has no notifications or the page is not secure. */
  permission(): 'granted' | 'denied' | 'default';
  request(): Promise<'granted' | 'denied' | 'default'>;
  /** True when the tab is visible and the window has the focus. */
  isLookedAt(): boolean;
  show(
    title: string,
    options: { readonly body: string; readonly tag: string; readonly isSticky: boolean },
    onClick: () => void
  ): void;
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

  /** Shows the notice when it may and when it is needed; tells whether it did. `go` runs on a click. */
  show(notice: Notice, { sticky, sound }: Pick<NotifySettings, 'sticky' | 'sound'>, go: () => void): boolean {
    if (this.port.permission() !== 'granted' || this.port.isLookedAt()) {
      return false;
    }
    const { title, body } = this.together(notice);
    // Whoever is awaited must find it after a coffee; everything else may fade.
    const isSticky = sticky === 'all' || (sticky === 'waiting' && notice.kind === 'waiting');
    this.port.show(title, { body, tag: notice.tag, isSticky }, go);
    if (sound) {
      this.port.play(notice.kind === 'failed' || notice.kind === 'kernel-died');
    }
    return true;
  }

  private readonly recent = new Map<string, { readonly at: number; readonly notices: readonly Notice[] }>();

  private together(notice: Notice): { title: string; body: string } {
    const at = this.port.now();
    const before = this.recent.get(notice.tag);
    const notices = before && at - before.at < TOGETHER_MS ? [...before.notices, notice] : [notice];
    this.recent.set(notice.tag, { at, notices });
    return notices.length === 1
      ? notice
      : {
          title: `${notice.title} (+${notices.length - 1})`,
          body: notices
            .slice(-LISTED)
            .map(each => each.title)
            .join('\n')
        };
  }
}
