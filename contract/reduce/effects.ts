// Effects: those that have no end yet, and what people said of them.
import type { RulesOf } from './draft.js';

/** Rules of acts on the world. */
export const EFFECT_RULES: RulesOf<'effect-started' | 'effect-ended' | 'effect-planned' | 'effect-judged'> = {
  'effect-started': (draft, record) => {
    draft.openEffects[record.effect] = {
      id: record.effect,
      step: record.step,
      attempt: record.attempt,
      helper: record.helper,
      label: record.label,
      startedAt: record.at,
      outcome: null,
      judged: null
    };
  },
  'effect-ended': (draft, record) => {
    delete draft.openEffects[record.effect];
  },
  'effect-planned': () => undefined,
  'effect-judged': (draft, record) => {
    const effect = draft.openEffects[record.effect];
    if (effect) {
      const { judgement, by, reason } = record;
      draft.openEffects[record.effect] = { ...effect, judged: { judgement, by, reason, at: record.at } };
    }
  }
};
