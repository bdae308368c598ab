// Where a cell shows what this extension adds to it. What is added is a widget of the cell's own layout, so that a windowed notebook
// attaches and detaches it.
import type { Cell } from '@jupyterlab/cells';
import type { PanelLayout, Widget } from '@lumino/widgets';

/** The index after the cell's header and its input. */
const BELOW_INPUT = 2;

/** Adds the widget directly below the input of the cell. */
export function addBelowInput(cell: Cell, widget: Widget): void {
  (cell.layout as PanelLayout).insertWidget(BELOW_INPUT, widget);
}

/** Adds the widget above the outputs of the cell, below everything else that was added to it. */
export function addAboveOutputs(cell: Cell, widget: Widget): void {
  const layout = cell.layout as PanelLayout;
  const output = layout.widgets.findIndex(each => each.hasClass('jp-Cell-outputWrapper'));
  layout.insertWidget(output < 0 ? layout.widgets.length : output, widget);
}
