// Steps that ran and whose cells are gone: deleted, or made Markdown. What they showed would be in the journal alone, so the archive has a
// cell for each, with what ran as comments and the outputs that were recorded. It is no step.
import { visibleLine } from '../../contract/base/escape.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { AttemptFacts } from '../facts/attempts.js';
import { markedAs } from '../notebook/archive-marks.js';
import { canonicalOutput, linesOf } from './canonical-notebook.js';
import { withVisibleTimes } from './visible-times.js';
import type { FindRecorded } from './outputs/recorded-outputs.js';

/** The cells with one more for each step that is gone, behind what ran before it or became of it. `attempts` in the order of time. */
export function withStepsPutBack(
  cells: readonly OutlineCell[],
  attempts: readonly AttemptFacts[],
  recorded: FindRecorded
): OutlineCell[] {
  const codeIds = new Set(cells.filter(({ cell_type: type }) => type === 'code').map(({ id }) => id));
  const bySteps = [...Map.groupBy(attempts, ({ step }) => step)];
  const put = [...cells];
  let behind: string | undefined;
  let count = 0;
  for (const [step, ran] of bySteps) {
    // An undo step is in no phase.
    const isGone = !codeIds.has(step) && ran[0]!.phase !== '';
    if (isGone) {
      count += 1;
      const cell = withVisibleTimes(cellOf(count, step, ran[0]!, recorded), ran);
      const place = put.findIndex(({ id }) => id === step);
      const index = place === -1 ? put.findIndex(({ id }) => id === behind) : place;
      put.splice(index + 1, 0, cell);
      behind = cell.id;
    } else if (codeIds.has(step)) {
      behind = step;
    }
  }
  return put;
}

function cellOf(
  number: number,
  step: string,
  { title, phase }: AttemptFacts,
  recorded: FindRecorded
): OutlineCell {
  const found = recorded({ id: step, cell_type: 'code', source: '' });
  const said = visibleLine(
    `“${title}” (${phase}) ran, and its cell is gone. Its text and outputs as the journal has them; this cell is no step of the run.`
  );
  const lines = [said, ...(found?.source ?? '').split(/\r\n|[\n\r\u2028\u2029]/)].map(line =>
    `// ${line}`.trimEnd()
  );
  const cell = {
    cell_type: 'code',
    id: `launchbook-recorded-${number}`,
    metadata: markedAs('recorded'),
    execution_count: null,
    source: linesOf(lines.join('\n')),
    outputs: (found?.outputs ?? []).map(canonicalOutput)
  };
  return cell;
}
