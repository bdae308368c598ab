// How long a phase should take: what its prose says (`Planned: 10 min`), else what earlier runs took.
import { textOf, type OutlineCell } from '../../contract/outline.js';
import type { UsualTimes } from './usual-times.js';

const UNITS: { readonly [letter: string]: number } = { s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds, or null when nobody has said and no earlier run tells. */
export function plannedMs(
  cells: readonly OutlineCell[],
  phase: { readonly id: string },
  usual: UsualTimes
): number | null {
  const heading = cells.find(cell => cell.id === phase.id && cell.cell_type === 'markdown');
  const [, amount, unit] =
    /\bplanned\**:?\**\s*(?:about\s+)?(\d+(?:\.\d+)?)\s*(s|m|h)(?:ec|in|r|our)?/i.exec(
      textOf(heading?.source ?? '')
    ) ?? [];
  return amount === undefined
    ? (usual[phase.id] ?? null)
    : Math.round(Number(amount) * UNITS[unit!.toLowerCase()]!);
}
