// Checks that no step began out of order where the order was kept, unless a person had given a reason for what was open.
import type { JournalRecord } from '../../contract/journal/journal.js';
import { isWayBack } from '../../contract/notebook/way-back.js';
import { openStepsBefore } from '../../contract/plans/open-steps.js';
import { applyRecord } from '../../contract/reduce/reduce.js';
import { emptyRunState, type RunState } from '../../contract/state/state.js';
import type { ArchiveFiles, Finding } from '../findings/verification.js';

/** Every attempt that the kernel would have refused for its order. A journal that was edited has them. */
export function orderFindings({ names }: ArchiveFiles, records: readonly JournalRecord[]): Finding[] {
  const state = emptyRunState();
  return records.flatMap((record, index): Finding[] => {
    const fault = record.kind === 'attempt-started' ? faultOf(state, record) : null;
    applyRecord(state, record);
    return fault === null
      ? []
      : [{ file: names.journal, line: index + 1, code: 'order.not_kept', text: fault }];
  });
}

/** `state` is the one that the gate has looked at: that before the attempt. */
function faultOf(
  state: RunState,
  { step, source, outOfOrder }: Extract<JournalRecord, { kind: 'attempt-started' }>
): string | null {
  const { run, policy, outline, orderWaivers } = state;
  if (policy?.policy.order !== 'kept' || run?.mode === 'dry-run' || isWayBack(source)) {
    return null;
  }
  const waiver = orderWaivers[step];
  const isTold = outOfOrder?.waived !== undefined && outOfOrder.waived.reason === waiver?.reason;
  const [first] = openStepsBefore(state, outline, step).filter(
    ({ id }) => !isTold || !waiver.open.includes(id) || !outOfOrder.open.includes(id)
  );
  return first ? `begins the step ${step} although “${first.title}” before it was open` : null;
}
