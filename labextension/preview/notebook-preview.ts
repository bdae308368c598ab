// The one preview of a notebook: it follows the active cell and is there while that is a Markdown cell in its editor.
import { MarkdownCell, type Cell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { activeCellSettled } from '../page/cell/active-cell.js';
import type { Words } from '../page/words.js';
import { CellPreview } from './cell-preview.js';
import type { PreviewSettings } from './preview-settings.js';

export interface NotebookPreviewParts {
  readonly panel: NotebookPanel;
  readonly words: Words;
  settings(): PreviewSettings;
}

export class NotebookPreview {
  constructor(private readonly parts: NotebookPreviewParts) {
    const { panel } = parts;
    activeCellSettled(panel.content).connect(this.onActiveCell, this);
    this.onActiveCell(panel.content, panel.content.activeCell);
  }

  /** Settings changed. */
  apply(): void {
    const settings = this.parts.settings();
    this.preview?.setPlace(settings.place);
    this.refresh();
  }

  dispose(): void {
    this.isDisposed = true;
    this.close();
    Signal.clearData(this);
  }

  private cell: MarkdownCell | null = null;
  private preview: CellPreview | null = null;
  private isDisposed = false;

  private onActiveCell(_notebook: Notebook, active: Cell | null): void {
    const cell = active instanceof MarkdownCell ? active : null;
    if (cell !== this.cell) {
      this.close();
      this.cell?.renderedChanged.disconnect(this.refresh, this);
      this.cell = cell;
      cell?.renderedChanged.connect(this.refresh, this);
    }
    this.refresh();
  }

  private refresh(): void {
    const { cell, parts } = this;
    const isWanted =
      cell !== null && !cell.isDisposed && !cell.rendered && !cell.readOnly && parts.settings().enabled;
    if (!isWanted) {
      this.close();
    } else if (!this.preview) {
      void this.open(cell);
    }
  }

  /** A cell that is not drawn yet has no place for it. */
  private async open(cell: MarkdownCell): Promise<void> {
    await cell.ready;
    if (!this.isDisposed && !this.preview && cell === this.cell && !cell.isDisposed && !cell.rendered) {
      const { panel, words, settings } = this.parts;
      this.preview = new CellPreview({ cell, rendermime: panel.content.rendermime, words, settings });
    }
  }

  private close(): void {
    this.preview?.dispose();
    this.preview = null;
  }
}
