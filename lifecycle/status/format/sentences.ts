// The sentences that every format of a summary shares, so that a terminal and a chat say the same.
import {
  formatCount,
  formatDuration,
  formatStatus,
  formatUtc,
  formatUtcClock
} from '../../../contract/format.js';
import { describeLock, describeReceipt } from '../../../contract/rehearsal/rehearsal-text.js';
import type { ExpectedEnd } from '../expected-end.js';
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
      ? [
          {
            label: 'Phase',
            text: `${phase.number} of ${phase.count}, ${phase.title}: ${formatStatus(phase.status)}`
          }
        ]
      : []),
    ...waiting.map(wait => ({
      label: 'Waits',
      text: `${wait.name}, for ${wait.awaited}, since ${momentOf(wait.since, summary.now)} (${formatDuration(wait.waitedMs)})`
    })),
    ...(next ? [{ label: 'Next', text: `${next.step} (${next.phase})` }] : []),
    ...(expectedEnd ? [{ label: 'End', text: describeEnd(expectedEnd, summary.now) }] : []),
    ...rehearsalFacts(summary),
    ...(summary.driver === null ? [] : [{ label: 'Driver', text: summary.driver }]),
    {
      label: 'Last',
      text: summary.lastAt
        ? `entry in the journal at ${momentOf(summary.lastAt, summary.now)}`
        : 'nothing has run yet'
    }
  ];
}

/** Nine of ten of fewer runs is no number. */
const ENOUGH_FOR_SHARES = 5;

function describeEnd({ p50, p90, isLate, runs }: ExpectedEnd, now: string): string {
  const source = `from ${formatCount(runs, 'earlier run')}`;
  return isLate
    ? runs < ENOUGH_FOR_SHARES
      ? `later than ${runs === 1 ? 'the earlier run' : `all ${runs} earlier runs`} took`
      : `later than nine of ten, ${source}`
    : `expected by ${momentOf(p50, now)} (P50), ${momentOf(p90, now)} (P90), ${source}`;
}

/** The newest rehearsal of what is still to be run; nothing where none is asked for or shown. */
function rehearsalFacts({ phases, now }: RunSummary): Fact[] {
  const open = phases.filter(({ status, rehearsal }) => rehearsal !== null && status !== 'passed');
  if (open.length === 0) {
    return [];
  }
  const known = phases.flatMap(({ rehearsal }) => rehearsal?.receipt ?? []);
  const [newest] = open
    .flatMap(({ rehearsal }) => rehearsal?.receipt ?? [])
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const durationMs = known
    .filter(({ run }) => run === newest?.run)
    .reduce((sum, receipt) => sum + receipt.durationMs, 0);
  const text = newest ? describeReceipt({ ...newest, durationMs }, 0, Date.parse(now)) : 'none';
  return [{ label: 'Rehearsal', text }];
}

/** The clock alone for a time of the same day, in UTC. */
function momentOf(iso: string, now: string): string {
  return iso.slice(0, 10) === now.slice(0, 10) ? `${formatUtcClock(iso)} UTC` : formatUtc(iso);
}

/** Said of a phase that is not over, where its rehearsal does not stand for it. */
function rehearsalOf({ status, rehearsal }: RunSummary['phases'][number]): string {
  if (rehearsal === null || status === 'passed') {
    return '';
  }
  const lock = describeLock(rehearsal);
  const word = rehearsal.changes.length > 0 ? 'edited since its rehearsal' : '';
  return lock || word ? `, ${lock || word}` : '';
}

/** `2 of 3 steps, 1 min 4 s, behind QA sign-off`. */
export function progressOf(phase: RunSummary['phases'][number]): string {
  const steps = `${phase.passedSteps} of ${formatCount(phase.steps, 'step')}`;
  const elapsed = phase.elapsedMs > 0 ? `, ${formatDuration(phase.elapsedMs)}` : '';
  const lock = phase.lockedBy === null ? '' : `, behind ${phase.lockedBy}`;
  return `${steps}${elapsed}${lock}${rehearsalOf(phase)}`;
}
