// A person's way with a step: run again, continued, left out, out of order; and a person's word on how an effect ended.
import { formatFew } from '../../../contract/base/format.js';
import { describePerson } from '../../../contract/base/person.js';
import { isHeld, type AttemptState, type StaleState } from '../../../contract/state/state.js';
import type { StepTitles } from './step-titles.js';
import type { TellersOf } from './teller.js';

export const STEP_TELLERS: TellersOf<
  | 'attempt-started'
  | 'attempt-ended'
  | 'output'
  | 'order-waived'
  | 'second-run-allowed'
  | 'step-skipped'
  | 'step-continued'
  | 'note'
> = {
  // The first attempt of a step in its order is no act beside the attempts.
  'attempt-started': ({ step, attempt, by, continues, outOfOrder }, { names, before }) => {
    const { attempts = [], stale = null } = before.steps[step] ?? {};
    const last = attempts.at(-1);
    const after = last ? `, attempt ${attempt} after one that ${endText(last, stale)}` : '';
    if (outOfOrder) {
      const { open, waived } = outOfOrder;
      const word = waived ? `, by the word of ${describePerson(waived.by)}` : '';
      return {
        by,
        what: `ran ${names.of(step)} out of order, before ${openText(names, open)}${word}${after}`,
        reason: waived?.reason ?? '',
        // The word that let it begin stands there already.
        steps: waived ? [] : [step],
        isDeviation: true
      };
    }
    const what = continues === undefined ? `ran ${names.of(step)} again` : `continued ${names.of(step)}`;
    return last ? { by, what: `${what}${after}` } : null;
  },
  'attempt-ended': null,
  output: null,
  'order-waived': ({ step, open, by, reason }, { names }) => ({
    by,
    what: `let ${names.of(step)} begin out of order, before ${openText(names, open)}`,
    reason,
    steps: [step]
  }),
  // The attempt that it lets begin is told, with who ran it.
  'second-run-allowed': null,
  'step-skipped': ({ step, by, reason, holds = [] }, { names }) => ({
    by,
    what:
      holds.length === 0
        ? `left out ${names.of(step)}`
        : `left out ${holds.map(name => `“${name}”`).join(' and ')} of ${names.of(step)}, against the policy`,
    reason,
    steps: [step],
    isDeviation: true
  }),
  'step-continued': ({ step, attempt, by, reason }, { names }) => ({
    by,
    what: `let ${names.of(step)} continue where attempt ${attempt} ended`,
    reason: reason ?? '',
    steps: [step]
  }),
  note: ({ by, text, step }, { names }) => ({
    by,
    what: `noted${step === null ? '' : ` at ${names.of(step)}`}`,
    reason: text,
    steps: step === null ? [] : [step]
  })
};

/** What became of the last attempt of a step, to stand after "one that". */
function endText(attempt: AttemptState, stale: StaleState | null): string {
  if (stale?.because === 'rolled-back' || stale?.because === 'rewound') {
    return 'was rolled back';
  }
  const { outcome } = attempt;
  if (outcome === 'passed' || (outcome === 'failed' && !isHeld(attempt))) {
    return outcome;
  }
  return outcome === null ? 'had not ended' : `was ${outcome === 'failed' ? 'held' : outcome}`;
}

function openText(names: StepTitles, open: readonly string[]): string {
  return `${formatFew(
    open.map(id => names.of(id)),
    'step'
  )} ${open.length === 1 ? 'was' : 'were'} done`;
}
