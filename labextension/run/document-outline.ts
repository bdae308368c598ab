// The outline of the open document, kept up to date without reading the cells on every output:
// only changes of the list of cells and of sources count. It is not made before somebody asks, so that a notebook opens faster. Where the
// hold points are, the kernel says: until it has, they are unknown.
import type { ICellModel } from '@jupyterlab/cells';
import type { CellList, INotebookModel } from '@jupyterlab/notebook';
import type { IObservableList } from '@jupyterlab/observables';
import { Signal } from '@lumino/signaling';
import { factsLearned, knownFacts } from '../kernel/known-facts.js';
import { TextHashes, type CellHashes, type HashedCell } from './text-hashes.js';
import { outlineCells } from './outline-cells.js';
import { isSameOutline, outlineOf, type Outline } from '../../contract/notebook/outline.js';

const DEBOUNCE_MS = 300;

export interface DocumentOutlinePort {
  outlineChanged(): void;
  /** Only then are texts hashed: a notebook without a kernel of ours costs nothing. */
  isConnected(): boolean;
  /** Asks the kernel for the facts of texts. Resolves when they are known, or the kernel has not told them for a while. */
  learn(texts: readonly string[]): Promise<void>;
  /** Outline or texts changed: what the kernel is told. */
  sourcesChanged(outline: Outline, sources: { readonly sources?: CellHashes }): void;
  /** The metadata of some cell changed: a timing record was kept. */
  metadataChanged(): void;
}

export class DocumentOutline {
  constructor(
    private readonly model: INotebookModel,
    private readonly port: DocumentOutlinePort
  ) {
    model.cells.changed.connect(this.onCells, this);
    factsLearned.connect(this.onFacts, this);
    for (const cell of model.cells) {
      this.watch(cell);
    }
  }

  get current(): Outline {
    this.outline ??= outlineOf(outlineCells(this.model.cells), knownFacts);
    return this.outline;
  }

  /** The texts of the cells as they are now, by cell id. */
  texts(): { readonly [cell: string]: string } {
    return Object.fromEntries([...this.model.cells].map(cell => [cell.id, cell.sharedModel.getSource()]));
  }

  dispose(): void {
    this.isDisposed = true;
    window.clearTimeout(this.timer);
    Signal.clearData(this);
  }

  /** Tells the kernel everything, because it is a new one. */
  retell(): void {
    this.told = '';
    void this.refresh();
  }

  private readonly hashes = globalThis.crypto?.subtle ? new TextHashes() : null;
  private turn = 0;
  private told = '';
  /** Null until somebody has asked. */
  private outline: Outline | null = null;
  private isDisposed = false;
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
    change: { readonly sourceChange?: unknown; readonly metadataChange?: ReadonlyMap<string, unknown> }
  ): void {
    if (change.sourceChange || change.metadataChange?.has('tags')) {
      this.schedule();
    }
    if (change.metadataChange) {
      this.port.metadataChanged();
    }
  }

  private onFacts(): void {
    if (this.outline?.phases.some(({ steps }) => steps.some(({ isUnknown }) => isUnknown))) {
      void this.show(++this.turn);
    }
  }

  private schedule(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refresh(), DEBOUNCE_MS);
  }

  /** What is known is not shown as unknown for a moment whenever a text is edited: the kernel is asked first. */
  private async refresh(): Promise<void> {
    const turn = ++this.turn;
    if (this.port.isConnected()) {
      const code = outlineCells(this.model.cells).filter(cell => cell.cell_type === 'code');
      await this.port.learn(code.map(({ source }) => source));
    }
    await this.show(turn);
  }

  private async show(turn: number): Promise<void> {
    if (turn !== this.turn || this.isDisposed) {
      return;
    }
    const cells = outlineCells(this.model.cells);
    const outline = outlineOf(cells, knownFacts);
    if (!this.outline || !isSameOutline(outline, this.outline)) {
      this.outline = outline;
      this.port.outlineChanged();
    }
    await this.tell(turn, outline, cells);
  }

  /** Pages that were not opened over a secure connection cannot hash; the kernel then reads the file. */
  private async tell(turn: number, outline: Outline, cells: readonly HashedCell[]): Promise<void> {
    if (!this.port.isConnected()) {
      return;
    }
    const sources = this.hashes ? { sources: await this.hashes.of(cells) } : {};
    const told = JSON.stringify([outline, sources]);
    if (turn === this.turn && !this.isDisposed && told !== this.told) {
      this.told = told;
      this.port.sourcesChanged(outline, sources);
    }
  }
}
