// The guard rails of one open notebook: its banner, the mark by which keys lead to the commands that ask, and the remark below a cell
// whose text is no longer what passed.
import type { Cell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { METADATA_KEY, runIn } from '../../contract/notebook/notebook.js';
import { OwnKernelOnly } from '../kernel/own-kernel.js';
import { activeCellSettled } from '../page/cell/active-cell.js';
import { addBelowInput } from '../page/cell/cell-layout.js';
import { makeElement } from '../page/element.js';
import { sha256 } from '../page/sha256.js';
import type { Words } from '../page/words.js';
import type { IRunModel } from '../tokens.js';
import { bannerLook } from './banner-look.js';
import { Banner } from './banner.js';
import { phasesIcon } from '../page/phases-icon.js';
import { editedStepText } from './edited-step.js';
import { markTab } from './run-tab.js';

const GUARDED = 'lb-mod-guarded';
const DEBOUNCE_MS = 300;

export interface NotebookGuardParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel;
  readonly words: Words;
  isEnabled(): boolean;
}

export class NotebookGuard {
  constructor(private readonly parts: NotebookGuardParts) {
    const { panel, run, words } = parts;
    this.banner = new Banner(words);
    panel.contentHeader.addWidget(this.banner);
    this.kernel = new OwnKernelOnly(panel.sessionContext, {
      isRun: () => run.run !== null,
      runOfDocument: () => runIn(panel.context.model.getMetadata(METADATA_KEY))?.id ?? null,
      changed: () => this.refresh()
    });
    run.changed.connect(this.refresh, this);
    activeCellSettled(panel.content).connect(this.onActiveCell, this);
    void panel.context.ready.then(() => {
      if (!this.isDisposed) {
        this.kernel.check();
        this.refresh();
        this.onActiveCell(panel.content, panel.content.activeCell);
      }
    });
  }

  /** The run or the settings changed. */
  refresh(): void {
    const { panel, run, words, isEnabled } = this.parts;
    if (this.isDisposed || panel.isDisposed) {
      return;
    }
    const { foreign } = this.kernel;
    const isShown = isEnabled() || foreign !== null;
    const look = bannerLook(run.run, run.state, run.session, words, foreign);
    this.banner.draw(isShown ? look : null);
    if (run.run && look) {
      markTab(panel.title, run.run, look.tone, phasesIcon);
    }
    panel.content.toggleClass(GUARDED, isShown && (run.run !== null || run.source === 'kernel'));
    // A step that runs again without being the active cell loses its remark too.
    [this.active, ...this.remarked].forEach(cell => void this.remark(cell));
  }

  dispose(): void {
    this.isDisposed = true;
    window.clearTimeout(this.timer);
    this.kernel.dispose();
    Signal.clearData(this);
  }

  private readonly banner: Banner;
  private readonly kernel: OwnKernelOnly;
  private readonly remarks = new WeakMap<Cell, Widget>();
  /** Cells that show a remark. */
  private readonly remarked = new Set<Cell>();
  private active: Cell | null = null;
  private timer = 0;
  private isDisposed = false;

  private onActiveCell(_notebook: Notebook, cell: Cell | null): void {
    if (this.active && !this.active.isDisposed) {
      this.active.model.contentChanged.disconnect(this.onContent, this);
    }
    this.active = cell?.model.type === 'code' ? cell : null;
    this.active?.model.contentChanged.connect(this.onContent, this);
    void this.remark(this.active);
  }

  private onContent(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.remark(this.active), DEBOUNCE_MS);
  }

  private async remark(cell: Cell | null): Promise<void> {
    const { run, words, isEnabled } = this.parts;
    if (!cell) {
      return;
    }
    if (cell.isDisposed || !run.run || run.state.steps[cell.model.id]?.status !== 'passed') {
      this.remarked.delete(cell);
      this.remarks.get(cell)?.hide();
      return;
    }
    const { id } = cell.model;
    const hash = await sha256(cell.model.sharedModel.getSource());
    if (this.isDisposed || cell.isDisposed) {
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
    if (text === '') {
      this.remarked.delete(cell);
    } else {
      this.remarked.add(cell);
    }
  }

  private addRemark(cell: Cell): Widget {
    const remark = new Widget({ node: makeElement('p', { attributes: { role: 'status' } }) });
    remark.addClass('lb-Edited');
    remark.node.dataset['tone'] = 'attention';
    addBelowInput(cell, remark);
    this.remarks.set(cell, remark);
    return remark;
  }
}
