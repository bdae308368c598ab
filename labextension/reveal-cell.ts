// Brings a cell into view: the tab, the cell, the focus. Used by the phases panel and by notifications.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';

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
}

/** The phase of the code cells before the first heading has no cell of its own. */
const START = 'start';
