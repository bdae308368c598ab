// The guard rails of one open notebook: its banner, the mark by which keys lead to the commands that ask, and the remark below a cell
// whose text is no longer what passed.
import type { Cell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { Widget, type PanelLayout } from '@lumino/widgets';
import { makeElement } from '../element.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../words.js';
import { bannerLook } from './banner-look.js';
import { Banner } from './banner.js';
import { editedStepText } from './edited-step.js';
import { sha256 } from '../sha256.js';

const GUARDED = 'lb-mod-guarded';
/** Behind the cell's header and its input. */
const PLACE_IN_CELL = 2;
const DEBOUNCE_MS = 300;

export interface NotebookGuardParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel;
  readonly words: Words;
  isEnabled(): boolean;
}

export class NotebookGuard implements IDisposable {
  constructor(private readonly parts: NotebookGuardParts) {
    const { panel, run, words } = parts;
    this.banner = new Banner(words);
    panel.contentHeader.addWidget(this.banner);
    run.changed.connect(this.refresh, this);
    panel.content.activeCellChanged.connect(this.onActiveCell, this);
    panel.disposed.connect(() => this.dispose());
    void panel.context.ready.then(() => {
      if (!this.disposed) {
        this.refresh();
        this.onActiveCell(panel.content, panel.content.activeCell);
      }
    });
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** The run or the settings changed. */
  refresh(): void {
    const { panel, run, words, isEnabled } = this.parts;
    if (this.disposed || panel.isDisposed) {
      return;
    }
    this.banner.draw(isEnabled() ? bannerLook(run.run, run.state, run.session, words) : null);
    panel.content.toggleClass(GUARDED, isEnabled() && (run.run !== null || run.source === 'kernel'));
    void this.remark();
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      window.clearTimeout(this.timer);
      Signal.clearData(this);
    }
  }

  private readonly banner: Banner;
  private readonly remarks = new WeakMap<Cell, Widget>();
  private active: Cell | null = null;
  private timer = 0;
  private disposed = false;

  private onActiveCell(_notebook: Notebook, cell: Cell | null): void {
    if (this.active && !this.active.isDisposed) {
      this.active.model.contentChanged.disconnect(this.onContent, this);
    }
    this.active = cell?.model.type === 'code' ? cell : null;
    this.active?.model.contentChanged.connect(this.onContent, this);
    void this.remark();
  }

  private onContent(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.remark(), DEBOUNCE_MS);
  }

  private async remark(): Promise<void> {
    const { run, words, isEnabled } = this.parts;
    const cell = this.active;
    if (!cell || cell.isDisposed || !run.run || run.state.steps[cell.model.id]?.status !== 'passed') {
      if (cell) {
        this.remarks.get(cell)?.hide();
      }
      return;
    }
    const { id } = cell.model;
    const hash = await sha256(cell.model.sharedModel.getSource());
    if (this.disposed || cell.isDisposed) {
      return;
    }
    const text = isEnabled() ? editedStepText({ id, hash }, run.state, run.outline, words) : '';
    if (text !== '' || this.remarks.has(cell)) {
      this.draw(cell, text);
    }
  }

  private draw(cell: Cell, text: string): void {
    const remark = this.remarks.get(cell) ?? this.addRemark(cell);
    if (remark.node.textContent !== text) {
      remark.node.textContent = text;
    }
    remark.setHidden(text === '');
  }

  private addRemark(cell: Cell): Widget {
    const remark = new Widget({ node: makeElement('p', { attributes: { role: 'status' } }) });
    remark.addClass('lb-Edited');
    remark.node.dataset['tone'] = 'attention';
    (cell.layout as PanelLayout).insertWidget(PLACE_IN_CELL, remark);
    this.remarks.set(cell, remark);
    return remark;
  }
}
