// The report of an import beside its notebook, and above it the walk through the guesses: how many are left, what the selected one was
// guessed from, and what can be done with it. JupyterLab renders and sanitizes the report.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, MainAreaWidget, Notification, showDialog } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { PanelLayout, Widget } from '@lumino/widgets';
import { reportPathOf } from '../../contract/notebook/importable-names.js';
import { makeButton, makeElement } from '../page/element.js';
import { phasesIcon } from '../page/phases-icon.js';
import type { Words } from '../page/words.js';
import { selectCell } from './guess-walk.js';
import { WalkBar } from './walk-bar.js';

export interface ReportParts {
  readonly app: JupyterFrontEnd;
  readonly tracker: INotebookTracker;
  readonly rendermime: IRenderMimeRegistry;
  readonly words: Words;
}

/** Shows the report that stands beside the notebook's file, in place of an older one. */
export async function showReport(
  panel: NotebookPanel,
  { app, rendermime, words }: ReportParts
): Promise<void> {
  const path = reportPathOf(panel.context.path);
  const markdown = await textAt(app, path);
  if (markdown === null) {
    Notification.info(
      words.__('There is no report %1: this runbook was not imported, or its report is gone.', path)
    );
    return;
  }
  const report = new Widget();
  report.addClass('lb-ImportReport-text');
  const renderer = rendermime.createRenderer('text/markdown');
  await renderer.renderModel(rendermime.createModel({ data: { 'text/markdown': markdown } }));
  linkCells(renderer.node, panel, words);
  const inner = new PanelLayout();
  inner.addWidget(renderer);
  report.layout = inner;
  report.node.tabIndex = 0;
  report.node.setAttribute('role', 'document');
  report.node.setAttribute('aria-label', words.__('Report of the import'));

  const content = new Widget();
  content.addClass('lb-ImportReport');
  const layout = new PanelLayout();
  const bar = new WalkBar({ panel, words, commands: app.commands });
  layout.addWidget(bar);
  layout.addWidget(report);
  content.layout = layout;
  if (app.name !== 'JupyterLab') {
    const buttons = [Dialog.okButton({ label: words.__('Close') })];
    bar.dispose();
    await showDialog({ title: words.__('Report of the import'), body: content, buttons });
    return;
  }
  showBeside(content, panel, app, words.__('Import: %1', path.split('/').at(-1)));
}

function showBeside(content: Widget, panel: NotebookPanel, app: JupyterFrontEnd, label: string): void {
  const id = `launchbook-import-${panel.context.path}`;
  const before = [...app.shell.widgets('main')].find(widget => widget.id === id);
  const tab = new MainAreaWidget({ content });
  tab.id = id;
  tab.title.label = label;
  tab.title.caption = reportPathOf(panel.context.path);
  tab.title.icon = phasesIcon;
  tab.title.closable = true;
  tab.toolbar.hide();
  app.shell.add(
    tab,
    'main',
    before ? { mode: 'tab-after', ref: id } : { mode: 'split-right', ref: panel.id }
  );
  before?.dispose();
  panel.disposed.connect(() => tab.dispose());
  app.shell.activateById(panel.id);
}

async function textAt(app: JupyterFrontEnd, path: string): Promise<string | null> {
  try {
    const { content } = await app.serviceManager.contents.get(path, {
      type: 'file',
      format: 'text',
      content: true
    });
    return String(content);
  } catch {
    return null;
  }
}

/** The ids of cells in the report bring the cell. */
function linkCells(node: HTMLElement, { content }: NotebookPanel, words: Words): void {
  const ids = new Set([...(content.model?.cells ?? [])].map(({ id }) => id));
  for (const code of node.querySelectorAll('li > code:last-child, li > p > code:last-child')) {
    const id = code.textContent;
    if (ids.has(id)) {
      const button = makeButton(
        { class: 'lb-ImportReport-cell', text: id, title: words.__('Go to this cell') },
        () => {
          const index = content.widgets.findIndex(({ model }) => model.id === id);
          if (index >= 0) {
            void selectCell(content, index);
          }
        }
      );
      code.replaceWith(makeElement('code', {}, button));
    }
  }
}
