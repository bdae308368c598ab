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
  const doing = `Deciding on ${path}`;
  const { run, state } = readRun(path);
  const newest = new Map(
    Object.values(state.approvals).map(approval => [`${approval.step} ${approval.name}`, approval])
  );
  const waiting = [...newest.values()].filter(({ status }) => status === 'pending' || status === 'withdrawn');
  const found = waiting.filter(approval => name === undefined || approval.name === name);
  if (found.length !== 1) {
    refuseUnclear(doing, waiting, found.length, name);
  }
  const approval = found[0]!;
  refuseEdited(doing, approval);
  return { run, approval };
}

function refuseUnclear(
  doing: string,
  waiting: readonly ApprovalState[],
  count: number,
  name: string | undefined
): never {
  if (waiting.length === 0) {
    const hint = 'Run it up to one with launchbook run, or fetch the newest commit of the run.';
    return refuse('approve.not_waiting', doing, 'no hold point waits.', hint);
  }
  const names = waiting.map(approval => `“${approval.name}”`).join(', ');
  const seen =
    name === undefined
      ? `${count} hold points wait, expected one`
      : `${count === 0 ? 'no hold point' : `${count} hold points, not one,`} named “${name}” ${count === 0 ? 'waits' : 'wait'}`;
  const hint = 'Name one of them after the notebook. Fetch the newest commit of the run first.';
  return refuse('approve.not_waiting', doing, `${seen}. Waiting: ${names}.`, hint);
}

/** What is shown must be what is signed: the hash is taken over the parts, and each piece of evidence over its text. */
function refuseEdited(doing: string, approval: ApprovalState): void {
  if (!isShownAsBound(approval)) {
    refuse(
      'approve.edited',
      doing,
      `the journal shows another question or other evidence for “${approval.name}” than its content hash ${approval.content.slice(0, 12)} was taken over.`,
      'Do not sign. Compare the journal with its commits.'
    );
  }
}
