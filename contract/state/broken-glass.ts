// Releases against the policy, wherever they happened: at a hold point, of one that was left out, or of a phase without its rehearsal.
import type { BrokenGlass } from '../rehearsal/admission.js';
import type { RunState } from './state.js';

/** Every release against the policy, oldest first. Not empty: the run is amber, for ever. */
export function brokenGlassesOf(state: RunState): BrokenGlass[] {
  const approvals = (state.glassBroken ?? []).flatMap(id => {
    const approval = state.approvals[id];
    return approval?.breakGlass ? [{ name: approval.name, ...approval.breakGlass }] : [];
  });
  return [...approvals, ...(state.phasesReleased ?? []), ...(state.holdsSkipped ?? [])].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at)
  );
}
