// Writes the remarks of one notebook, each between a cell's times and its outputs. Only cells whose remark is another one are touched.
import type { Cell } from '@jupyterlab/cells';
import type { CellList, NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { Widget, type PanelLayout } from '@lumino/widgets';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import { remarkLook, type RemarkLook } from './remark-look.js';

export interface StepRemarksParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel;
  readonly words: Words;
}

export class StepRemarks {
  constructor(private readonly parts: StepRemarksParts) {
    const { panel, run } = parts;
    run.changed.connect(this.refresh, this);
    void panel.context.ready.then(() => {
      if (!this.isDisposed) {
        panel.content.model?.cells.changed.connect(this.onCells, this);
      }
    });
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
  }

  private readonly widgets = new WeakMap<Cell, Widget>();
  /** What was written, by cell id. */
  private readonly drawn = new Map<string, RemarkLook>();
  private isDisposed = false;

  /** A cell that was moved, or whose type was changed, has a new widget, without its remark. */
  private onCells(_list: CellList, change: { readonly newValues: readonly { readonly id: string }[] }): void {
    change.newValues.forEach(cell => this.drawn.delete(cell.id));
    this.refresh();
  }

  private refresh(): void {
    const { panel, run, words } = this.parts;
    if (this.isDisposed || panel.isDisposed) {
      return;
    }
    const { state, outline } = run;
    const looks = new Map(
      Object.values(state.steps).flatMap((step): [string, RemarkLook][] => {
        const look = remarkLook(step, state, outline, words);
        return look ? [[step.id, look]] : [];
      })
    );
    const changed = [...new Set([...looks.keys(), ...this.drawn.keys()])].filter(
      id => looks.get(id)?.text !== this.drawn.get(id)?.text
    );
    if (changed.length > 0) {
      const steps = panel.content.widgets.filter(cell => cell.model.type === 'code');
      const cells = new Map(steps.map(cell => [cell.model.id, cell]));
      changed.forEach(id => this.draw(id, cells.get(id), looks.get(id)));
    }
  }

  private draw(id: string, cell: Cell | undefined, look: RemarkLook | undefined): void {
    if (!cell || cell.isDisposed || !look) {
      this.drawn.delete(id);
    }
    if (cell?.isPlaceholder()) {
      void cell.ready.then(() => this.refresh());
      return;
    }
    if (look && cell) {
      const widget = this.widgets.get(cell) ?? this.addTo(cell);
      widget.node.textContent = look.text;
      widget.node.dataset['tone'] = look.tone;
      widget.show();
      this.drawn.set(id, look);
    } else if (cell) {
      this.widgets.get(cell)?.hide();
    }
  }

  private addTo(cell: Cell): Widget {
    const widget = new Widget({ node: document.createElement('p') });
    widget.addClass('lb-Remark');
    const layout = cell.layout as PanelLayout;
    const output = layout.widgets.findIndex(each => each.hasClass('jp-Cell-outputWrapper'));
    layout.insertWidget(output < 0 ? layout.widgets.length : output, widget);
    this.widgets.set(cell, widget);
    return widget;
  }
}
