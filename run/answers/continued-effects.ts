// What is kept of a failed attempt that is continued: what has passed is answered, the effect that failed is done again, and so is
// everything that came after it in the same item, such as putting a machine back into rotation.
import type { RecordedEffect } from './recorded-effect.js';

/** What a continuation does with the effects of the attempt. */
export interface ContinuedEffects {
  /** Answered from the journal. */
  readonly kept: readonly RecordedEffect[];
  /** Passed before and done a second time, because they came after the failure in its item. */
  readonly repeated: readonly RecordedEffect[];
  /** Failed, or cut off when the step failed: done again. */
  readonly failed: readonly RecordedEffect[];
}

/**
 * Divides the effects of a failed attempt. In each item of a scatter, and in the step outside of items, the last failure counts: one that
 * the cell has dealt with before stays as it is, so that the cell takes the same way again.
 */
export function continuedEffects(effects: readonly RecordedEffect[]): ContinuedEffects {
  const failures = effects.filter(hasFailed);
  const kept: RecordedEffect[] = [];
  const repeated: RecordedEffect[] = [];
  const failed: RecordedEffect[] = [];
  for (const effect of effects) {
    const last = lastOf(failures.filter(failure => isIn(failure.lane, effect.lane)));
    if (last === null || (effect !== last && effect.startSeq < endOf(last) && !isInside(effect, last))) {
      (isCutOff(effect) ? failed : kept).push(effect);
    } else {
      (hasFailed(effect) ? failed : repeated).push(effect);
    }
  }
  return { kept, repeated, failed };
}

/** What was cut off did not make the step fail: it ended because something else had. */
function lastOf(failures: readonly RecordedEffect[]): RecordedEffect | null {
  const causes = failures.filter(({ end }) => end?.outcome === 'failed');
  return (causes.length > 0 ? causes : failures).reduce<RecordedEffect | null>(
    (a, b) => (a === null || endOf(b) > endOf(a) ? b : a),
    null
  );
}

/** A record that failed calls its function again, in which what had passed is answered; a wait begins again. */
function isInside(effect: RecordedEffect, failure: RecordedEffect): boolean {
  return effect.within === failure.id && failure.helper !== 'record';
}

function hasFailed({ end, judged }: RecordedEffect): boolean {
  return end === null ? judged?.judgement === 'failed' : end.outcome !== 'passed';
}

/** It was ended because another effect had failed: nobody knows how far it got, and it is done again. */
function isCutOff({ end, judged }: RecordedEffect): boolean {
  return end !== null && end.outcome === 'inconclusive' && judged === null;
}

function endOf({ endSeq }: RecordedEffect): number {
  return endSeq ?? Infinity;
}

/** True when `lane` is `outer` or an item inside of it. */
function isIn(lane: string | undefined, outer: string | undefined): boolean {
  return outer === undefined || lane === outer || lane?.startsWith(`${outer}/`) === true;
}
