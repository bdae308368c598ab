// What the plugins of this extension share: the run that belongs to each open notebook.
import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { AnswerMessage, RequestBody } from '../contract/comms/comm.js';
import type { JournalRecord } from '../contract/journal/journal.js';
import type { Outline } from '../contract/notebook/outline.js';
import type { Person } from '../contract/base/person.js';
import type { PhaseRehearsal } from '../contract/rehearsal/phase-rehearsal.js';
import type { RunInfo } from '../contract/base/run.js';
import type { RunState } from '../contract/state/state.js';

/**
 * Where a state comes from. `kernel`: live, decisions can be taken. `journal`: read from the file, no kernel of ours runs.
 * `none`: nothing is known.
 */
export type StateSource = 'none' | 'journal' | 'kernel';

/** What only the kernel knows about this page and its run. Of the environment what it said last stays when it goes away. */
export interface Session {
  /** Who the kernel takes this page for, and how sure it is; null without a kernel of ours. */
  readonly you: Person | null;
  /** The id under which this page drives. */
  readonly client: string;
  /** After how many milliseconds without a sign the driver may be replaced. */
  readonly driverVanishedMs: number;
  /** Null while no kernel of ours has said: what is dangerous is then taken for production. */
  readonly isProduction: boolean | null;
  /** Colour of the environment in launchbook.yml, or null. */
  readonly colour: string | null;
  /** The people whose pages are open, this one included; empty without a kernel of ours. */
  readonly present: readonly Person[];
  /** The environment whose name has to be typed before the waiting step of `by` goes on, or null. */
  readonly awaitedName: { readonly environment: string; readonly by: Person } | null;
  /** Id of the `input_request` that was withdrawn last, or null. */
  readonly withdrawnQuestion: string | null;
  /** Why the kernel that is attached does not keep this run, or null. */
  readonly refusal: string | null;
}

/** The run of one open notebook, as this page knows it. */
export interface IRunModel {
  readonly state: RunState;
  readonly source: StateSource;
  readonly session: Session;
  /** What the kernel knows of the rehearsals of this run's phases; empty without a kernel, and where none is asked for or shown. */
  readonly rehearsals: readonly PhaseRehearsal[];
  /** From the kernel's state, else from the notebook's metadata; null in a scratch notebook. */
  readonly run: RunInfo | null;
  /** The outline of the open document, which may be newer than the one in the journal. */
  readonly outline: Outline;
  /** Emitted at most once per animation frame: for views. */
  readonly changed: ISignal<IRunModel, void>;
  /** Emitted at once for every new record, and with null when the whole state was replaced: for effects. */
  readonly advanced: ISignal<IRunModel, JournalRecord | null>;
  /**
   * Asks the kernel to do something or to plan it. Settles with its answer: rejects with what was wrong, and when there is no
   * kernel. Long work (`resume`, `roll-back`) may take as long as it takes, everything else 15 s.
   */
  ask(message: RequestBody): Promise<AnswerMessage>;
  /** Emitted when `writes` may answer otherwise than before. */
  readonly writerChanged: ISignal<IRunModel, void>;
  /**
   * True when this page is the one that writes into the document what a step did and what has become of its hold points. Of the pages
   * that share a document it is one alone; where each page has a document of its own, it is each.
   */
  writes(step: string): boolean;
  /** Texts of the open document's cells by id, which may be newer than the file. */
  texts(): { readonly [cell: string]: string };
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

/** How an act on a whole run goes. */
export interface ActState {
  readonly status: 'running' | 'passed' | 'failed';
  /** What is being done, what came of it, or what was wrong. */
  readonly text: string;
}

/** How the acts on whole runs go that this page began: archive, report, learn. */
export interface IActProgress {
  /** Of the run at a path, or null when this page has not begun it. */
  stateOf(run: string, command: string): ActState | null;
  /** Another run is at this path now, or more was done in it: what is known is of before. */
  forget(run: string): void;
  readonly changed: ISignal<IActProgress, void>;
}

export const IActProgress = new Token<IActProgress>(
  'launchbook:IActProgress',
  'How the acts on whole runs go that this page began: archive, report, learn.'
);

/** Whether cells may run. */
export type Leave = 'no' | 'yes' | 'asked';

/** Asks before cells run, where that is called for. */
export interface IRunGuard {
  /** `isAll`: not a choice of single cells. `yes` when nothing had to be asked, `asked` when the person was asked and wants it. */
  mayRun(panel: NotebookPanel, cells: readonly Cell[], isAll: boolean): Promise<Leave>;
}

export const IRunGuard = new Token<IRunGuard>(
  'launchbook:IRunGuard',
  'Asks before all of a production run, a destructive step or what was done already is run.'
);
