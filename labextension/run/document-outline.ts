// The outline of the open document, kept up to date without reading the cells on every output:
// only changes of the list of cells and of sources count.
import type { ICellModel } from '@jupyterlab/cells';
import type { CellList, INotebookModel } from '@jupyterlab/notebook';
import type { IObservableList } from '@jupyterlab/observables';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { EMPTY_OUTLINE, isSameOutline, outlineOf, type Outline } from '../../contract/outline.js';

const DEBOUNCE_MS = 300;

export interface DocumentOutlinePort {
  outlineChanged(outline: Outline): void;
  /** The metadata of some cell changed: a timing record was kept. */
  metadataChanged(): void;
}

export class DocumentOutline implements IDisposable {
  constructor(
    private readonly model: INotebookModel,
    private readonly port: DocumentOutlinePort
  ) {
    model.cells.changed.connect(this.onCells, this);
    for (const cell of model.cells) {
      this.watch(cell);
    }
    this.refresh();
  }

  get current(): Outline {
    return this.outline;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      window.clearTimeout(this.timer);
      Signal.clearData(this);
    }
  }

  private outline: Outline = EMPTY_OUTLINE;
  private disposed = false;
  private timer = 0;

  private onCells(_list: CellList, change: IObservableList.IChangedArgs<ICellModel>): void {
    change.newValues.forEach(cell => this.watch(cell));
    this.schedule();
  }

  private watch(cell: ICellModel): void {
    cell.sharedModel.changed.connect(this.onCell, this);
  }

  private onCell(
    _cell: unknown,
    change: { readonly sourceChange?: unknown; readonly metadataChange?: unknown }
  ): void {
    if (change.sourceChange) {
      this.schedule();
    }
    if (change.metadataChange) {
      this.port.metadataChanged();
    }
  }

  private schedule(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.refresh(), DEBOUNCE_MS);
  }

  private refresh(): void {
    const cells = [...this.model.cells].map(cell => ({
      id: cell.id,
      cell_type: cell.type,
      source: cell.sharedModel.getSource()
    }));
    const outline = outlineOf(cells);
    if (!isSameOutline(outline, this.outline)) {
      this.outline = outline;
      this.port.outlineChanged(outline);
    }
  }
}
