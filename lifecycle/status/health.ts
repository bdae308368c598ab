// Red, amber or green, and why. One rule a line, the worst first; the first that holds gives the colour and the reason.
import { formatCount, formatDuration } from '../../contract/base/format.js';
import { STATUS_WORDS } from '../../contract/state/status-words.js';
import type { PhaseSummary } from '../../contract/state/phase-status.js';
import type { RecoveryState } from '../../contract/state/state.js';
import { hasPassed } from '../../contract/state/run-outcome.js';
import type { Silence } from './silence.js';
import type { Wait } from './waits.js';

/** `red`: stopped by a fault. `amber`: somebody should look. `green`: nothing asks for anybody. */
export type HealthColor = 'red' | 'amber' | 'green';

/** A colour with its reason in one sentence without a full stop. */
export interface Health {
  readonly color: HealthColor;
  readonly reason: string;
}

/** What the rules look at. */
export interface HealthFacts {
  readonly phases: readonly PhaseSummary[];
  /** Why a step stopped, to be read behind what it is, such as `: Command failed with exit code 1`; '' when nobody knows. */
  readonly whyStopped: (step: string) => string;
  /** Why the journal does not tell the state of the run; null when it does. */
  readonly lost: string | null;
  readonly waiting: readonly Wait[];
  readonly silence: Silence | null;
  /** The notebook of a run in whose middle its process died, as a person would write it; null when it lives or nobody knows. */
  readonly abandoned: string | null;
  /** Why the policy was broken, or null. */
  readonly breakGlass: string | null;
  /** The first phase that the policy locks because it was not rehearsed, with the reason in a few words; null when none is. */
  readonly unrehearsed: { readonly title: string; readonly lock: string } | null;
  /** The first thing that the journal says and its decisions do not carry; null when they carry all of it. */
  readonly unsound: string | null;
  /** Which rules of launchbook.yml have become weaker, or null. */
  readonly weakened: string | null;
  /** Null unless the process that held the run's variables is gone. */
  readonly recovery: RecoveryState | null;
  /** A person rolls back, or has begun to and it stopped; null when nobody does. */
  readonly undoing: { readonly text: string; readonly stopped: string | null } | null;
  /** Who rolled back what and why, while steps are stale by it; null when none is. */
  readonly rolledBack: string | null;
  readonly isTorn: boolean;
  /** When the run was archived, as a person reads it; null when it was not. */
  readonly archived: string | null;
  readonly hasBegun: boolean;
}

type Rule = (facts: HealthFacts) => Health | null;

/** The colour of a run. */
export function judgeHealth(facts: HealthFacts): Health {
  for (const rule of RULES) {
    const health = rule(facts);
    if (health) {
      return health;
    }
  }
  return { color: 'green', reason: facts.hasBegun ? 'it runs as planned' : 'it has not begun' };
}

const RULES: readonly Rule[] = [
  ({ lost }) => (lost === null ? null : { color: 'red', reason: lost.replace(/\.$/, '') }),
  ({ unsound }) =>
    unsound === null
      ? null
      : { color: 'red', reason: `its decisions do not carry it: ${unsound.replace(/\.$/, '')}` },
  facts => stepsThatAre(facts, 'rejected', 'red'),
  facts => stepsThatAre(facts, 'failed', 'red'),
  facts => stepsThatAre(facts, 'inconclusive', 'red'),
  ({ abandoned, phases }) =>
    abandoned !== null && phases.some(({ steps }) => steps.some(({ status }) => status === 'running'))
      ? {
          color: 'red',
          reason: `the process that ran it is gone; continue with: launchbook resume ${abandoned}`
        }
      : null,
  ({ silence, phases }) =>
    silence && {
      color: 'red',
      reason: `“${titleOf(phases, silence.step)}” runs and nothing was recorded for ${formatDuration(silence.silentMs)}; it may be silent for ${formatDuration(silence.allowedMs)}`
    },
  ({ recovery }) =>
    recovery?.error
      ? { color: 'red', reason: `resuming it has stopped: ${recovery.error.message}`.replace(/\.$/, '') }
      : null,
  ({ undoing }) =>
    undoing &&
    (undoing.stopped === null
      ? { color: 'amber', reason: undoing.text }
      : { color: 'red', reason: `${undoing.text}; it stopped: ${undoing.stopped}`.replace(/\.$/, '') }),
  ({ breakGlass }) =>
    breakGlass === null ? null : { color: 'amber', reason: `the policy was broken: ${breakGlass}` },
  ({ weakened }) =>
    weakened === null ? null : { color: 'amber', reason: `the policy was weakened: ${weakened}` },
  ({ archived, rolledBack }) =>
    archived === null || rolledBack !== null
      ? null
      : { color: 'green', reason: `it was archived at ${archived}` },
  ({ waiting: [wait] }) =>
    wait
      ? {
          color: 'amber',
          reason: `“${wait.name}” waits for ${wait.awaited} (${formatDuration(wait.waitedMs)})`
        }
      : null,
  ({ unrehearsed }) =>
    unrehearsed && { color: 'amber', reason: `“${unrehearsed.title}” is locked: ${unrehearsed.lock}` },
  facts => stepsThatAre(facts, 'waiting', 'amber'),
  ({ rolledBack }) =>
    rolledBack === null ? null : { color: 'amber', reason: rolledBack.replace(/\.$/, '') },
  facts => stepsThatAre(facts, 'stale', 'amber'),
  // What it cut off is inconclusive, and told before. Between two steps, such as when somebody opens the page of a run, nothing is wrong.
  ({ recovery, phases }) =>
    recovery && recovery.resume === null && !hasPassed(phases)
      ? { color: 'amber', reason: `the ${recovery.cause} ended and the run waits to be resumed` }
      : null,
  ({ isTorn }) =>
    isTorn ? { color: 'amber', reason: 'the last line of the journal was cut off by a crash' } : null,
  ({ phases }) => (hasPassed(phases) ? { color: 'green', reason: passedText(phases) } : null)
];

function passedText(phases: readonly PhaseSummary[]): string {
  const skipped = phases.reduce((sum, { skippedSteps }) => sum + skippedSteps, 0);
  return skipped === 0
    ? 'every phase has passed'
    : `every phase has passed, ${formatCount(skipped, 'step')} ${skipped === 1 ? 'was' : 'were'} skipped`;
}

function stepsThatAre(
  { phases, whyStopped }: HealthFacts,
  status: PhaseSummary['status'],
  color: HealthColor
): Health | null {
  const steps = phases.flatMap(phase => phase.steps).filter(step => step.status === status);
  const [first] = steps;
  if (!first) {
    return null;
  }
  const more = steps.length > 1 ? `, and ${steps.length - 1} more` : '';
  return {
    color,
    reason: `“${first.title}” ${STATUS_WORDS[status].sentence}${more}${whyStopped(first.id).replace(/\.$/, '')}`
  };
}

function titleOf(phases: readonly PhaseSummary[], step: string): string {
  return phases.flatMap(phase => phase.steps).find(({ id }) => id === step)?.title ?? step;
}
