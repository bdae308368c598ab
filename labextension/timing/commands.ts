// The commands of the timestamps: for the whole notebook, for one cell, and the list of a cell's attempts.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { Widget } from '@lumino/widgets';
import { loadPart } from '../page/load-part.js';
import type { Words } from '../page/words.js';
import { hasHiddenTimes, toggleTimes } from './hidden-times.js';
import type { NotebookTiming } from './notebook-timing.js';

export const TOGGLE = 'launchbook:toggle-timestamps';
const TOGGLE_CELL = 'launchbook:toggle-cell-timestamps';
const SHOW_ATTEMPTS = 'launchbook:show-attempts';
const REMOVE = 'launchbook:remove-timestamps';

export interface TimingCommandsParts {
  readonly app: JupyterFrontEnd;
  readonly tracker: INotebookTracker;
  readonly words: Words;
  timingOf(panel: NotebookPanel): NotebookTiming | undefined;
  isEnabled(): boolean;
  toggle(): Promise<void>;
}

/** Adds the commands; returns their ids for the palette. */
export function addTimingCommands(parts: TimingCommandsParts): readonly string[] {
  const { app, tracker, words } = parts;
  const describedBy = { args: { type: 'object', properties: {} } };
  const activeCell = (): Cell | null => {
    const cell = tracker.activeCell;
    return cell?.model.type === 'code' ? cell : null;
  };
  const timing = (): NotebookTiming | undefined =>
    tracker.currentWidget ? parts.timingOf(tracker.currentWidget) : undefined;
  const { commands } = app;

  commands.addCommand(TOGGLE, {
    label: words.__('Show Timestamps of Cells'),
    caption: words.__('Show or hide when each cell ran, how long it took, and who ran it'),
    isToggled: () => parts.isEnabled(),
    describedBy,
    execute: () => parts.toggle()
  });
  commands.addCommand(TOGGLE_CELL, {
    label: words.__('Show Timestamps of This Cell'),
    caption: words.__('Show or hide the times of the active cell alone'),
    isEnabled: () => activeCell() !== null,
    isToggled: () => {
      const cell = activeCell();
      return cell === null || !hasHiddenTimes(cell);
    },
    describedBy,
    execute: () => {
      const cell = activeCell();
      if (cell) {
        toggleTimes(cell);
        timing()?.drawAll();
      }
    }
  });
  commands.addCommand(SHOW_ATTEMPTS, {
    label: words.__('Show Attempts of This Cell'),
    caption: words.__(
      'List every attempt of the active cell: when, how long, how it ended, by whom, and why it did not pass'
    ),
    isEnabled: () => activeCell() !== null,
    describedBy,
    execute: async () => {
      const cell = activeCell();
      const known = cell && timing()?.timingOf(cell);
      const reasons = (cell && timing()?.reasonsOf(cell)) ?? new Map<number, string>();
      const { makeAttemptsTable } = await loadPart(() => import('./attempts-table.js'), words);
      const body = new Widget({ node: makeAttemptsTable(known ?? null, reasons, words) });
      await showDialog({
        title: words.__('Attempts of this cell'),
        body,
        buttons: [Dialog.okButton({ label: words.__('Close') })]
      });
    }
  });
  commands.addCommand(REMOVE, {
    label: words.__('Remove Timestamps From Notebook'),
    caption: words.__('Remove the times from the file; the journal of a run keeps them'),
    isEnabled: () => tracker.currentWidget !== null,
    describedBy,
    execute: async () => {
      const panel = tracker.currentWidget;
      const { button } = await showDialog({
        title: words.__('Remove the times from this notebook?'),
        body: words.__(
          'They disappear from the cells and from the file. The journal of a run keeps them; with another kernel they are lost.'
        ),
        buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: words.__('Remove') })],
        defaultButton: 0
      });
      if (panel && !panel.isDisposed && button.accept) {
        parts.timingOf(panel)?.clear(panel.content.widgets);
      }
    }
  });
  return [TOGGLE, TOGGLE_CELL, SHOW_ATTEMPTS, REMOVE];
}
