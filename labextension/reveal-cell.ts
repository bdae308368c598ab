// Brings a cell into view: the tab, the cell, the focus. Used by the phases panel and by notifications.
// A cell that waits for a person is shown with its question: the form is what they come for, not the source above it.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';

/** The phase of the code cells before the first heading has no cell of its own. */
const START = 'start';
/** Cells above get their real heights only when they are drawn, which moves the cell after it was scrolled to. */
const SETTLING_FRAMES = 6;

/** Shows the cell with this id, or the first step for the phase `start`. Unknown ids only bring up the tab. */
export async function revealCell(app: JupyterFrontEnd, panel: NotebookPanel, id: string): Promise<void> {
  app.shell.activateById(panel.id);
  const notebook = panel.content;
  const index = notebook.widgets.findIndex(cell => cell.model.id === id);
  const target =
    index === -1 && id === START ? notebook.widgets.findIndex(cell => cell.model.type === 'code') : index;
  if (target === -1) {
    return;
  }
  notebook.mode = 'command';
  notebook.activeCellIndex = target;
  notebook.deselectAll();
  await notebook.scrollToItem(target, 'start');
  for (let frame = 0; frame < SETTLING_FRAMES; frame++) {
    await new Promise(resolve => window.requestAnimationFrame(resolve));
    align(notebook, target);
  }
}

/** Puts the top of the cell at the top of the view; scrolls on when its hold would be cut off at the bottom. */
function align(notebook: Notebook, target: number): void {
  const cell = notebook.widgets[target]?.node;
  const scroller = notebook.node.querySelector('.jp-WindowedPanel-outer') ?? notebook.node;
  if (!cell?.isConnected) {
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

const MARGIN_PX = 12;
