// Effects: those that have no end yet, and what people said of them.
import { isMarkedAsChange, onlyLooks } from '../plans/looks.js';
import { isPartOfAnother } from '../plans/resume-plan.js';
import type { RulesOf } from './draft.js';

/** Rules of acts on the world. */
export const EFFECT_RULES: RulesOf<
  'effect-started' | 'effect-ended' | 'effect-planned' | 'effect-refused' | 'effect-judged'
> = {
  'effect-started': (draft, record) => {
    draft.openEffects[record.effect] = {
      id: record.effect,
      step: record.step,
      attempt: record.attempt,
      helper: record.helper,
      label: record.label,
      startedAt: record.at,
      ...(record.within === undefined ? {} : { within: record.within }),
      ...(isMarkedAsChange(record.request) ? { changes: true } : {}),
      outcome: null,
      judged: null
    };
  },
  'effect-ended': (draft, record) => {
    const effect = draft.openEffects[record.effect];
    delete draft.openEffects[record.effect];
    if (
      effect &&
      record.outcome === 'inconclusive' &&
      !onlyLooks(effect) &&
      !isPartOfAnother(draft, effect)
    ) {
      draft.cutOffEffects[effect.id] = { ...effect, outcome: record.outcome };
    }
  },
  'effect-planned': () => undefined,
  'effect-refused': () => undefined,
  'effect-judged': (draft, record) => {
    const { judgement, by, reason, at } = record;
    for (const effects of [draft.openEffects, draft.cutOffEffects]) {
      const effect = effects[record.effect];
      if (effect) {
        effects[record.effect] = { ...effect, judged: { judgement, by, reason, at } };
      }
    }
  }
};
