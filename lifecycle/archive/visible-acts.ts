// What people did with a step beside running it, as visible text under it: who left it out, continued it or rolled it back, and why.
import { visibleLine } from '../../contract/base/escape.js';
import { formatUtc } from '../../contract/base/format.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import { describeAct, type ActFacts } from '../facts/acts/act-facts.js';
import type { CodeCell } from '../notebook/archive-marks.js';
import { markedOutput } from './marked-output.js';

/** The cell with one more output that tells the acts that were about it; the same cell when there were none. */
export function withVisibleActs(cell: OutlineCell, acts: readonly ActFacts[]): OutlineCell {
  const { id = '' } = cell;
  const about = acts.filter(({ steps }) => steps.includes(id));
  if (cell.cell_type !== 'code' || about.length === 0) {
    return cell;
  }
  const outputs = (cell as CodeCell).outputs ?? [];
  return { ...cell, outputs: [...outputs, markedOutput('acts', about.map(lineOf))] } as OutlineCell;
}

/** `– 2026-11-22 08:10:00 UTC: Ann Lee (claimed) left out “Smoke test” (Verification): nothing to look at`, on one line. */
function lineOf(act: ActFacts): string {
  return visibleLine(`– ${formatUtc(act.at)}: ${describeAct(act)}`);
}
