// The sentences that every format of a summary shares, so that a terminal and a chat say the same.
import { statusWords } from '../../../contract/state/status-words.js';
import { formatCount, formatDuration, formatUtcNear } from '../../../contract/base/format.js';
import { describePerson } from '../../../contract/base/person.js';
import { isPhaseDone } from '../../../contract/state/phase-status.js';
import { describeLock, describeReceipt } from '../../../contract/rehearsal/rehearsal-text.js';
import { describeAct } from '../../facts/acts/act-facts.js';
import type { ExpectedEnd } from '../expected-end.js';
import type { RunSummary } from '../summarize-run.js';

/** A fact with its label. */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** `Tea shop: release 2.4.0 in staging (rehearsal)`, or the title of a scratch notebook. */
export function headingOf({ run, title }: Pick<RunSummary, 'run' | 'title'>): string {
  return run
    ? `${title}: release ${run.release} in ${run.environment}${run.mode === 'live' ? '' : ` (${run.mode})`}`
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
            text: `${phase.number} of ${phase.count}, ${phase.title}: ${statusWords(phase.status).word}`
          }
        ]
      : []),
    ...waiting.map(wait => ({
      label: 'Waits',
      text: `${wait.name}, for ${wait.awaited}, since ${formatUtcNear(wait.since, summary.now)} (${formatDuration(wait.waitedMs)})`
    })),
    ...(next ? [{ label: 'Next', text: `${next.step} (${next.phase})` }] : []),
    ...(expectedEnd ? [{ label: 'End', text: describeEnd(expectedEnd, summary.now) }] : []),
    ...rehearsalFacts(summary),
    ...driverFacts(summary),
    {
      label: 'Last',
      text: summary.lastAt
        ? `entry in the journal at ${formatUtcNear(summary.lastAt, summary.now)}`
        : 'nothing has run yet'
    }
  ];
}

function driverFacts({ drivers, now }: RunSummary): Fact[] {
  const last = drivers.at(-1);
  return last
    ? [{ label: 'Driver', text: `${describePerson(last.person)} since ${formatUtcNear(last.from, now)}` }]
    : [];
}

/** Nine of ten of fewer runs is no number. */
const ENOUGH_FOR_SHARES = 5;

function describeEnd({ p50, p90, isLate, runs }: ExpectedEnd, now: string): string {
  const source = `from ${formatCount(runs, 'earlier run')}`;
  return isLate
    ? runs < ENOUGH_FOR_SHARES
      ? `later than ${runs === 1 ? 'the earlier run' : `all ${runs} earlier runs`} took`
      : `later than nine of ten, ${source}`
    : `expected by ${formatUtcNear(p50, now)} (P50), ${formatUtcNear(p90, now)} (P90), ${source}`;
}

/** The newest rehearsal of what is still to be run; nothing where none is asked for or shown. */
function rehearsalFacts({ phases, now }: RunSummary): Fact[] {
  const open = phases.filter(phase => phase.rehearsal !== null && !isPhaseDone(phase));
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

/** Heading of {@link toldActs}. */
export const ACTS_HEADING = 'What people did, newest first';

/** An act for reading: when, and who did what and why. */
export interface ToldAct {
  readonly when: string;
  readonly text: string;
  readonly isDeviation: boolean;
}

/** Every act of people, the newest first: who looks at a run wants to know what has just happened. */
export function toldActs({ acts, now }: RunSummary): ToldAct[] {
  return acts
    .map(act => ({ when: formatUtcNear(act.at, now), text: describeAct(act), isDeviation: act.isDeviation }))
    .reverse();
}

/** Added to a phase that is not over, where its rehearsal does not count for it. */
function rehearsalOf(phase: RunSummary['phases'][number]): string {
  const { rehearsal } = phase;
  if (rehearsal === null || isPhaseDone(phase)) {
    return '';
  }
  const lock = describeLock(rehearsal);
  const word = rehearsal.changes.length > 0 ? 'edited since its rehearsal' : '';
  return lock || word ? `, ${lock || word}` : '';
}

/** `2 of 3 steps, 1 skipped, 1 min 4 s, until “QA sign-off”`. */
export function progressOf(phase: RunSummary['phases'][number]): string {
  const skipped = phase.skippedSteps > 0 ? `, ${phase.skippedSteps} skipped` : '';
  const steps = `${phase.passedSteps} of ${formatCount(phase.steps, 'step')}${skipped}`;
  const elapsed = phase.elapsedMs > 0 ? `, ${formatDuration(phase.elapsedMs)}` : '';
  const lock = phase.lockedBy === null ? '' : `, until “${phase.lockedBy}”`;
  return `${steps}${elapsed}${lock}${rehearsalOf(phase)}`;
}
