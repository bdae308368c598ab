// Processes that ended, and runs that went on or began anew.
import { formatCount, formatUtc } from '../../../contract/base/format.js';
import type { TellersOf } from './teller.js';

export const WAY_ON_TELLERS: TellersOf<
  | 'journal-opened'
  | 'kernel-started'
  | 'executor-replaced'
  | 'outline'
  | 'torn-line'
  | 'resume-started'
  | 'step-replayed'
  | 'resume-ended'
  | 'recovery-discarded'
  | 'run-archived'
  | 'run-reopened'
  | 'clock-accepted'
> = {
  'journal-opened': ({ anew }) =>
    anew
      ? {
          by: anew.by,
          what: 'began the run anew without its earlier journal',
          details: [anew.because],
          reason: anew.reason,
          isDeviation: true
        }
      : null,
  // Its archive says it of itself.
  'run-archived': null,
  'run-reopened': ({ by, reason }) => ({
    by,
    what: 'reopened the run, which was archived',
    reason,
    isDeviation: true
  }),
  'clock-accepted': ({ by, reason, latest }) => ({
    by,
    what: `said that the clock is right, although the record had times up to ${formatUtc(latest)}`,
    reason,
    isDeviation: true
  }),
  'kernel-started': (_record, { before }) =>
    Object.keys(before.steps).length > 0 ? { what: 'the kernel was started again' } : null,
  'executor-replaced': ({ reason }) => ({ what: 'the process that runs the cells was replaced', reason }),
  outline: null,
  'torn-line': ({ line, file }) => ({
    what: `a crash had cut off line ${line} of the journal; it is kept in ${file}`
  }),
  'resume-started': ({ by, steps }) => ({
    by,
    what: 'resumed the run',
    details: [`${formatCount(steps.length, 'step')} to bring back`]
  }),
  'step-replayed': null,
  'resume-ended': ({ outcome, error }) => ({
    what: outcome === 'passed' ? 'the variables are back' : `the resume ${outcome}`,
    reason: error?.message ?? ''
  }),
  'recovery-discarded': ({ from, by, reason }, { names }) => ({
    by,
    what: `gave up the variables of ${from === null ? 'all steps' : `${names.of(from)} and all after it`}, to run them again`,
    reason,
    steps: from === null ? [] : [from],
    isDeviation: true
  })
};
