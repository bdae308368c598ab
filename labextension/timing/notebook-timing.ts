// The timestamps of one open notebook: which cells have a line, and when it is drawn again.
// Nothing is made before a cell is ready and has something to tell, and nothing is written before an execution has ended.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell, ICodeCellModel } from '@jupyterlab/cells';
import { NotebookActions, type CellList, type Notebook, type NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { StepStatus } from '../../contract/base/run.js';
import { METADATA_KEY } from '../../contract/notebook/notebook.js';
import { isCopied, keptRecordsOf } from '../../contract/state/kept-executions.js';
import { waitingSince } from '../../contract/state/phase-status.js';
import { toldStatus } from '../../contract/state/told-status.js';
import { GONE } from '../kernel/our-kernel.js';
import { addBelowInput } from '../page/cell/cell-layout.js';
import { DrawQueue, pageIdleTime } from '../page/draw-queue.js';
import { tickerOfPage } from '../page/ticker.js';
import type { Words } from '../page/words.js';
import type { IRunModel } from '../tokens.js';
import { cellTimingOf, type CellTiming } from './cell-timing.js';
import { coreTimingOf } from './core-timing.js';
import type { ExecutionWatch, WatchChange } from './execution-watch.js';
import { hasHiddenTimes } from './hidden-times.js';
import { KeptWriter, removeRecords } from './kept-writer.js';
import { TimingFooter } from './timing-footer.js';
import { timingLine, timingTitle } from './timing-line.js';
import type { TimingSettings } from './timing-settings.js';

const WORTH_A_LIGHT_MS = 2000;

export interface NotebookTimingParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel | null;
  readonly watch: ExecutionWatch;
  readonly words: Words;
  settings(): TimingSettings;
}

export class NotebookTiming {
  constructor(private readonly parts: NotebookTimingParts) {
    const { panel, run, watch } = parts;
    this.writer = new KeptWriter({
      modelOf: cell => this.cellOf(cell)?.model,
      stepOf: cell => run?.state.steps[cell],
      watched: cell => watch.executionOf(panel.content.model, cell),
      source: () => run?.source ?? 'none',
      isEnabled: () => parts.settings().enabled
    });
    watch.changed.connect(this.onWatch, this);
    run?.advanced.connect(this.onRecord, this);
    run?.changed.connect(this.onRun, this);
    NotebookActions.outputCleared.connect(this.onOutputCleared, this);
    panel.sessionContext.statusChanged.connect(this.onStatus, this);
    void panel.context.ready.then(() => {
      if (!this.isDisposed) {
        panel.content.model?.cells.changed.connect(this.onCells, this);
      }
    });
    void panel.revealed.then(() => {
      if (!this.isDisposed) {
        this.drawAll();
      }
    });
  }

  /** Draws every line again, for example after a change of the settings. */
  drawAll(): void {
    for (const { model } of this.parts.panel.content.widgets) {
      if (model.type === 'code') {
        this.unhurried.add(model.id);
      }
    }
  }

  /** What is known of the executions of a cell, or null when it never ran. `told`: how its step stands, where that is asked for. */
  timingOf(cell: Cell, told?: StepStatus | null): CellTiming | null {
    const { run, watch, panel } = this.parts;
    const { model } = cell;
    const ours = model.getMetadata(METADATA_KEY) as unknown;
    const core = isCopied(ours, model.id) ? null : (model.getMetadata('execution') as unknown);
    const timing = cellTimingOf(
      run?.state.steps[model.id],
      watch.executionOf(panel.content.model, model.id),
      keptRecordsOf(ours, model.id),
      core ? coreTimingOf(core, hasError(model as ICodeCellModel)) : null,
      told
    );
    const cleared = this.cleared.get(model.id);
    if (!timing || (cleared !== undefined && timing.queued <= cleared)) {
      return null;
    }
    const since = run && timing.status === 'waiting' ? waitingSince(run.state, model.id) : null;
    return since === null ? timing : { ...timing, waitingSince: since };
  }

  /** Why attempts of a cell did not pass, by their numbers; empty where no journal is known. */
  reasonsOf(cell: Cell): ReadonlyMap<number, string> {
    const attempts = this.parts.run?.state.steps[cell.model.id]?.attempts ?? [];
    return new Map(
      attempts.flatMap(({ attempt, error }) =>
        error === null ? [] : [[attempt, error.message.split('\n', 1)[0]!] as const]
      )
    );
  }

  /** Takes all times out of sight and out of the file. The journal keeps its own. */
  clear(cells: readonly Cell[]): void {
    const { model } = this.parts.panel.content;
    const now = new Date().toISOString();
    for (const { model: cell } of cells) {
      this.cleared.set(cell.id, now);
      this.queue.add(cell.id);
    }
    model?.sharedModel.transact(() => removeRecords(cells.map(cell => cell.model)));
  }

  dispose(): void {
    this.isDisposed = true;
    this.stopTicking?.();
    this.queue.dispose();
    this.unhurried.dispose();
    this.writer.dispose();
    Signal.clearData(this);
  }

  private readonly writer: KeptWriter;
  private readonly queue = new DrawQueue(cell => this.drawById(cell));
  /** For drawing that is not urgent: most cells have nothing to show, and most of the others are out of view. */
  private readonly unhurried = new DrawQueue(cell => this.drawById(cell), pageIdleTime);
  private readonly footers = new WeakMap<Cell, TimingFooter>();
  /** Cells whose duration grows. */
  private readonly moving = new Set<string>();
  /** Cells whose times were cleared, with the time of that: what was queued before is not shown. */
  private readonly cleared = new Map<string, string>();
  private cells: ReadonlyMap<string, Cell> | null = null;
  private stopTicking: (() => void) | null = null;
  /** How the step of each cell stood when its line was drawn. */
  private readonly shown = new Map<string, StepStatus | null>();
  private isDisposed = false;

