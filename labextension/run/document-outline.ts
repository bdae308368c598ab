// The outline of the open document, kept up to date without reading the cells on every output:
// only changes of the list of cells and of sources count. It is first made when somebody asks: a notebook that is opened has other work.
import type { ICellModel } from '@jupyterlab/cells';
import type { CellList, INotebookModel } from '@jupyterlab/notebook';
import type { IObservableList } from '@jupyterlab/observables';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { TextHashes, type CellHashes, type HashedCell } from './text-hashes.js';
import { isSameOutline, outlineOf, type Outline, type OutlineCell } from '../../contract/outline.js';

const DEBOUNCE_MS = 300;

export interface DocumentOutlinePort {
  outlineChanged(): void;
  /** Only then are texts hashed: a notebook without a kernel of ours costs nothing. */
  isConnected(): boolean;
  /** Outline or texts changed: what the kernel is told. */
  sourcesChanged(outline: Outline, sources: { readonly sources?: CellHashes }): void;
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
  }

  get current(): Outline {
    this.outline ??= outlineOf(this.cells());
    return this.outline;
  }

  /** The texts of the cells as they are now, by cell id. */
  texts(): { readonly [cell: string]: string } {
    return Object.fromEntries([...this.model.cells].map(cell => [cell.id, cell.sharedModel.getSource()]));
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

  /** Tells the kernel everything, because it is a new one. */
  retell(): void {
    this.told = '';
    this.refresh();
  }

  private readonly hashes = globalThis.crypto?.subtle ? new TextHashes() : null;
  private turn = 0;
  private told = '';
  /** Null until somebody has asked. */
  private outline: Outline | null = null;
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
    const cells = this.cells();
    const outline = outlineOf(cells);
    if (!this.outline || !isSameOutline(outline, this.outline)) {
      this.outline = outline;
      this.port.outlineChanged();
    }
    void this.tell(outline, cells);
  }

  private cells(): (OutlineCell & HashedCell)[] {
    return [...this.model.cells].map(cell => ({
      id: cell.id,
      cell_type: cell.type,
      source: cell.sharedModel.getSource()
    }));
  }

  /** Pages that were not opened over a secure connection cannot hash; the kernel then reads the file. */
  private async tell(outline: Outline, cells: readonly HashedCell[]): Promise<void> {
    const turn = ++this.turn;
    if (!this.port.isConnected()) {
      return;
    }
    const sources = this.hashes ? { sources: await this.hashes.of(cells) } : {};
    const told = JSON.stringify([outline, sources]);
    if (turn === this.turn && !this.disposed && told !== this.told) {
      this.told = told;
      this.port.sourcesChanged(outline, sources);
    }
  }
}
