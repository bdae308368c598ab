// The after-action report of a run in a tab of its own, or in a dialog where a page has one notebook for its life. JupyterLab renders
// and sanitizes it, so that it has the theme of the page.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, Dialog, MainAreaWidget, showDialog } from '@jupyterlab/apputils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ToolbarButton } from '@jupyterlab/ui-components';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { ReportAnswer } from '../../../contract/comms/lifecycle-comm.js';
import { makeElement } from '../../page/element.js';
import { phasesIcon } from '../../page/phases-icon.js';
import type { Words } from '../../page/words.js';

export interface ReportViewParts {
  readonly shell: JupyterFrontEnd.IShell;
  readonly rendermime: IRenderMimeRegistry;
  readonly words: Words;
  /** False where a page has one notebook for its life. */
  readonly hasTabs: boolean;
}

/** Shows the report of the run at `run`, in place of an older one. */
export async function openReport(
  run: string,
  report: ReportAnswer,
  { shell, rendermime, words, hasTabs }: ReportViewParts
): Promise<void> {
  const content = new Widget();
  content.addClass('lb-AfterAction');
  // What looks like a formula is a price or the text of a step.
  const renderer = rendermime
    .clone({ latexTypesetter: { typeset: () => undefined } })
    .createRenderer('text/markdown');
  await renderer.renderModel(rendermime.createModel({ data: { 'text/markdown': report.markdown } }));
  const layout = new PanelLayout();
  layout.addWidget(renderer);
  content.layout = layout;
  content.node.setAttribute('role', 'document');
  content.node.setAttribute('aria-label', report.title);
  if (!hasTabs) {
    await showDialog({
      title: words.__('Report'),
      body: content,
      buttons: [Dialog.okButton({ label: words.__('Close') })]
    });
    return;
  }
  const id = `launchbook-report-${run}`;
  [...shell.widgets('main')].find(widget => widget.id === id)?.dispose();
  const tab = new MainAreaWidget({ content });
  // The arrow keys scroll it.
  content.node.tabIndex = 0;
  tab.id = id;
  tab.title.label = words.__('Report: %1', run.split('/').slice(-2).join('/'));
  tab.title.caption = report.title;
  tab.title.icon = phasesIcon;
  tab.title.closable = true;
  tab.toolbar.addItem(
    'copy',
    textButton(words.__('Copy as Markdown'), () => copy(report.markdown))
  );
  tab.toolbar.addItem(
    'save',
    textButton(words.__('Save as HTML'), () => save(fileNameOf(run), report.html))
  );
  shell.add(tab, 'main', { mode: 'tab-after' });
  shell.activateById(id);
}

function textButton(label: string, onClick: () => void): ToolbarButton {
  return new ToolbarButton({ label, onClick, noFocusOnClick: false });
}

function copy(text: string): void {
  Clipboard.copyToSystem(text);
}

/** By the browser, into the folder of the person's downloads. */
function save(name: string, html: string): void {
  const address = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  const link = makeElement('a', { attributes: { href: address, download: name } });
  link.click();
  URL.revokeObjectURL(address);
}

/** `report-1.1-staging.html`, after the folder of the run. */
function fileNameOf(run: string): string {
  const folder = run.split('/').at(-2) ?? run.replace(/\.ipynb$/, '');
  return `report-${folder}.html`;
}
