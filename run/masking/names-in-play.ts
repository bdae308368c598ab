// The names that a run speaks of: people, groups, the run itself. A secret with such a value is refused when it is learned.
import type { RunState } from '../../contract/state/state.js';
import type { RunInfo } from '../../contract/base/run.js';

/** Where they are found. */
export interface NamesFrom {
  readonly state: RunState;
  readonly run: RunInfo | null;
  /** What launchbook.yml asks of people. */
  readonly policy: unknown;
  /** Who is there. */
  readonly people: Iterable<string>;
}

/** Every one, some twice. */
export function* namesInPlay({ state, run, policy, people }: NamesFrom): Generator<string> {
  yield* people;
  yield* run === null ? [] : [run.id, run.release, run.environment, run.runbook];
  yield* namesIn(policy, true);
  yield* namesIn(state, false);
  yield* namesIn(run?.createdBy, false);
}

/** Texts below `value`: all of them, or those of people and seats. */
function* namesIn(value: unknown, isAll: boolean): Generator<string> {
  if (typeof value === 'string') {
    yield* isAll ? [value] : [];
    return;
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const isNamed = isAll || 'grade' in value || 'members' in value;
  for (const [key, part] of Object.entries(value)) {
    yield* isAll && !Array.isArray(value) ? [key] : [];
    yield* namesIn(part, isNamed || key === 'approvers');
  }
}
