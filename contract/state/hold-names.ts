// How hold points locked before their lock was tied to the step that asks: by the names that the text of the step called. Records of
// earlier versions are judged by it.
import type { ApprovalState } from '../holds/hold.js';
import { UNNAMED_HOLD, type StepOutline } from '../notebook/outline.js';
import type { AttemptState, RunState } from './state.js';

/** The first approval of the step's text that is not released. */
export function unreleasedByName(
  state: RunState,
  step: StepOutline
): { readonly hold: string; readonly approval: ApprovalState | undefined } | undefined {
  const last = state.steps[step.id]?.attempts.at(-1);
  const asked = (state.steps[step.id]?.holds ?? []).flatMap(id => state.approvals[id] ?? []);
  const computed = asked.filter(({ name }) => !step.holds.includes(name));
  const named = step.holds.filter(name => name !== UNNAMED_HOLD);
  const names = new Set([...named, ...computed.filter(each => isOf(each, last)).map(({ name }) => name)]);
  // Before its cell has passed, nobody knows how many names it will compute.
  if (named.length < step.holds.length && (last?.outcome !== 'passed' || computed.length === 0)) {
    names.add(UNNAMED_HOLD);
  }
  for (const hold of names) {
    const approval = asked.findLast(candidate => candidate.name === hold);
    if (approval?.status !== 'approved') {
      return { hold, approval };
    }
  }
  return undefined;
}

/** Asked in this attempt, or released before it, taken over by it, and not standing any more since. */
function isOf({ attempt, status, rev }: ApprovalState, last: AttemptState | undefined): boolean {
  const isFallen = status === 'revoked' || status === 'stale';
  return attempt === last?.attempt || (isFallen && last !== undefined && rev > last.seq);
}
