// How long a phase or a step should take: what its prose says (`Planned: 10 min`), else the median of what earlier runs of the same runbook in the
// same environment took. Only runs that had ended before this one began count, so that an archive does not change when later runs come.
import { textOf, type OutlineCell, type PhaseOutline } from '../../contract/notebook/outline.js';
import { quantile, type EarlierRun } from './earlier-runs.js';

const UNITS: { readonly [letter: string]: number } = { s: 1000, m: 60_000, h: 3_600_000 };

/** Of a phase: milliseconds, or null when nobody has said and no earlier run tells. */
export function plannedMs(
  cells: readonly OutlineCell[],
  { id, steps }: PhaseOutline,
  earlier: readonly EarlierRun[]
): number | null {
  const heading = cells.find(cell => cell.id === id && cell.cell_type === 'markdown');
  return saidIn(heading === undefined ? [] : [heading]) ?? medianOf(steps, earlier);
}

/** Of a step: what the text between it and the step before says, unless that is the heading of its phase; else as for a phase. */
export function plannedStepMs(
  cells: readonly OutlineCell[],
  phase: string,
  step: string,
  earlier: readonly EarlierRun[]
): number | null {
  const index = cells.findIndex(({ id }) => id === step);
  const before = cells.slice(0, Math.max(0, index));
  const prose = before.slice(
    before.findLastIndex(cell => cell.cell_type !== 'markdown' || cell.id === phase) + 1
  );
  return saidIn(prose) ?? medianOf([{ id: step }], earlier);
}

/** The last that the texts say, in milliseconds. */
function saidIn(cells: readonly OutlineCell[]): number | null {
  const said = cells.flatMap(({ source }) => {
    const [, amount, unit] = PLANNED.exec(textOf(source)) ?? [];
    return amount === undefined ? [] : [Math.round(Number(amount) * UNITS[unit!.toLowerCase()]!)];
  });
  return said.at(-1) ?? null;
}

const PLANNED = /\bplanned\**:?\**\s*(?:about\s+)?(\d+(?:\.\d+)?)\s*(s|m|h)(?:ec|in|r|our)?/i;

function medianOf(steps: readonly { readonly id: string }[], earlier: readonly EarlierRun[]): number | null {
  const took = earlier.flatMap(run => durationOf(steps, run) ?? []).sort((a, b) => a - b);
  return took.length === 0 ? null : quantile(took, 0.5);
}

/** The earlier runs of the same kind whose times a run in this environment, begun at `startedAt`, can be held against. */
export function comparableRuns(
  earlier: readonly EarlierRun[],
  environment: string | undefined,
  startedAt: string | null
): EarlierRun[] {
  const beganMs = Date.parse(startedAt ?? '');
  return earlier.filter(run => run.environment === environment && run.endedMs < beganMs);
}

/** Null when the earlier run did not have one of the steps. */
function durationOf(
  steps: readonly { readonly id: string }[],
  { stepDurationsMs }: EarlierRun
): number | null {
  const durations = steps.map(step => stepDurationsMs[step.id]);
  return durations.length > 0 && durations.every(duration => duration !== undefined)
    ? durations.reduce((sum, duration) => sum + duration, 0)
    : null;
}
