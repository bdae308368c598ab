// What the records of admitted and released phases mean. The newest one of a phase counts; a release against the policy marks the run.
import type { RulesOf } from './draft.js';

export const REHEARSAL_RULES: RulesOf<'phase-admitted' | 'phase-released'> = {
  'phase-admitted': (draft, { phase, title, rule, receipt, steps, at, seq }) => {
    draft.admissions[phase] = { phase, title, rule, steps, receipt, breakGlass: null, missing: [], at, seq };
  },
  'phase-released': (draft, { phase, title, rule, missing, steps, by, reason, at, seq }) => {
    const breakGlass = { by, at, reason };
    draft.admissions[phase] = { phase, title, rule, steps, receipt: null, breakGlass, missing, at, seq };
    draft.phasesReleased = [...draft.phasesReleased, { name: title, ...breakGlass }];
  }
};
