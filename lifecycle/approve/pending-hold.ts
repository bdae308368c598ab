// The hold point of a run that a person is to decide on, read from the run's files.
import type { ApprovalState } from '../../contract/hold.js';
import type { RunInfo } from '../../contract/run.js';
import { isShownAsBound } from '../../runbook/hold/content-hash.js';
import { readRun } from '../notebook/read-run.js';
import { refuse } from '../refused-error.js';

/** A hold point that waits, and the run it belongs to. */
export interface PendingHold {
  readonly run: RunInfo | null;
  readonly approval: ApprovalState;
}

const DOING = 'find what is to be decided';

/**
 * Finds the hold point `name` of the run at `path`; without a name the only one that waits. One that a headless run gave up waiting
 * for counts too: the run asks the same again.
 *
 * @throws RefusedError `approve.not_waiting` when there is none, or several and no name; `approve.edited` when the journal does not
 * say what its content hash says.
 * @example
 * findPendingHold('runs/2.4.0/release.ipynb', 'QA sign-off').approval.request.question // 'May payments follow?'
 */
export function findPendingHold(path: string, name?: string): PendingHold {
  const { run, state } = readRun(path);
  const newest = new Map(
    Object.values(state.approvals).map(approval => [`${approval.step} ${approval.name}`, approval])
  );
  const waiting = [...newest.values()].filter(({ status }) => status === 'pending' || status === 'withdrawn');
  const found = waiting.filter(approval => name === undefined || approval.name === name);
  if (found.length !== 1) {
    const names = waiting.map(approval => `“${approval.name}”`).join(', ') || 'none';
    refuse(
      'approve.not_waiting',
      DOING,
      `${name === undefined ? 'the hold points that wait' : `the hold points named “${name}” that wait`} are ${found.length}, expected 1. Waiting: ${names}.`,
      'Name one of them after the notebook. Fetch the newest commit of the run first.'
    );
  }
  const approval = found[0]!;
  refuseEdited(approval);
  return { run, approval };
}

/** What is shown must be what is signed: the hash is taken over the parts, and each piece of evidence over its text. */
function refuseEdited(approval: ApprovalState): void {
  if (!isShownAsBound(approval)) {
    refuse(
      'approve.edited',
      DOING,
      `the journal shows another question or other evidence for “${approval.name}” than its content hash ${approval.content.slice(0, 12)} was taken over.`,
      'Do not sign. Compare the journal with its commits.'
    );
  }
}