  private onCells(_list: CellList, change: { readonly newValues: readonly { readonly id: string }[] }): void {
    this.cells = null;
    change.newValues.forEach(cell => this.queue.add(cell.id));
  }

  private onWatch(_watch: ExecutionWatch, { notebook, cell, isOver }: WatchChange): void {
    const { content } = this.parts.panel;
    if (notebook.model !== content.model) {
      return;
    }
    // Another view of the same document draws too, but only the one that executed keeps the record.
    if (isOver && notebook === content) {
      this.writer.ended(cell);
    }
    if (isOver && this.parts.settings().highlight) {
      this.flash(cell);
    }
    this.queue.add(cell);
  }

  /** Short executions do not light up: for a thousand of them the page would be drawn again in every frame. */
  private flash(id: string): void {
    const { watch, panel } = this.parts;
    const { started, ended } = watch.executionOf(panel.content.model, id) ?? {};
    const cell = this.cellOf(id);
    if (cell && started && ended && Date.parse(ended) - Date.parse(started) >= WORTH_A_LIGHT_MS) {
      this.footers.get(cell)?.flash();
    }
  }

  private onRecord(_run: IRunModel, record: JournalRecord | null): void {
    if (record === null || record.kind === 'kernel-started' || record.kind === 'executor-replaced') {
      this.drawAll();
    } else if ('step' in record && record.step !== null) {
      this.queue.add(record.step);
      if (record.kind === 'attempt-ended') {
        this.writer.journaled(record.step);
      }
    } else if ('approval' in record || 'checklist' in record) {
      this.moving.forEach(cell => this.queue.add(cell));
    }
  }

  /** What is done with one step may make others stale. */
  private onRun(): void {
    for (const [cell, told] of this.shown) {
      if (this.told(cell) !== told) {
        this.queue.add(cell);
      }
    }
  }

  /** How a step stands; null where no run is known. */
  private told(cell: string): StepStatus | null {
    const { run } = this.parts;
    return run && toldStatus(run.state, cell);
  }

  private onOutputCleared(_sender: unknown, { notebook, cell }: { notebook: Notebook; cell: Cell }): void {
    if (notebook === this.parts.panel.content && this.parts.settings().clearWithOutputs) {
      this.clear([cell]);
    }
  }

  /** JupyterLab reports no end for cells that ran when the kernel went away. */
  private onStatus(_context: ISessionContext, status: Kernel.Status): void {
    if (GONE.has(status)) {
      this.parts.watch.abandon(this.parts.panel.content);
    }
    if (status === 'restarting' && this.parts.settings().clearOnRestart) {
      this.clear(this.parts.panel.content.widgets.filter(cell => cell.model.type === 'code'));
    }
  }

  private cellOf(id: string): Cell | undefined {
    this.cells ??= new Map(this.parts.panel.content.widgets.map(cell => [cell.model.id, cell]));
    const cell = this.cells.get(id);
    return cell?.isDisposed ? undefined : cell;
  }

  private drawById(id: string): void {
    const cell = this.cellOf(id);
    this.shown.set(id, this.told(id));
    if (cell) {
      this.draw(cell);
    } else {
      this.setMoving(id, false);
    }
  }

  private draw(cell: Cell): void {
    const { words, settings } = this.parts;
    const { enabled, timeZone: zone, format, atLeastMs, position } = settings();
    if (cell.model.type !== 'code') {
      return;
    }
    const timing =
      enabled && !hasHiddenTimes(cell) ? this.timingOf(cell, this.shown.get(cell.model.id)) : null;
    const line =
      timing && timingLine(timing, { zone, format, atLeastMs, now: new Date().toISOString(), words });
    this.setMoving(cell.model.id, line?.isMoving ?? false);
    if (!line) {
      this.footers.get(cell)?.hide();
    } else if (cell.isPlaceholder()) {
      void cell.ready.then(() => this.queue.add(cell.model.id));
    } else {
      const footer = this.footers.get(cell) ?? this.addFooter(cell);
      footer.show();
      footer.draw(line, position);
    }
  }

  private addFooter(cell: Cell): TimingFooter {
    const footer = new TimingFooter(() => {
      const timing = this.timingOf(cell);
      return timing ? timingTitle(timing, new Date().toISOString(), this.parts.words) : '';
    });
    addBelowInput(cell, footer);
    this.footers.set(cell, footer);
    return footer;
  }

  private setMoving(id: string, isMoving: boolean): void {
    if (isMoving) {
      this.moving.add(id);
      this.stopTicking ??= tickerOfPage().listen(() => this.tick());
    } else if (this.moving.delete(id) && this.moving.size === 0) {
      this.stopTicking?.();
      this.stopTicking = null;
    }
  }

  private tick(): void {
    for (const id of this.moving) {
      const cell = this.cellOf(id);
      if (!cell || this.footers.get(cell)?.canBeSeen) {
        this.queue.add(id);
      }
    }
  }
}

function hasError({ outputs }: ICodeCellModel): boolean {
  for (let index = 0; index < outputs.length; index++) {
    if (outputs.get(index).type === 'error') {
      return true;
    }
  }
  return false;
}
