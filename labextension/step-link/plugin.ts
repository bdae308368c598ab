// Plugin `launchbook:step-link`: copies a link to a step, and shows the step when a page is opened by one.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Clipboard, ICommandPalette, Notification } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { linkIcon } from '@jupyterlab/ui-components';
import { fragmentOfStep, stepOfFragment } from '../../contract/notebook/step-link.js';
import { revealCell } from '../page/cell/reveal-cell.js';
import { showLinked } from './show-linked.js';
import { addressOf } from './step-address.js';

const COPY = 'launchbook:copy-step-link';

export const stepLinkPlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:step-link',
  description: 'Copies a link to a step, and shows the step when a page is opened by such a link.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    app.commands.addCommand(COPY, {
      label: words.__('Copy Link to This Step'),
      caption: words.__('Copy an address that opens this notebook at this cell'),
      icon: linkIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: { cell: { type: 'string', description: words.__('Id of the cell') } }
        }
      },
      isEnabled: () => tracker.currentWidget !== null,
      execute: args => {
        const panel = tracker.currentWidget;
        const cell = typeof args['cell'] === 'string' ? args['cell'] : cellAt(app, panel);
        if (panel && cell !== null) {
          Clipboard.copyToSystem(addressOf(app, panel.context.path) + fragmentOfStep(cell));
          Notification.info(words.__('The link is copied.'), { autoClose: 2000 });
        }
      }
    });
    palette?.addItem({ command: COPY, category: words.__('Launchbook') });
    // JupyterLab changes the address while it starts.
    showLinked(app, tracker, decodeURIComponent(window.location.pathname), window.location.hash);
    window.addEventListener('hashchange', () => {
      const cell = stepOfFragment(window.location.hash);
      if (cell !== null && tracker.currentWidget) {
        void revealCell(app, tracker.currentWidget, cell);
      }
    });
  }
};

/** The cell or the row under the pointer when the context menu was opened, else the active cell. */
function cellAt(app: JupyterFrontEnd, panel: NotebookPanel | null): string | null {
  const node = app.contextMenuHitTest(
    each => each.classList.contains('jp-Cell') || each.classList.contains('lb-Tree-item')
  );
  const row = node?.dataset['key']?.replace(/^[a-z]+:/, '');
  const cell = panel?.content.widgets.find(each => each.node === node) ?? panel?.content.activeCell;
  return row ?? cell?.model.id ?? null;
}
