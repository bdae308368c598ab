// Keeps an execution that ended in the metadata of its cell: once, by the page that executed it, and after the journal has told
// how it ended where there is one. Two pages that wrote would save conflicting files.
import type { ICellModel } from '@jupyterlab/cells';
import {
  keptRecordsOf,
  recordOfAttempt,
  withoutRecords,
  withRecord
} from '../../contract/state/kept-executions.js';
import { METADATA_KEY, type TimingRecord } from '../../contract/notebook/notebook.js';
import type { StepState } from '../../contract/state/state.js';
import type { StateSource } from '../tokens.js';
import { cellTimingOf, type WatchedExecution } from './cell-timing.js';

/** How long the journal's end of an attempt may come after the reply, before the page's own times are kept. */
const JOURNAL_PATIENCE_MS = 1500;

export interface KeptWriterPort {
  modelOf(cell: string): ICellModel | undefined;
  stepOf(cell: string): StepState | undefined;
  watched(cell: string): WatchedExecution | undefined;
  /** Where the steps come from. */
  source(): StateSource;
  isEnabled(): boolean;
}

export class KeptWriter {
  constructor(private readonly port: KeptWriterPort) {}

  /** An execution of this page is over. */
  ended(cell: string): void {
    window.clearTimeout(this.unwritten.get(cell));
    const patienceMs = this.port.source() === 'kernel' ? JOURNAL_PATIENCE_MS : 0;
    this.unwritten.set(
      cell,
      window.setTimeout(() => this.write(cell), patienceMs)
    );
    this.journaled(cell);
  }

  /** The journal has a new record of this cell. */
  journaled(cell: string): void {
    const watched = this.port.watched(cell);
    const attempts = this.port.stepOf(cell)?.attempts ?? [];
    const isTold = watched && attempts.length > watched.attemptsBefore && attempts.at(-1)?.endedAt;
    if (this.unwritten.has(cell) && isTold) {
      this.write(cell);
    }
  }

  dispose(): void {
    this.unwritten.forEach(timer => window.clearTimeout(timer));
    this.unwritten.clear();
  }

  /** Executions that ended here and are not kept yet, with the timer that keeps them. */
  private readonly unwritten = new Map<string, number>();

  private write(cell: string): void {
    window.clearTimeout(this.unwritten.get(cell));
    this.unwritten.delete(cell);
    const model = this.port.modelOf(cell);
    const record = model && this.port.isEnabled() ? this.recordOf(model) : null;
    const value = record && model ? withRecord(model.getMetadata(METADATA_KEY), cell, record) : null;
    if (value && model) {
      model.setMetadata(METADATA_KEY, value);
    }
  }

  private recordOf(model: ICellModel): TimingRecord | null {
    const { id } = model;
    const step = this.port.stepOf(id);
    const watched = this.port.watched(id);
    const last = step?.attempts.at(-1);
    if (watched && step && last && step.attempts.length > watched.attemptsBefore) {
      return recordOfAttempt(last);
    }
    const timing = cellTimingOf(step, watched, keptRecordsOf(model.getMetadata(METADATA_KEY), id));
    // An execution of our kernel that is not in its journal did not happen.
    const isForeign = this.port.source() !== 'kernel' || timing?.status === 'aborted';
    const outcome = OUTCOMES[timing?.status ?? ''];
    return timing?.ended && outcome && isForeign
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

/** The outcome that is kept, by status. */
const OUTCOMES: { readonly [status: string]: TimingRecord['outcome'] } = {
  passed: 'passed',
  failed: 'failed',
  rejected: 'rejected',
  inconclusive: 'inconclusive',
  interrupted: 'inconclusive',
  aborted: 'aborted'
};

/** Takes the records out of these cells. */
export function removeRecords(models: readonly ICellModel[]): void {
  for (const model of models) {
    const value = withoutRecords(model.getMetadata(METADATA_KEY));
    if (value === undefined) {
      model.deleteMetadata(METADATA_KEY);
    } else if (value !== null) {
      model.setMetadata(METADATA_KEY, value);
    }
  }
}
