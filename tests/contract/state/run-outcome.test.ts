// When a run has come to its end: optional steps that were never run are not missing, whatever else there is.
import { expect, test } from '@jest/globals';
import type { PhaseStatus } from '../../../contract/base/run.js';
import { statusOfPhase, isUnneeded, type PhaseSummary } from '../../../contract/state/phase-status.js';
import { outcomeOf } from '../../../contract/state/run-outcome.js';
import { makeRandom } from '../../random.js';

interface Step {
  readonly status: PhaseStatus;
  readonly isOptional?: true;
}

/** A letter is a step, in capitals an optional one: passed, failed, not started, skipped, locked. */
const STATUSES: { readonly [letter: string]: PhaseStatus } = {
  p: 'passed',
  f: 'failed',
  n: 'not-started',
  s: 'skipped',
  l: 'locked'
};
const stepsFrom = (letters: string): Step[] =>
  [...letters].map(letter => ({
    status: STATUSES[letter.toLowerCase()]!,
    ...(letter === letter.toLowerCase() ? {} : { isOptional: true as const })
  }));
const outcome = (...phases: readonly string[]) =>
  outcomeOf(
    phases.map(letters => {
      const steps = stepsFrom(letters);
      return {
        status: statusOfPhase(steps),
        steps,
        isUnneeded: steps.length > 0 && steps.every(isUnneeded)
      } as unknown as PhaseSummary;
    })
  );

test.each<[string, string[], string]>([
  ['all have passed', ['pp', 'p'], 'passed'],
  ['a phase has not run', ['pp', 'n'], 'held'],
  ['an optional phase has not run', ['pp', 'NN', 'p'], 'passed'],
  ['an optional phase is locked', ['pp', 'L'], 'passed'],
  ['an optional step has not run', ['pN', 'p'], 'passed'],
  ['a step beside an optional one has not run', ['nP'], 'held'],
  ['an optional phase has failed', ['p', 'F'], 'failed'],
  ['half of an optional phase has run', ['p', 'PN'], 'passed'],
  ['nothing but optional phases, and none has run', ['N', 'NN'], 'held'],
  ['nothing but a phase without steps', [''], 'held'],
  ['a step was left out', ['ps', 'N'], 'passed']
])('%s', (_what, phases, expected) => expect(outcome(...phases)).toBe(expected));

test('any run is as far as it is without its optional steps that have not begun', () => {
  const random = makeRandom(8);
  const letters = [...'pfnslPFNSL'];
  for (let round = 0; round < 500; round++) {
    const phases = Array.from({ length: 1 + (round % 4) }, () =>
      Array.from(
        { length: 1 + Math.floor(random() * 4) },
        () => letters[Math.floor(random() * letters.length)]
      ).join('')
    );
    const without = phases.map(phase => phase.replace(/[NL]/g, '')).filter(phase => phase !== '');
    expect([phases, outcome(...phases)]).toEqual([phases, outcome(...without)]);
  }
});
