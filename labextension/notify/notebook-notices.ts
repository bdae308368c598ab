// Listens to one open notebook: its run's new records, its kernel's death, and its cells when the kernel keeps no journal.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import { NotebookActions, type KernelError, type Notebook, type NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { JournalRecord } from '../../contract/journal.js';
import { emptyRunState } from '../../contract/state.js';
import { EMPTY_OUTLINE } from '../../contract/outline.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../words.js';
import {
  noticeOf,
  noticeOfCell,
  noticeOfDeath,
  type Notice,
  type NoticeContext,
  type NoticeSettings
} from './notices.js';

export interface NotebookNoticesParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel | null;
  readonly words: Words;
  settings(): NoticeSettings;
  tell(notice: Notice): void;
  /** The hold no longer waits. */
  settled(hold: string): void;
}

export class NotebookNotices implements IDisposable {
  constructor(private readonly parts: NotebookNoticesParts) {
    const { panel, run } = parts;
    run?.advanced.connect(this.onRecord, this);
    panel.sessionContext.statusChanged.connect(this.onStatus, this);
    NotebookActions.executionScheduled.connect(this.onScheduled, this);
    NotebookActions.executed.connect(this.onExecuted, this);
    panel.disposed.connect(() => this.dispose());
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      Signal.clearData(this);
    }
  }

  private readonly scheduled = new Map<string, number>();
  private disposed = false;

  private onRecord(run: IRunModel, record: JournalRecord | null): void {
    if (record === null || run.source !== 'kernel') {
      return;
    }
    this.tell(noticeOf(record, this.context()));
    if (record.kind === 'approval-decided' || record.kind === 'approval-closed') {
      this.parts.settled(record.approval);
    } else if (record.kind === 'checklist-closed') {
      this.parts.settled(record.checklist);
    }
  }

  private onStatus(_context: ISessionContext, status: Kernel.Status): void {
    if (status === 'dead' || status === 'autorestarting') {
      this.tell(noticeOfDeath(status === 'autorestarting', this.context()));
    }
  }

  private onScheduled(
    _sender: unknown,
    { notebook, cell }: { readonly notebook: Notebook; readonly cell: Cell }
  ): void {
    if (notebook === this.parts.panel.content && cell.model.type === 'code') {
      this.scheduled.set(cell.model.id, Date.now());
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
    const since = this.scheduled.get(cell.model.id);
    if (notebook !== this.parts.panel.content || since === undefined) {
      return;
    }
    this.scheduled.delete(cell.model.id);
    // A run with a journal tells the same by its records; a cell that was not run because an earlier one failed tells nothing.
    if (this.parts.run?.source === 'kernel' || (!success && !error?.errorName)) {
      return;
    }
    const title = cell.model.sharedModel.getSource().split('\n')[0]?.slice(0, 60) ?? '';
    const text = success ? null : `${error?.errorName ?? ''}: ${error?.errorValue ?? ''}`.slice(0, 200);
    this.tell(
      noticeOfCell({ id: cell.model.id, title, error: text, durationMs: Date.now() - since }, this.context())
    );
  }

  private tell(notice: Notice | null): void {
    if (notice) {
      this.parts.tell(notice);
    }
  }

  private context(): NoticeContext {
    const { run, panel, words } = this.parts;
    return {
      state: run?.state ?? emptyRunState(),
      outline: run?.outline ?? EMPTY_OUTLINE,
      notebook: panel.title.label,
      settings: this.parts.settings(),
      words
    };
  }
}
