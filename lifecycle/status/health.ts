// Red, amber or green, and why. One rule a line, the worst first; the first that holds gives the colour and the reason.
import { formatDuration } from '../../contract/format.js';
import type { PhaseSummary } from '../../contract/phase-status.js';
import type { RecoveryState } from '../../contract/state.js';
import { hasPassed } from './run-outcome.js';
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
  readonly waiting: readonly Wait[];
  readonly silence: Silence | null;
  /** The notebook of a run in whose middle its process died, as a person would write it; null when it lives or nobody knows. */
  readonly abandoned: string | null;
  /** Why the policy was broken, or null. */
  readonly breakGlass: string | null;
  /** The first phase that the policy locks for want of a rehearsal, with the reason in a few words; null when none is. */
  readonly unrehearsed: { readonly title: string; readonly lock: string } | null;
  /** What launchbook.yml asks less for than it did, or null. */
  readonly weakened: string | null;
  /** Null unless the process that held the run's variables is gone. */
  readonly recovery: RecoveryState | null;
  readonly isTorn: boolean;
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
  facts => stepsThatAre(facts, 'rejected', 'red', 'was rejected'),
  facts => stepsThatAre(facts, 'failed', 'red', 'failed'),
  facts =>
    stepsThatAre(facts, 'inconclusive', 'red', 'has no known end; a person must say whether it succeeded'),
  ({ abandoned, phases }) =>
    abandoned !== null && phases.some(({ steps }) => steps.some(({ status }) => status === 'running'))
      ? {
          color: 'red',
          reason: `the process that ran it is gone; go on with: launchbook resume ${abandoned}`
        }
      : null,
  ({ silence, phases }) =>
    silence && {
      color: 'red',
      reason: `“${titleOf(phases, silence.step)}” runs and nothing was recorded for ${formatDuration(silence.silentMs)}; ${formatDuration(silence.allowedMs)} were expected at most`
    },
  ({ recovery }) =>
    recovery && recovery.resume === null
      ? { color: 'red', reason: `the ${recovery.cause} ended and the run waits to be resumed` }
      : null,
  ({ breakGlass }) =>
    breakGlass === null ? null : { color: 'amber', reason: `the policy was broken: ${breakGlass}` },
  ({ weakened }) =>
    weakened === null ? null : { color: 'amber', reason: `the policy was weakened: ${weakened}` },
  ({ waiting: [wait] }) =>
    wait
      ? {
          color: 'amber',
          reason: `“${wait.name}” waits for ${wait.awaited} for ${formatDuration(wait.waitedMs)}`
        }
      : null,
  ({ unrehearsed }) =>
    unrehearsed && { color: 'amber', reason: `“${unrehearsed.title}” is locked: ${unrehearsed.lock}` },
  facts => stepsThatAre(facts, 'waiting', 'amber', 'is held: nobody has decided yet'),
  facts => stepsThatAre(facts, 'stale', 'amber', 'is stale: what it stood on has changed'),
  ({ isTorn }) =>
    isTorn ? { color: 'amber', reason: 'the last line of the journal was cut off by a crash' } : null,
  ({ phases }) => (hasPassed(phases) ? { color: 'green', reason: 'every phase has passed' } : null)
];

function stepsThatAre(
  { phases }: HealthFacts,
  status: PhaseSummary['status'],
  color: HealthColor,
  words: string
): Health | null {
  const steps = phases.flatMap(phase => phase.steps).filter(step => step.status === status);
  const [first] = steps;
  if (!first) {
    return null;
  }
  const more = steps.length > 1 ? `, and ${steps.length - 1} more` : '';
  return { color, reason: `“${first.title}” ${words}${more}` };
}

function titleOf(phases: readonly PhaseSummary[], step: string): string {
  return phases.flatMap(phase => phase.steps).find(({ id }) => id === step)?.title ?? step;
}
