// The timestamps of one open notebook: which cells have a line, and when it is drawn anew.
// Nothing is made before a cell is ready and has something to tell, and nothing is written before an execution has ended.
import type { Cell, ICellModel } from '@jupyterlab/cells';
import type { CellList, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { PanelLayout } from '@lumino/widgets';
import type { JournalRecord } from '../../contract/journal.js';
import { METADATA_KEY, type TimingRecord } from '../../contract/notebook.js';
import { tickerOfPage } from '../ticker.js';
import type { TimeZone } from '../time-text.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../words.js';
import { cellTimingOf, recordOfAttempt, type WatchedExecution } from './cell-timing.js';
import type { ExecutionWatch, WatchChange } from './execution-watch.js';
import { keptRecordsOf, withRecord } from './kept-records.js';
import { TimingFooter } from './timing-footer.js';
import { timingLine } from './timing-line.js';

/** How long the journal's end of an attempt may come after the reply, before the page's own times are kept. */
const JOURNAL_PATIENCE_MS = 1500;

export interface TimingSettings {
  readonly enabled: boolean;
  readonly timeZone: TimeZone;
  readonly position: 'left' | 'right';
}

export interface NotebookTimingParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel | null;
  readonly watch: ExecutionWatch;
  readonly words: Words;
  settings(): TimingSettings;
}

export class NotebookTiming implements IDisposable {
  constructor(private readonly parts: NotebookTimingParts) {
    const { panel, run, watch } = parts;
    watch.changed.connect(this.onWatch, this);
    run?.advanced.connect(this.onRecord, this);
    run?.changed.connect(this.flush, this);
    panel.disposed.connect(() => this.dispose());
    void panel.context.ready.then(() => {
      if (!this.disposed) {
        panel.content.model?.cells.changed.connect(this.onCells, this);
        this.drawAll();
      }
    });
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Draws every line anew, for example after a change of the settings. */
  drawAll(): void {
    for (const cell of this.parts.panel.content.widgets) {
      void this.draw(cell);
    }
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      this.stopTicking?.();
      Signal.clearData(this);
    }
  }

  private readonly footers = new WeakMap<Cell, TimingFooter>();
  /** Cells whose duration grows. */
  private readonly moving = new Set<string>();
  private readonly stale = new Set<string>();
  /** Executions that ended here and whose journal record has not come yet. */
  private readonly unwritten = new Map<string, number>();
  private isAllStale = false;
  private stopTicking: (() => void) | null = null;
  private disposed = false;

  private onCells(_list: CellList, change: { readonly newValues: readonly ICellModel[] }): void {
    const ids = new Set(change.newValues.map(cell => cell.id));
    for (const cell of this.parts.panel.content.widgets) {
      if (ids.has(cell.model.id)) {
        void this.draw(cell);
      }
    }
  }

  private onWatch(_watch: ExecutionWatch, { notebook, cell, isOver }: WatchChange): void {
    const { content } = this.parts.panel;
    if (notebook.model !== content.model) {
      return;
    }
    // Another view of the same document draws too, but only the one that executed keeps the record.
    if (isOver && notebook === content) {
      this.unwritten.set(
        cell,
        window.setTimeout(
          () => this.write(cell),
          this.parts.run?.source === 'kernel' ? JOURNAL_PATIENCE_MS : 0
        )
      );
      this.writeWhenJournaled(cell);
    }
    this.drawById(cell);
  }

  private onRecord(_run: IRunModel, record: JournalRecord | null): void {
    if (record === null || record.kind === 'kernel-started' || record.kind === 'executor-replaced') {
      this.isAllStale = true;
    } else if ('step' in record && record.step !== null) {
      this.stale.add(record.step);
      if (record.kind === 'attempt-ended') {
        this.writeWhenJournaled(record.step);
      }
    } else if ('approval' in record || 'checklist' in record) {
      this.moving.forEach(cell => this.stale.add(cell));
    }
  }

  private flush(): void {
    if (this.isAllStale) {
      this.isAllStale = false;
      this.drawAll();
    } else {
      this.stale.forEach(cell => this.drawById(cell));
    }
    this.stale.clear();
  }

