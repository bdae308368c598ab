// Brings a cell into view: the tab, the cell, the focus. Used by the phases panel and by notifications.
// A cell that waits for a person is shown with its question: the form is what they come for, not the source above it.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import { START_PHASE } from '../../../contract/notebook/outline.js';

/** Cells above get their real heights only when they are drawn, which moves the cell after it was scrolled to. */
const SETTLING_FRAMES = 6;
const MOST_TRIES = 60;

/** Shows the cell with this id; of the phase `start`, which has no cell of its own, the first step. Unknown ids only show the tab. */
export async function revealCell(app: JupyterFrontEnd, panel: NotebookPanel, id: string): Promise<void> {
  app.shell.activateById(panel.id);
  const notebook = panel.content;
  const index = notebook.widgets.findIndex(cell => cell.model.id === id);
  const target =
    index === -1 && id === START_PHASE
      ? notebook.widgets.findIndex(cell => cell.model.type === 'code')
      : index;
  if (target === -1) {
    return;
  }
  notebook.mode = 'command';
  notebook.activeCellIndex = target;
  notebook.deselectAll();
  await notebook.scrollToItem(target, 'start');
  const cell = notebook.widgets[target]!;
  // A windowed notebook guesses the heights of cells that it has not drawn, and JupyterLab 4.6 stops before a cell that is far away.
  for (let tries = 0; tries < MOST_TRIES && !cell.isDisposed && !isShown(cell.node); tries++) {
    turnPage(notebook, target);
    await nextFrame();
  }
  for (let frame = 0; frame < SETTLING_FRAMES; frame++) {
    await nextFrame();
    align(notebook, target);
  }
  takeFocus(notebook, cell.node);
}

/** True when a part of the cell can be seen. */
export function isInView(notebook: Notebook, id: string): boolean {
  const cell = notebook.widgets.find(each => each.model.id === id)?.node;
  if (!cell || !isShown(cell)) {
    return false;
  }
  const [box, view] = [cell.getBoundingClientRect(), scrollerOf(notebook).getBoundingClientRect()];
  return box.bottom > view.top && box.top < view.bottom;
}

/**
 * The keyboard acts where the focus is, and JupyterLab leaves the focus in the previous cell, which windowing `full` even removes from
 * the page. A focus outside of the notebook is left where it is.
 */
function takeFocus(notebook: Notebook, cell: HTMLElement): void {
  const { activeElement, body } = cell.ownerDocument;
  const isLost = activeElement === null || activeElement === body;
  const isElsewhere = notebook.node.contains(activeElement) && !cell.contains(activeElement);
  if (cell.isConnected && (isLost || isElsewhere)) {
    cell.focus({ preventScroll: true });
  }
}

function nextFrame(): Promise<unknown> {
  return new Promise(resolve => window.requestAnimationFrame(resolve));
}

/** Puts the top of the cell at the top of the view; scrolls on when its hold would be cut off at the bottom. */
function align(notebook: Notebook, target: number): void {
  const cell = notebook.widgets[target]?.node;
  const scroller = scrollerOf(notebook);
  if (!cell || !isShown(cell)) {
    return;
  }
  const view = scroller.getBoundingClientRect();
  const hold = cell.querySelector('.lb-Hold')?.getBoundingClientRect();
  const top = cell.getBoundingClientRect().top - view.top;
  const hidden = hold ? hold.bottom + MARGIN_PX - view.bottom - top : 0;
  const most = hold ? hold.top - view.top - top : 0;
  const by = top + Math.max(0, Math.min(hidden, most));
  if (Math.abs(by) > 1) {
    scroller.scrollTop += by;
  }
}

/** Scrolls by one view towards the cell. */
function turnPage(notebook: Notebook, target: number): void {
  const scroller = scrollerOf(notebook);
  const shown = notebook.widgets.findIndex(cell => isShown(cell.node));
  scroller.scrollTop += (shown > target ? -1 : 1) * scroller.clientHeight;
}

function scrollerOf(notebook: Notebook): Element {
  return notebook.node.querySelector('.jp-WindowedPanel-outer') ?? notebook.node;
}

/** A windowed notebook keeps the active cell in the page without a height while it is out of view. */
function isShown(cell: HTMLElement): boolean {
  return cell.isConnected && cell.getBoundingClientRect().height > 0;
}

const MARGIN_PX = 12;
