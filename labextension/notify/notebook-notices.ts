// Listens to one open notebook: its run's new records, its kernel's death, and its cells when the kernel keeps no journal.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell, ICodeCellModel } from '@jupyterlab/cells';
import { NotebookActions, type KernelError, type Notebook, type NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { METADATA_KEY } from '../../contract/notebook/notebook.js';
import { EMPTY_OUTLINE } from '../../contract/notebook/outline.js';
import { emptyRunState } from '../../contract/state/state.js';
import { lateAfterMs, latePhaseOf } from '../../contract/state/habits.js';
import type { HabitsChannel } from '../kernel/habits-channel.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import { CellBatch } from './cell-batch.js';
import {
  noticeOfBatch,
  noticeOfCell,
  noticeOfDeath,
  noticeOfStillRunning,
  noticeOfUnusual
} from './cell-notification-text.js';
import type { Notice, NoticeContext, NoticeSettings } from './notice.js';
import { noticeOf, stepTitle } from './notification-text.js';
import { choiceOf, settingsFor } from './notify-choice.js';
import { StillRunning } from './still-running.js';
import type { WaitingNotices } from './waiting-notices.js';

export interface NotebookNoticesParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel | null;
  readonly words: Words;
  settings(): NoticeSettings;
  tell(notice: Notice): void;
  /** How long the steps usually take. */
  readonly habits: HabitsChannel;
  /** What has been told of what waits. */
  readonly waiting: WaitingNotices;
}

export class NotebookNotices {
  constructor(private readonly parts: NotebookNoticesParts) {
    const { panel, run } = parts;
    run?.advanced.connect(this.onRecord, this);
    panel.sessionContext.statusChanged.connect(this.onStatus, this);
    NotebookActions.executionScheduled.connect(this.onScheduled, this);
    NotebookActions.executed.connect(this.onExecuted, this);
  }

  dispose(): void {
    this.endTimers();
    this.parts.waiting.endAll();
    Signal.clearData(this);
  }

  /** The person is where `isAt` says. */
  arrived(isAt: (cell: string | null) => boolean): void {
    this.parts.waiting.arrived(isAt);
  }

  private batch = new CellBatch();
  private cells: ReadonlyMap<string, Cell> = new Map();
  private readonly stillRunning = new StillRunning({
    afterMs: cell => {
      const { stillRunning, stillRunningMs } = this.context(cell).settings;
      return stillRunning ? stillRunningMs : null;
    },
    tell: cell => this.tellStillRunning(cell),
    setTimeout: (handle, ms) => window.setTimeout(handle, ms),
    clearTimeout: timer => window.clearTimeout(timer)
  });

  /** Steps that run, as long as their habit allows. */
  private readonly lateSteps = new StillRunning({
    afterMs: cell => lateAfterMs(this.parts.habits.habits.steps[cell]),
    tell: cell => this.tellUnusual(cell, cell),
    setTimeout: (handle, ms) => window.setTimeout(handle, ms),
    clearTimeout: timer => window.clearTimeout(timer)
  });
  /** The same for the phase, by the step of it that runs. */
  private readonly latePhases = new StillRunning({
    afterMs: cell => this.latePhase(cell)?.leftMs ?? null,
    tell: cell => this.tellUnusual(cell, this.latePhase(cell)?.id ?? cell),
    setTimeout: (handle, ms) => window.setTimeout(handle, ms),
    clearTimeout: timer => window.clearTimeout(timer)
  });
  /** Steps and phases of which it was told: once in a run of them. */
  private readonly toldLate = new Set<string>();

  private get timers(): readonly StillRunning[] {
    return [this.stillRunning, this.lateSteps, this.latePhases];
  }

  private endTimers(): void {
    this.timers.forEach(each => each.endAll());
  }

  private latePhase(cell: string): ReturnType<typeof latePhaseOf> {
    const { run, habits } = this.parts;
    return run && latePhaseOf(cell, run.state, run.outline, habits.habits);
  }

  /** Of a step, or of the phase of the step that runs. A step that waits for people is told as that. */
  private tellUnusual(cell: string, what: string): void {
    const { run, habits } = this.parts;
    if (!run || run.state.steps[cell]?.status !== 'running' || this.toldLate.has(what)) {
      return;
    }
    this.toldLate.add(what);
    const phase = what === cell ? null : this.latePhase(cell);
    const title = phase?.title ?? stepTitle(run.outline, cell);
    const usualMs = phase?.usualMs ?? habits.habits.steps[cell]?.usualMs ?? 0;
    this.tell(noticeOfUnusual({ cell, title, usualMs }, this.context(cell)));
  }

  private get hasJournal(): boolean {
    return this.parts.run?.source === 'kernel';
  }

