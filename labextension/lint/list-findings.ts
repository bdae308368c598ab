// The dialog with all findings of a notebook. Loaded when it is asked for.
import { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import { outlineOf } from '../../contract/notebook/outline.js';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { knownFacts } from '../kernel/known-facts.js';
import type { Words } from '../page/words.js';
import { outlineCells } from '../run/outline-cells.js';
import { makeFindingsBody } from './findings-body.js';
import type { NotebookFindings } from './notebook-findings.js';

/** Settles when the dialog is closed; a finding that was chosen is shown then. */
export async function listFindings(
  panel: NotebookPanel,
  findings: NotebookFindings,
  words: Words
): Promise<void> {
  const placed = findings.placed;
  const cells = outlineCells(panel.content.model?.cells ?? []);
  let chosen: number | null = null;
  const node = makeFindingsBody({
    findings: placed.map(({ cell, look }) => ({ id: cells[cell]?.id ?? '', look })),
    hasLooked: findings.lint.hasLooked,
    rules: findings.lint.rules,
    outline: outlineOf(cells, knownFacts),
    words,
    go: index => {
      chosen = index;
      dialog.resolve();
    }
  });
  const dialog = new Dialog({
    title: words.__('Findings of this runbook'),
    body: new Widget({ node }),
    buttons: [Dialog.okButton({ label: words.__('Close') })]
  });
  dialog.addClass('lb-FindingsDialog');
  await dialog.launch();
  const place = chosen === null ? undefined : placed[chosen];
  if (place && !panel.isDisposed) {
    await findings.show(place.cell, place.look);
  }
}
