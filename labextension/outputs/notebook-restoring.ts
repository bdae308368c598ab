// The outputs of one open notebook: what the cells printed while this page was not connected, or print for another page, is put into
// them in order, without a gap and without a duplicate. Cells that this page executes get their outputs from the kernel as always. In
// a document that several pages share, one page alone does this.
import type { ICodeCellModel } from '@jupyterlab/cells';
import { NotebookActions, type Notebook, type NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { METADATA_KEY } from '../../contract/notebook/notebook.js';
import type { OutputSpan } from '../../contract/notebook/output.js';
import { lastAttemptOf } from '../../contract/state/state.js';
import { keptRecordsOf } from '../../contract/state/kept-executions.js';
import type { IRunModel } from '../tokens.js';
import { missingOutputs, type ShownOutputs } from './missing-outputs.js';
import { OutputsChannel } from './outputs-channel.js';
import { ShownAttempt } from './shown-attempt.js';

/** How long after a new connection the replies to this page's own cells may come. */
const REPLY_PATIENCE_MS = 3000;

export interface NotebookRestoringParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel;
  /** True when no other page is connected to the kernel of this notebook. */
  isAlone(): Promise<boolean>;
}

type Executed = { readonly notebook: Notebook; readonly cell: { readonly model: { readonly id: string } } };

export class NotebookRestoring {
  constructor(private readonly parts: NotebookRestoringParts) {
    const { panel, run } = parts;
    NotebookActions.executionScheduled.connect(this.onScheduled, this);
    NotebookActions.executed.connect(this.onExecuted, this);
    run.advanced.connect(this.onRecord, this);
    run.writerChanged.connect(this.askForAll, this);
    void panel.context.ready.then(() => {
      if (!this.isDisposed) {
        this.channel = new OutputsChannel(panel.sessionContext, {
          received: spans => this.receive(spans),
          connected: () => {
            this.askForAll();
            window.setTimeout(() => this.giveUpWaiting(), REPLY_PATIENCE_MS);
          }
        });
      }
    });
  }

  dispose(): void {
    this.isDisposed = true;
    this.channel?.dispose();
    Signal.clearData(this);
  }

  private channel: OutputsChannel | null = null;
  private isDisposed = false;
  /** Cells that this page executes, from the moment they are scheduled, with the number of their last attempt before. */
  private readonly own = new Map<string, number>();
  /** The last attempt of each cell that began, or had not ended yet, while this page was here. */
  private readonly seen = new Map<string, number>();
  private readonly shown = new Map<string, ShownOutputs | ShownAttempt>();
  private alone: Promise<boolean> = Promise.resolve(true);

  private onScheduled(_sender: unknown, { notebook, cell }: Executed): void {
    if (notebook.model === this.parts.panel.content.model) {
      const { id } = cell.model;
      this.own.set(id, lastAttemptOf(this.parts.run.state, id)?.attempt ?? 0);
    }
  }

  private onExecuted(_sender: unknown, { notebook, cell }: Executed): void {
    if (notebook.model === this.parts.panel.content.model) {
      this.own.delete(cell.model.id);
    }
  }

  private onRecord(_run: IRunModel, record: JournalRecord | null): void {
    if (record === null) {
      this.seeRunning();
      this.askForAll();
    } else if (record.kind === 'attempt-started') {
      const { step, attempt } = record;
      this.seen.set(step, attempt);
      if (this.own.has(step)) {
        this.shown.set(step, { attempt, upTo: 'all' });
      } else {
        this.ask([step]);
      }
    } else if (record.kind === 'attempt-ended') {
      this.change(() => this.settle(record.step));
    } else if (record.kind === 'executor-replaced' || record.kind === 'kernel-started') {
      this.change(() => [...this.shown.keys()].forEach(step => this.settle(step)));
    }
  }

  /** Attempts that run when this page comes: how many outputs they will have nobody has told it. */
  private seeRunning(): void {
    const { state } = this.parts.run;
    for (const step of Object.keys(state.steps)) {
      const last = lastAttemptOf(state, step);
      if (last?.endedAt === null) {
        this.seen.set(step, last.attempt);
      }
    }
  }

