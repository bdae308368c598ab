// The sentences that every format of a summary shares, so that a terminal and a chat say the same.
import { formatCount, formatDuration, formatUtc, formatUtcClock } from '../../../contract/format.js';
import type { RunSummary } from '../summarize-run.js';

/** A fact with its label. */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** `Release 2.4.0 in staging (rehearsal)`, or the title of a scratch notebook. */
export function headingOf({ run, title }: RunSummary): string {
  return run
    ? `Release ${run.release} in ${run.environment}${run.mode === 'live' ? '' : ` (${run.mode})`}`
    : `${title} (scratch)`;
}

/** What there is to say, in the order of its weight. Facts that do not hold are left out. */
export function factsOf(summary: RunSummary): Fact[] {
  const { phase, waiting, next, expectedEnd } = summary;
  return [
    ...(phase
      ? [{ label: 'Phase', text: `${phase.number} of ${phase.count}, ${phase.title}: ${phase.status}` }]
      : []),
    ...waiting.map(wait => ({
      label: 'Waits',
      text: `${wait.name}, for ${wait.awaited}, since ${formatUtcClock(wait.since)} UTC (${formatDuration(wait.waitedMs)})`
    })),
    ...(next ? [{ label: 'Next', text: `${next.step} (${next.phase})` }] : []),
    ...(expectedEnd
      ? [
          {
            label: 'End',
            text: `expected by ${formatUtc(expectedEnd.p50)} (P50), ${formatUtc(expectedEnd.p90)} (P90), from ${formatCount(expectedEnd.runs, 'earlier run')}`
          }
        ]
      : []),
    {
      label: 'Last',
      text: summary.lastAt ? `entry in the journal at ${formatUtc(summary.lastAt)}` : 'nothing has run yet'
    }
  ];
}

/** `2 of 3 steps, 1 min 4 s, behind QA sign-off`. */
export function progressOf(phase: RunSummary['phases'][number]): string {
  const steps = `${phase.passedSteps} of ${formatCount(phase.steps, 'step')}`;
  const elapsed = phase.elapsedMs > 0 ? `, ${formatDuration(phase.elapsedMs)}` : '';
  const lock = phase.lockedBy === null ? '' : `, behind ${phase.lockedBy}`;
  return `${steps}${elapsed}${lock}`;
}
