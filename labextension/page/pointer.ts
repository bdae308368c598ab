// Nothing of ours moves while a button of the mouse is pressed: a click goes to what is under the pointer at its end, so a line that comes or
// goes in the middle of one would take it to something else.

/** The pointer of the page; a test has its own. */
export interface PointerPort {
  onPress(handle: () => void): void;
  onRelease(handle: () => void): void;
  /** After so many milliseconds, and after everything that is done now. */
  later(act: () => void, ms: number): void;
}

/** Nobody clicks for longer, and a release that the page is never told of, as over a menu of the system, must not keep news from anybody. */
const LONGEST_MS = 3000;

/** Knows whether a button is pressed. */
export class Pointer {
  constructor(private readonly port: PointerPort) {
    port.onPress(() => {
      const press = ++this.presses;
      this.isPressed = true;
      port.later(() => press === this.presses && this.release(), LONGEST_MS);
    });
    port.onRelease(() => this.release());
  }

  /** Acts at once, or when no button is pressed any more. */
  whenReleased(act: () => void): void {
    if (this.isPressed || this.waiting.length > 0) {
      this.waiting.push(act);
    } else {
      act();
    }
  }

  private isPressed = false;
  private presses = 0;
  private readonly waiting: (() => void)[] = [];

  private release(): void {
    if (!this.isPressed) {
      return;
    }
    this.isPressed = false;
    // After the click that it ends. The next press may have come then.
    this.port.later(() => {
      while (!this.isPressed && this.waiting.length > 0) {
        try {
          this.waiting.shift()!();
        } catch (error) {
          reportError(error);
        }
      }
    }, 0);
  }
}

let pagePointer: Pointer | null = null;

/** The pointer of this page. */
export function pointerOfPage(): Pointer {
  pagePointer ??= new Pointer({
    onPress: handle => document.addEventListener('pointerdown', handle, true),
    onRelease: handle => {
      // A button that is released outside of the page is told by the next move, or never where the window has lost the focus.
      for (const type of ['pointerup', 'pointercancel', 'dragend']) {
        document.addEventListener(type, handle, true);
      }
      document.addEventListener('pointermove', event => event.buttons === 0 && handle(), true);
      window.addEventListener('blur', handle);
    },
    later: (act, ms) => void window.setTimeout(act, ms)
  });
  return pagePointer;
}

/** Draws in the next frame of the page, or when no button is pressed any more; the number is that of the frame, which may be cancelled until then. */
export function requestFrame(draw: () => void): number {
  return window.requestAnimationFrame(() => pointerOfPage().whenReleased(draw));
}