  private askForAll(): void {
    if (this.canAsk) {
      this.ask([...this.codeCells().keys()]);
    }
  }

  private get canAsk(): boolean {
    return this.parts.run.source === 'kernel' && this.channel?.isConnected === true;
  }

  private ask(steps: readonly string[]): void {
    const { run } = this.parts;
    if (!this.channel || !this.canAsk || steps.length === 0) {
      return;
    }
    const cells = this.codeCells();
    const wanted = missingOutputs(
      run.state,
      steps.filter(step => cells.has(step) && run.writes(step)),
      {
        shown: step => this.shown.get(step),
        hasSeen: (step, attempt) => this.seen.get(step) === attempt,
        isOwn: step => this.own.has(step),
        keptAttempt: step => keptRecordsOf(cells.get(step)?.getMetadata(METADATA_KEY), step).at(-1)?.n ?? 0
      }
    );
    if (wanted.length > 0) {
      this.alone = this.parts.isAlone().catch(() => true);
      this.channel.follow(wanted);
    }
  }

  /** Cells of this page that ended while the connection was cut: their reply is lost, and maybe more. */
  private giveUpWaiting(): void {
    const { state } = this.parts.run;
    const lost = [...this.own].flatMap(([step, before]) => {
      const last = lastAttemptOf(state, step);
      return last && last.attempt > before && last.endedAt ? [step] : [];
    });
    if (!this.isDisposed) {
      lost.forEach(step => this.own.delete(step) && this.shown.delete(step));
      this.ask(lost);
    }
  }

  private receive(spans: readonly OutputSpan[]): void {
    const cells = this.codeCells();
    this.change(() => {
      for (const span of spans) {
        const cell = cells.get(span.step);
        if (cell && !this.own.has(span.step) && this.parts.run.writes(span.step)) {
          this.show(cell, span);
        }
      }
    });
  }

  /** Changes the document. Where another page is open too, that one saves: a second one that saves would overwrite it. */
  private change(apply: () => void): void {
    const { model } = this.parts.panel.context;
    const wasDirty = model.dirty;
    apply();
    if (!wasDirty && model.dirty) {
      void this.alone.then(isAlone => {
        if (!isAlone && !this.isDisposed) {
          model.dirty = false;
        }
      });
    }
  }

  private show(cell: ICodeCellModel, span: OutputSpan): void {
    const known = this.shown.get(span.step);
    const isKnown = known instanceof ShownAttempt && known.attempt === span.attempt;
    const isOlder = known !== undefined && known.attempt > span.attempt;
    if (isOlder || (!isKnown && (known?.attempt === span.attempt || span.from > 0))) {
      return;
    }
    const shown = isKnown ? known : new ShownAttempt(cell, span.attempt);
    this.shown.set(span.step, shown);
    shown.show(span);
    this.settle(span.step);
  }

  /** The prompt tells whether the cell runs, and the number of its last attempt. */
  private settle(step: string): void {
    const last = lastAttemptOf(this.parts.run.state, step);
    const shown = this.shown.get(step);
    if (!last || !(shown instanceof ShownAttempt) || shown.attempt !== last.attempt) {
      return;
    }
    const cell = this.codeCells().get(step);
    if (!cell) {
      return;
    }
    const [count, state] =
      last.endedAt === null ? [null, 'running' as const] : [last.executionCount, 'idle' as const];
    if (cell.executionCount !== count) {
      cell.executionCount = count;
    }
    if (cell.executionState !== state) {
      cell.executionState = state;
    }
  }

  private codeCells(): Map<string, ICodeCellModel> {
    const cells = new Map<string, ICodeCellModel>();
    for (const cell of this.parts.panel.context.model.cells) {
      if (cell.type === 'code') {
        cells.set(cell.id, cell as ICodeCellModel);
      }
    }
    return cells;
  }
}
