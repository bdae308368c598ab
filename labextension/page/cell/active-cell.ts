// Which cell is active, told once the mouse is released: JupyterLab takes the cell under the pointer at the end of a click, so a line that
// comes or goes in the middle of one would make another cell the active one, and the next key would run that.
import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import { Signal, type ISignal } from '@lumino/signaling';
import { pointerOfPage } from '../pointer.js';

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
