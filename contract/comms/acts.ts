// What people may ask of a run: every act with its parameters. Messages of front ends and line commands ask for the same acts; the kernel's
// end is the table in run/acts/acts.ts.
import type { Judgement } from '../base/judgement.js';
import type { JsonObject } from '../base/json.js';
import type { RollbackTarget } from '../base/rollback-target.js';

/** The acts by name, with their parameters. */
export interface ActParams {
  /** Decides on an approval. */
  readonly decide: {
    readonly approval: string;
    /** The content hash that the person saw. */
    readonly content: string;
    readonly decision: 'approved' | 'rejected';
    readonly comment: string;
    /** Answers to the form of the request, by field name. Absent: none. */
    readonly values?: JsonObject;
  };
  /** Brings a signed decision that `launchbook approve` printed. Who decided stands in the token, not in the client that brings it. */
  readonly 'decide-signed': { readonly token: string };
  /** Takes an approval back. What follows is locked again. */
  readonly revoke: { readonly approval: string; readonly reason: string };
  /** Releases against the policy. The run is amber from then on. */
  readonly 'break-glass': {
    readonly approval: string;
    /** At least 10 characters. */
    readonly reason: string;
  };
  /** Says that the clock of the kernel's machine is right, although the record has later times. */
  readonly 'accept-clock': { readonly reason: string };
  /** Releases a phase without the rehearsal that the policy asks for. The run is amber from then on. */
  readonly 'release-phase': {
    /** Id of the phase. */
    readonly phase: string;
    /** At least 10 characters. */
    readonly reason: string;
  };
  /** Ticks or unticks an item of a checklist. */
  readonly tick: {
    readonly checklist: string;
    /** 0-based. */
    readonly item: number;
    readonly ticked: boolean;
  };
  /** Takes a task on, says that it is done, or opens it again. */
  readonly task: {
    readonly board: string;
    readonly task: string;
    readonly action: 'accept' | 'done' | 'reopen';
    readonly comment: string;
  };
  /** A watcher asks the driver for the wheel. */
  readonly 'ask-wheel': object;
  /** The driver answers who asked for the wheel. */
  readonly 'answer-wheel': { readonly wheel: string; readonly accepted: boolean; readonly reason: string };
  /** The driver offers the wheel to a watcher whose page is open. */
  readonly 'offer-wheel': {
    /** Username of the watcher. */
    readonly to: string;
  };
  /** The driver takes an offer back (`accepted` is false), or the watcher to whom it was made accepts or declines it. */
  readonly 'settle-offer': { readonly wheel: string; readonly accepted: boolean; readonly reason: string };
  /** Takes the wheel of a driver who has not been seen for the time that launchbook.yml states (15 minutes). */
  readonly 'replace-driver': { readonly reason: string };
  /** Types the name of a production environment before the first step. */
  readonly 'confirm-environment': { readonly typed: string };
  /** Has the lost variables brought back. Answered when the replay has ended; records tell how far it is. */
  readonly resume: {
    /** Texts of the open document's cells by step, which may be newer than the file. Absent: the file's. */
    readonly texts?: { readonly [step: string]: string };
  };
  /** Has steps run again instead of bringing their variables back. */
  readonly discard: {
    /** Id of the first step that is run again; null means all. */
    readonly from: string | null;
    /** Not empty. */
    readonly reason: string;
  };
  /** Says how an effect ended that has no recorded end. */
  readonly judge: {
    readonly effect: string;
    readonly judgement: Judgement;
    /** Not empty. */
    readonly reason: string;
  };
  /** Lets a failed step go on where it ended: what has passed is not done again. The next run of its cell does it. */
  readonly continue: {
    readonly step: string;
    /** Needed when the text of the step was edited since; else it may be empty. */
    readonly reason: string;
    /** As for `resume`. */
    readonly texts?: { readonly [step: string]: string };
  };
  /** Begins the journal of a run anew, because the one it had is gone or cannot be trusted. */
  readonly 'begin-anew': {
    /** Not empty. */
    readonly reason: string;
  };
  /** Goes on with a run that was archived. */
  readonly reopen: {
    /** Not empty. */
    readonly reason: string;
  };
  /** Leaves a step out. */
  readonly skip: {
    readonly step: string;
    /** Not empty. */
    readonly reason: string;
  };
  /** Lets the next attempt of a step begin although steps before it are open. */
  readonly 'run-out-of-order': {
    readonly step: string;
    /** Not empty. */
    readonly reason: string;
  };
  /** Lets steps run again that would do again what they did: each for its next attempt. */
  readonly 'run-again': {
    /** Ids of the steps, not empty. */
    readonly steps: readonly string[];
  };
  /** Asks which of these steps would do again what they did, so that a person is asked before; the answer carries them. Changes nothing. */
  readonly 'plan-run-again': {
    /** Texts that are to be run, by step. */
    readonly texts: { readonly [step: string]: string };
  };
  /** Rolls back. Answered when the undo steps have ended. */
  readonly 'roll-back': {
    readonly to: RollbackTarget;
    /** Not empty. */
    readonly reason: string;
  };
  /** Asks what a resume would do now; the answer carries it. Changes nothing. */
  readonly 'plan-resume': {
    /** As for `resume`. */
    readonly texts?: { readonly [step: string]: string };
  };
  /** Asks what continuing a failed step would do; the answer carries it. Changes nothing. */
  readonly 'plan-continue': {
    readonly step: string;
    /** As for `resume`. */
    readonly texts?: { readonly [step: string]: string };
  };
  /** Asks what rolling back would do now; the answer carries it. Changes nothing. */
  readonly 'plan-rollback': { readonly to: RollbackTarget };
}

/** Name of an act. */
export type ActName = keyof ActParams;
