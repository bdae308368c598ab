// Effects: what people said of those without an end. What became of the others, their steps tell.
import type { Judgement } from '../../../contract/base/judgement.js';
import { isCellStep } from '../../../contract/notebook/outline.js';
import type { TellersOf } from './teller.js';

export const EFFECT_TELLERS: TellersOf<
  'effect-started' | 'effect-ended' | 'effect-planned' | 'effect-refused' | 'effect-judged'
> = {
  'effect-started': null,
  'effect-ended': null,
  'effect-planned': null,
  'effect-refused': ({ step, label, code }, { names }) => ({
    what: `“${label}” was asked for by ${names.of(step)} and refused`,
    reason: code
  }),
  'effect-judged': ({ effect, judgement, by, reason }, { names, effects }) => {
    const { step = '', label = effect } = effects.find(effect) ?? {};
    return {
      by,
      what: JUDGED[judgement](`“${label}” of ${names.of(step)}`),
      reason,
      steps: isCellStep(step) ? [step] : [],
      isDeviation: true
    };
  }
};

const JUDGED: { readonly [J in Judgement]: (effect: string) => string } = {
  passed: effect => `judged ${effect} as passed`,
  failed: effect => `judged ${effect} as failed`,
  again: effect => `let ${effect} be done again`
};
