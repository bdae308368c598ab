// The hold point of a run that a person is to decide on, read from the run's files.
import type { ApprovalState } from '../../contract/holds/hold.js';
import type { RunInfo } from '../../contract/base/run.js';
import { judgeJournal } from '../../record/decisions/judge-journal.js';
import { faultsOfShown } from '../../record/decisions/request-faults.js';
import { readRun, type RunFiles } from '../notebook/read-run.js';
import { refuseArchived } from '../notebook/refuse-archived.js';
import { refuse } from '../refused-error.js';
import { changesSinceAsked } from './changes-since-asked.js';

/** A hold point that waits, and the run it belongs to. */
export interface PendingHold {
  readonly run: RunInfo | null;
  readonly approval: ApprovalState;
  /** What the notebook says is what would be signed. */
  readonly files: RunFiles;
}

/**
 * Finds the hold point `name` of the run at `path`; without a name the only one that waits. One that a headless run gave up waiting
 * for counts too: the run asks the same again.
 *
 * @throws RefusedError `approve.not_waiting` when there is none, or several and no name; `approve.edited` when the journal does not
 * say what its content hash says, or the notebook says something else than what would be signed.
 * @example
 * findPendingHold('runs/2.4.0/release.ipynb', 'QA sign-off').approval.request.question // 'May payments follow?'
 */
export function findPendingHold(path: string, name?: string): PendingHold {
  const doing = `Deciding on ${path}`;
  const files = readRun(path);
  const { run, state } = files;
  refuseArchived(doing, state);
  const newest = new Map(
    Object.values(state.approvals).map(approval => [`${approval.step} ${approval.name}`, approval])
  );
  const waiting = [...newest.values()].filter(({ status }) => status === 'pending' || status === 'withdrawn');
  const found = waiting.filter(approval => name === undefined || approval.name === name);
  if (found.length !== 1) {
    refuseUnclear(doing, waiting, found.length, name);
  }
  const approval = found[0]!;
  refuseEdited(doing, approval, files);
  return { run, approval, files };
}

/**
 * The hold point with this id, looked at in the same way, whether it waits or not.
 *
 * @throws RefusedError `run.archived`, `approve.not_waiting` when nobody has asked; `approve.edited` as {@link findPendingHold}.
 */
export function soundHold(path: string, id: string): PendingHold {
  const doing = `Deciding on ${path}`;
  const files = readRun(path);
  refuseArchived(doing, files.state);
  const approval = Object.hasOwn(files.state.approvals, id) ? files.state.approvals[id] : undefined;
  if (!approval) {
    return refuse('approve.not_waiting', doing, 'this question is not in its journal.', ASK_HINT);
  }
  refuseEdited(doing, approval, files);
  return { run: files.run, approval, files };
}

const ASK_HINT = 'Run it up to one with launchbook run, or fetch the newest commit of the run.';

function refuseUnclear(
  doing: string,
  waiting: readonly ApprovalState[],
  count: number,
  name: string | undefined
): never {
  if (waiting.length === 0) {
    return refuse('approve.not_waiting', doing, 'no hold point waits.', ASK_HINT);
  }
  const names = waiting.map(approval => `“${approval.name}”`).join(', ');
  const seen =
    name === undefined
      ? `${count} hold points wait, expected one`
      : `${count === 0 ? 'no hold point' : `${count} hold points, not one,`} named “${name}” ${count === 0 ? 'waits' : 'wait'}`;
  const hint = 'Name one of them after the notebook. Fetch the newest commit of the run first.';
  return refuse('approve.not_waiting', doing, `${seen}. Waiting: ${names}.`, hint);
}

/** What is shown, and what the notebook holds that the approver has before them, must be what is signed. */
function refuseEdited(doing: string, approval: ApprovalState, files: RunFiles): void {
  const { faults, masked } = faultsOfShown(approval);
  const [fault] = [
    ...judgeJournal(files.records).judged.faults.filter(each => each.approval === approval.id),
    ...faults,
    ...masked.map(part => ({
      text: `asks about “${approval.name}” with ${part} masked, which cannot be compared`
    }))
  ];
  if (fault || !approval.binding) {
    const seen = fault?.text ?? `asks about “${approval.name}” without what it is bound to`;
    refuse(
      'approve.edited',
      doing,
      `the journal ${seen}.`,
      'Do not sign. Compare the journal with its commits.'
    );
  }
  const changes = changesSinceAsked(approval, files);
  if (changes.length > 0) {
    refuse(
      'approve.edited',
      doing,
      `the notebook is not what “${approval.name}” asks about: ${changes.join(' ')}`,
      'Do not sign. Fetch the newest commit of the run, or have the question asked again.'
    );
  }
}