  private onRecord(run: IRunModel, record: JournalRecord | null): void {
    if (run.source !== 'kernel') {
      return;
    }
    const step = record && 'step' in record ? record.step : null;
    this.tell(record && noticeOf(record, this.context(step)));
    this.parts.waiting.refresh(cell => this.context(cell));
    if (record === null) {
      return;
    }
    if (record.kind === 'attempt-started') {
      this.toldLate.delete(record.step);
      this.timers.forEach(each => each.began(record.step));
    } else if (record.kind === 'attempt-ended') {
      this.timers.forEach(each => each.ended(record.step));
    }
  }

  private onStatus(_context: ISessionContext, status: Kernel.Status): void {
    if (status === 'dead' || status === 'autorestarting') {
      this.tell(noticeOfDeath(status === 'autorestarting', this.context(null)));
    }
    if (status === 'dead' || status === 'autorestarting' || status === 'restarting') {
      this.endTimers();
      this.batch = new CellBatch();
    }
  }

  private onScheduled(
    _sender: unknown,
    { notebook, cell }: { readonly notebook: Notebook; readonly cell: Cell }
  ): void {
    const { content, sessionContext } = this.parts.panel;
    // Without a kernel nothing runs, although JupyterLab then tells of a success.
    const isOurs = notebook === content && cell.model.type === 'code' && sessionContext.session?.kernel;
    const isFirst = isOurs && this.batch.scheduled(cell.model.id, Date.now());
    if (isFirst && !this.hasJournal) {
      this.stillRunning.began(cell.model.id);
    }
  }

  private onExecuted(
    _sender: unknown,
    args: {
      readonly notebook: Notebook;
      readonly cell: Cell;
      readonly success: boolean;
      readonly error?: KernelError | null;
    }
  ): void {
    const { notebook, cell, success, error } = args;
    if (notebook !== this.parts.panel.content) {
      return;
    }
    this.dropDeleted();
    const { id } = cell.model;
    const over = this.batch.over(id, !success, Date.now());
    // For a run with a journal, its records say the same.
    if (!over || this.hasJournal) {
      return;
    }
    this.stillRunning.ended(id);
    if (over.next !== null) {
      this.stillRunning.began(over.next);
    }
    // There is no notification for a cell that was not run because an earlier one failed.
    if (success || error?.errorName) {
      const text = success ? null : `${error?.errorName ?? ''}: ${error?.errorValue ?? ''}`.slice(0, 200);
      const number = (cell.model as ICodeCellModel).executionCount;
      const told = { id, title: titleOf(cell), number, error: text, durationMs: over.durationMs };
      this.tell(noticeOfCell(told, this.context(id)));
    }
    this.tell(over.batch && noticeOfBatch(over.batch, this.context(null)));
  }

  private dropDeleted(): void {
    const deleted = this.parts.panel.content.model?.deletedCells ?? [];
    if (deleted.length > 0) {
      this.batch.keepOnly(new Set(this.parts.panel.content.widgets.map(cell => cell.model.id)));
    }
  }

  private tellStillRunning(id: string): void {
    const { run } = this.parts;
    const cell = this.cellOf(id);
    // For a step that waits for people there was a notification already.
    if (cell && (!this.hasJournal || run?.state.steps[id]?.status === 'running')) {
      const title = this.hasJournal && run ? stepTitle(run.outline, id) : titleOf(cell);
      this.tell(noticeOfStillRunning({ id, title }, this.context(id)));
    }
  }

  private tell(notice: Notice | null): void {
    if (notice) {
      this.parts.tell(notice);
    }
  }

  /** A cell that was moved has a new widget. */
  private cellOf(id: string): Cell | undefined {
    const known = this.cells.get(id);
    if (known && !known.isDisposed) {
      return known;
    }
    this.cells = new Map(this.parts.panel.content.widgets.map(cell => [cell.model.id, cell]));
    return this.cells.get(id);
  }

  /** With the settings as the person has changed them for this notebook and this cell. */
  private context(id: string | null): NoticeContext {
    const { run, panel, words } = this.parts;
    const { model } = panel.content;
    const cell = id === null ? undefined : this.cellOf(id);
    return {
      state: run?.state ?? emptyRunState(),
      outline: run?.outline ?? EMPTY_OUTLINE,
      notebook: panel.title.label,
      settings: settingsFor(
        this.parts.settings(),
        choiceOf(model?.getMetadata(METADATA_KEY)),
        choiceOf(cell?.model.getMetadata(METADATA_KEY))
      ),
      you: run?.session.you ?? null,
      words
    };
  }
}

function titleOf(cell: Cell): string {
  return cell.model.sharedModel.getSource().split('\n')[0]?.slice(0, 60) ?? '';
}
