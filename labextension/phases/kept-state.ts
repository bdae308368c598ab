// The state of a notebook that has neither a kernel of ours nor a journal, from the records kept in its cells:
// another kernel's notebook, or an archived run without its journal.
import { byId } from '../../contract/base/by-id.js';
import type { TimingRecord } from '../../contract/notebook/notebook.js';
import {
  emptyRunState,
  type AttemptState,
  type RunState,
  type StepState
} from '../../contract/state/state.js';

/** A step for each cell that ran. Who ran it is only known by name. */
export function stateOfKept(
  cells: readonly { readonly id: string; readonly records: readonly TimingRecord[] }[]
): RunState {
  const steps = byId<StepState>();
  for (const { id, records } of cells) {
    const attempts = records.flatMap(record => attemptOf(record) ?? []);
    const last = attempts.at(-1);
    if (last) {
      steps[id] = {
        id,
        status: last.outcome ?? 'inconclusive',
        attempts,
        holds: [],
        skipped: null,
        stale: null
      };
    }
  }
  return { ...emptyRunState(), steps };
}

/** A cell that was not run because an earlier one failed made no attempt. */
function attemptOf(record: TimingRecord): AttemptState | null {
  return record.outcome === 'aborted'
    ? null
    : {
        attempt: record.n,
        seq: 0,
        executionCount: 0,
        by: { username: record.by, name: record.by, grade: 'claimed' },
        sourceHash: '',
        queuedAt: record.queued,
        startedAt: record.started,
        endedAt: record.ended,
        durationMs: Date.parse(record.ended) - Date.parse(record.started),
        outcome: record.outcome,
        error: null,
        continues: null
      };
}