  private drawById(id: string): void {
    const cell = this.parts.panel.content.widgets.find(candidate => candidate.model.id === id);
    if (cell) {
      void this.draw(cell);
    }
  }

  private async draw(cell: Cell): Promise<void> {
    if (cell.model.type !== 'code') {
      return;
    }
    const settings = this.parts.settings();
    const timing = settings.enabled ? this.timingOf(cell) : null;
    const line =
      timing &&
      timingLine(timing, { zone: settings.timeZone, now: new Date().toISOString(), words: this.parts.words });
    this.setMoving(cell.model.id, line?.isMoving ?? false);
    if (!line) {
      this.footers.get(cell)?.hide();
      return;
    }
    await cell.ready;
    if (!cell.isDisposed) {
      const footer = this.footers.get(cell) ?? this.addFooter(cell);
      footer.show();
      footer.draw(line, settings.position);
    }
  }

  private timingOf(cell: Cell): ReturnType<typeof cellTimingOf> {
    const { run, panel } = this.parts;
    const { id } = cell.model;
    return cellTimingOf(
      run?.state.steps[id],
      this.watched(id, panel),
      keptRecordsOf(cell.model.getMetadata(METADATA_KEY), id)
    );
  }

  private watched(id: string, panel: NotebookPanel): WatchedExecution | undefined {
    return this.parts.watch.executionOf(panel.content.model, id);
  }

  /** Below the input: behind the header and the input, before the output. */
  private addFooter(cell: Cell): TimingFooter {
    const footer = new TimingFooter();
    (cell.layout as PanelLayout).insertWidget(2, footer);
    this.footers.set(cell, footer);
    return footer;
  }

  private setMoving(id: string, isMoving: boolean): void {
    if (isMoving) {
      this.moving.add(id);
      this.stopTicking ??= tickerOfPage().listen(() => this.moving.forEach(cell => this.drawById(cell)));
    } else {
      this.moving.delete(id);
      if (this.moving.size === 0) {
        this.stopTicking?.();
        this.stopTicking = null;
      }
    }
  }

  private writeWhenJournaled(cell: string): void {
    const { run, panel } = this.parts;
    const attempts = run?.state.steps[cell]?.attempts ?? [];
    const watched = this.watched(cell, panel);
    if (
      this.unwritten.has(cell) &&
      watched &&
      attempts.length > watched.attemptsBefore &&
      attempts.at(-1)?.endedAt
    ) {
      this.write(cell);
    }
  }

  /** Only the page that executed the cell writes, once an execution: two pages would save conflicting files. */
  private write(id: string): void {
    window.clearTimeout(this.unwritten.get(id));
    this.unwritten.delete(id);
    const cell = this.parts.panel.content.widgets.find(candidate => candidate.model.id === id);
    const record = this.disposed || !cell ? null : this.recordOf(cell);
    const value = record && cell ? withRecord(cell.model.getMetadata(METADATA_KEY), id, record) : null;
    if (value && cell && this.parts.settings().enabled) {
      cell.model.setMetadata(METADATA_KEY, value);
    }
  }

  private recordOf(cell: Cell): TimingRecord | null {
    const { run, panel } = this.parts;
    const attempts = run?.state.steps[cell.model.id]?.attempts ?? [];
    const watched = this.watched(cell.model.id, panel);
    const last = attempts.at(-1);
    if (watched && last && attempts.length > watched.attemptsBefore) {
      return recordOfAttempt(last);
    }
    const timing = this.timingOf(cell);
    if (!timing || !timing.ended || (run?.source === 'kernel' && timing.status !== 'aborted')) {
      return null;
    }
    const outcome = timing.status === 'interrupted' ? 'inconclusive' : timing.status;
    return outcome === 'passed' ||
      outcome === 'failed' ||
      outcome === 'rejected' ||
      outcome === 'inconclusive' ||
      outcome === 'aborted'
      ? {
          n: timing.attempt,
          queued: timing.queued,
          started: timing.started ?? timing.queued,
          ended: timing.ended,
          outcome,
          by: timing.by
        }
      : null;
  }
}
