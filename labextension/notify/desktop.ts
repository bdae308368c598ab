// Desktop notifications of the browser: only while the person looks elsewhere, only with permission, never twice for one thing.
import type { Notice } from './notices.js';

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
}

export class Desktop {
  constructor(private readonly port: DesktopPort) {}

  get permission(): 'granted' | 'denied' | 'default' {
    return this.port.permission();
  }

  request(): Promise<'granted' | 'denied' | 'default'> {
    return this.port.request();
  }

  /** Shows the notice when it may and when it is needed; tells whether it did. `go` runs on a click. */
  show(notice: Notice, go: () => void): boolean {
    if (this.port.permission() !== 'granted' || this.port.isLookedAt()) {
      return false;
    }
    // Whoever is awaited must find it after a coffee; everything else may fade.
    this.port.show(
      notice.title,
      { body: notice.body, tag: notice.tag, isSticky: notice.kind === 'waiting' },
      go
    );
    return true;
  }
}

/** The browser of this page. */
export function makeDesktopPort(): DesktopPort {
  // Read at each call: a browser may lack it, and a page may replace it.
  const api = (): typeof Notification | undefined =>
    (globalThis as { Notification?: typeof Notification }).Notification;
  return {
    permission: () => api()?.permission ?? 'denied',
    request: async () => (await api()?.requestPermission()) ?? 'denied',
    isLookedAt: () => !document.hidden && document.hasFocus(),
    show: (title, { body, tag, isSticky }, onClick) => {
      const Api = api();
      if (Api) {
        const shown = new Api(title, { body, tag, requireInteraction: isSticky });
        shown.onclick = () => {
          window.focus();
          onClick();
          shown.close();
        };
      }
    }
  };
}
