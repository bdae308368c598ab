// Does the notebook tell what the journal recorded? The run's identity, the text of each step that ran, and the times shown under it.
import { runOf, type Notebook } from '../../contract/notebook.js';
import { textOf, type OutlineCell } from '../../contract/outline.js';
import type { RunState } from '../../contract/state.js';
import type { Manifest } from '../archive/manifest.js';
import { withVisibleTimes } from '../archive/visible-times.js';
import { canonicalNotebook } from '../archive/canonical-notebook.js';
import { markOf, withoutArchiveMarks, type CodeCell } from '../notebook/archive-marks.js';
import { sha256 } from '../../runbook/hash.js';
import { lineOfText } from './line-of.js';
import type { ArchiveFiles, Finding } from './verification.js';

/** Every difference between the two. */
export function stepFindings(
  { names, notebook: bytes }: ArchiveFiles,
  notebook: Notebook,
  state: RunState,
  manifest: Manifest | null
): Finding[] {
  const text = bytes.toString('utf8');
  const at = (part: string, code: string, seen: string): Finding => ({
    file: names.notebook,
    line: lineOfText(text, part),
    code,
    text: seen
  });
  const bare = canonicalNotebook(withoutArchiveMarks(notebook));
  return [
    ...(isSame(runOf(notebook), state.run)
      ? []
      : [at('"run": {', 'notebook.other_run', 'is not the identity of the run in the journal')]),
    ...notebook.cells.flatMap(cell => {
      const place = `"id": ${JSON.stringify(cell.id)}`;
      const original = bare.cells.find(candidate => candidate.id === cell.id);
      return [
        ...(isEdited(cell, state) && !manifest?.edited.includes(cell.id ?? '')
          ? [at(place, 'step.edited', `begins the step ${cell.id}, whose text is not the one that ran last`)]
          : []),
        ...(manifest !== null && original && hasOtherTimes(cell, original, state)
          ? [at(place, 'step.times', `begins the step ${cell.id}, whose times are not those of the journal`)]
          : [])
      ];
    })
  ];
}

function isEdited(cell: OutlineCell, state: RunState): boolean {
  const last = state.steps[cell.id ?? '']?.attempts.at(-1);
  return cell.cell_type === 'code' && last !== undefined && last.sourceHash !== sha256(textOf(cell.source));
}

function hasOtherTimes(cell: OutlineCell, original: OutlineCell, state: RunState): boolean {
  const timesOf = (candidate: OutlineCell): unknown =>
    ((candidate as CodeCell).outputs ?? [])
      .filter(output => markOf(output.metadata) === 'times')
      .map(output => output.data);
  return !isSame(timesOf(cell), timesOf(withVisibleTimes(original, state)));
}

function isSame(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b);
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  );
}
