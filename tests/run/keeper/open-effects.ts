// The effects of a run that somebody has to judge before it goes on.
import type { EffectState, RunState } from '../../../contract/state/state.js';
import { planResume } from '../../../contract/plans/resume-plan.js';

/** Those that the plan of a resume asks about. */
export function interruptedOrOpen(state: RunState): readonly EffectState[] {
  return planResume(state, state.outline, sourcesOf(state)).steps.flatMap(({ asks }) =>
    asks.flatMap(ask => (ask.kind === 'inconclusive' ? [ask.effect] : []))
  );
}

/** No cell was edited. */
function sourcesOf({ steps }: RunState): { readonly [step: string]: string } {
  return Object.fromEntries(
    Object.values(steps).map(({ id, attempts }) => [id, attempts.at(-1)?.sourceHash ?? ''])
  );
}
