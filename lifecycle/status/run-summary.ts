// Where a run stands, as one word and as text for a terminal. A pure function of the phases.
import { formatCount, formatDuration, formatUtc } from '../../contract/format.js';
import type { PhaseSummary } from '../../contract/phase-status.js';
import type { Outcome, PhaseStatus, RunInfo } from '../../contract/run.js';

/** One character a status, beside the word, so that neither is needed alone. */
const GLYPHS: { readonly [status in PhaseStatus]: string } = {
  'not-started': '·',
  running: '▶',
  waiting: '⧗',
  passed: '✓',
  failed: '✗',
  rejected: '⊘',
  inconclusive: '?',
  stale: '↻',
  skipped: '»',
  locked: '▪'
};

/** The heading of a run, or of a notebook that is none. */
export function describeRun(path: string, run: RunInfo | null): string {
  return run
    ? `${path}: release ${run.release} in ${run.environment}, ${run.mode}, run ${run.id}`
    : `${path}: scratch, no run`;
}

/** One line a phase, and one for each hold point that waits. */
export function describePhases(phases: readonly PhaseSummary[]): string[] {
  const width = Math.max(0, ...phases.map(phase => phase.title.length));
  return phases.flatMap(phase => {
    const steps = `${phase.passedSteps} of ${formatCount(phase.steps.length, 'step')}`;
    const elapsed = phase.elapsedMs > 0 ? `, ${formatDuration(phase.elapsedMs)}` : '';
    const lock = phase.lock ? `, behind ${phase.lock.hold}` : '';
    const head = `  ${GLYPHS[phase.status]} ${phase.title.padEnd(width)}  ${phase.status.padEnd(12)} ${steps}${elapsed}${lock}`;
    return [head, ...phase.waiting.map(hold => `      ${describeWaiting(hold)}`)];
  });
}

/**
 * How a whole run stands: its end, or why there is none yet.
 * `held`: it waits at a hold point, or has not come to its end.
 */
export type RunOutcome = Outcome | 'held';

/** The word for a run in this state: the worst thing first; a run that has not come to its end is held. */
export function outcomeOf(phases: readonly PhaseSummary[]): RunOutcome {
  const statuses = phases.map(phase => phase.status);
  const worst = (['rejected', 'failed', 'inconclusive'] as const).find(word => statuses.includes(word));
  return worst ?? (statuses.length > 0 && statuses.every(status => status === 'passed') ? 'passed' : 'held');
}

function describeWaiting(hold: PhaseSummary['waiting'][number]): string {
  const since = `since ${formatUtc(hold.requestedAt)}`;
  if ('items' in hold) {
    const open = hold.items.filter(item => item.required && !item.ticked).length;
    return `${hold.name}: ${formatCount(open, 'item')} to tick, ${since}`;
  }
  return `${hold.name}: waiting for ${hold.request.approvers.join(', ') || 'anybody'} ${since}`;
}
