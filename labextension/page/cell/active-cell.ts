// Which cell is active, told once the mouse is released: JupyterLab takes the cell under the pointer at the end of a click, so a line that
// comes or goes in the middle of one would make another cell the active one, and the next key would run that.
import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import { Signal, type ISignal } from '@lumino/signaling';

/** The pointer of the page; a test has its own. */
export interface PointerPort {
  onPress(handle: () => void): void;
  onRelease(handle: () => void): void;
  /** After everything that the release of the button does. */
  afterwards(act: () => void): void;
}

/** Knows whether a button is pressed. */
export class Pointer {
  constructor(port: PointerPort) {
    port.onPress(() => (this.isPressed = true));
    port.onRelease(() => {
      if (!this.isPressed) {
        return;
      }
      this.isPressed = false;
      port.afterwards(() => {
        // The next press may have come already.
        if (!this.isPressed) {
          this.waiting.splice(0).forEach(act => act());
        }
      });
    });
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
  private readonly waiting: (() => void)[] = [];
}

let pagePointer: Pointer | null = null;

function pointerOfPage(): Pointer {
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
    afterwards: act => void window.setTimeout(act)
  });
  return pagePointer;
}

const settled = new WeakMap<Notebook, Signal<Notebook, Cell | null>>();

/** Tells the active cell of the notebook whenever it is another one; while a button is pressed, once that is released. */
export function activeCellSettled(notebook: Notebook): ISignal<Notebook, Cell | null> {
  const known = settled.get(notebook);
  if (known) {
    return known;
  }
  const signal = new Signal<Notebook, Cell | null>(notebook);
  settled.set(notebook, signal);
  const pointer = pointerOfPage();
  notebook.activeCellChanged.connect(() =>
    pointer.whenReleased(() => {
      if (!notebook.isDisposed) {
        signal.emit(notebook.activeCell);
      }
    })
  );
  return signal;
}
