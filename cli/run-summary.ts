// Where a run stands, as text for a terminal and as an exit code. A pure function of the phases.
import { formatCount, formatDuration, formatUtc } from '../contract/format.js';
import type { PhaseSummary } from '../contract/phase-status.js';
import type { PhaseStatus, RunInfo } from '../contract/run.js';
import { EXIT, type ExitCode } from './exit-codes.js';

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

/** The exit code for a run in this state; a run that has not come to its end is held. */
export function exitCodeOf(phases: readonly PhaseSummary[]): ExitCode {
  const statuses = phases.map(phase => phase.status);
  if (statuses.includes('rejected')) {
    return EXIT.rejected;
  }
  if (statuses.includes('failed')) {
    return EXIT.failed;
  }
  if (statuses.includes('inconclusive')) {
    return EXIT.inconclusive;
  }
  return statuses.length > 0 && statuses.every(status => status === 'passed') ? EXIT.passed : EXIT.held;
}

function describeWaiting(hold: PhaseSummary['waiting'][number]): string {
  const since = `since ${formatUtc(hold.requestedAt)}`;
  if ('items' in hold) {
    const open = hold.items.filter(item => item.required && !item.ticked).length;
    return `${hold.name}: ${formatCount(open, 'item')} to tick, ${since}`;
  }
  return `${hold.name}: waiting for ${hold.request.approvers.join(', ') || 'anybody'} ${since}`;
}
