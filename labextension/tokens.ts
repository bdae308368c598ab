// What the plugins of this extension share: the run that belongs to each open notebook.
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { ApprovalState, ChecklistState } from '../contract/hold.js';
import type { JournalRecord } from '../contract/journal.js';
import type { Outline } from '../contract/outline.js';
import type { RunInfo } from '../contract/run.js';
import type { RunState } from '../contract/state.js';

/**
 * Where a state comes from. `kernel`: live, decisions can be taken. `journal`: read from the file, no kernel of ours runs.
 * `none`: nothing is known.
 */
export type StateSource = 'none' | 'journal' | 'kernel';

/** The run of one open notebook, as this page knows it. */
export interface IRunModel {
  readonly state: RunState;
  readonly source: StateSource;
  /** From the kernel's state, else from the notebook's metadata; null in a scratch notebook. */
  readonly run: RunInfo | null;
  /** The outline of the open document, which may be newer than the one in the journal. */
  readonly outline: Outline;
  /** Emitted at most once per animation frame: for views. */
  readonly changed: ISignal<IRunModel, void>;
  /** Emitted at once for every new record, and with null when the whole state was replaced: for effects. */
  readonly advanced: ISignal<IRunModel, JournalRecord | null>;
  /** Settles with the kernel's answer. */
  decide(approval: ApprovalState, decision: 'approved' | 'rejected', comment: string): Promise<void>;
  tick(checklist: ChecklistState, item: number, isTicked: boolean): Promise<void>;
  /** The decision that this page sent and that no record has confirmed yet. */
  sentDecision(approval: string): 'approved' | 'rejected' | null;
  sentTick(checklist: string, item: number): boolean | null;
}

/** Finds the run of a notebook. */
export interface IRunRegistry {
  runOf(panel: NotebookPanel): IRunModel;
}

export const IRunRegistry = new Token<IRunRegistry>(
  'launchbook:IRunRegistry',
  'The run that belongs to each open notebook: its state, and the way to decide on its approvals.'
);
