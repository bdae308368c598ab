// Does the notebook tell what the journal recorded? The run's identity, the text of each step that ran, the times and the acts shown under it.
import { isSameJson } from '../../contract/base/stable-text.js';
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { PhaseStatus } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';
import { toldPhases } from '../../contract/state/told-status.js';
import type { Manifest } from '../manifest/manifest.js';
import { actsOf } from '../facts/acts/acts-of.js';
import type { ActFacts } from '../facts/acts/act-facts.js';
import { StepTitles } from '../facts/acts/step-titles.js';
import { allAttempts, type AttemptFacts } from '../facts/attempts.js';
import { editedSteps } from '../facts/edited-steps.js';
import { withVisibleActs } from '../archive/visible-acts.js';
import { standingsOf, withVisibleTimes } from '../archive/visible-times.js';
import { canonicalNotebook } from '../archive/canonical-notebook.js';
import { markOf, withoutArchiveMarks, type ArchiveMark, type CodeCell } from '../notebook/archive-marks.js';
import { lineOfText } from '../findings/line-of.js';
import type { ArchiveFiles, Finding } from '../findings/verification.js';

/** Every difference between the two. */
export function stepFindings(
  { names: files, notebook: bytes }: ArchiveFiles,
  notebook: Notebook,
  { records, state }: { readonly records: readonly JournalRecord[]; readonly state: RunState },
  manifest: Manifest | null
): Finding[] {
  const text = bytes.toString('utf8');
  const at = (part: string, code: string, seen: string): Finding => ({
    file: files.notebook,
    line: lineOfText(text, part),
    code,
    text: seen
  });
  const names = new StepTitles(records, state.outline);
  const attempts = Map.groupBy(allAttempts(state, names), ({ step }) => step);
  const standings = standingsOf(toldPhases(state, state.outline));
  const { acts } = actsOf(records, names);
  const bare = canonicalNotebook(withoutArchiveMarks(notebook));
  const edited = editedSteps(notebook.cells, state).filter(id => !manifest?.edited.includes(id));
  return [
    ...(isSameJson(runOf(notebook), state.run)
      ? []
      : [at('"run": {', 'notebook.other_run', 'is not the identity of the run in the journal')]),
    ...notebook.cells.flatMap(cell => {
      const place = `"id": ${JSON.stringify(cell.id)}`;
      const original = bare.cells.find(candidate => candidate.id === cell.id);
      const told = attempts.get(cell.id ?? '') ?? [];
      return [
        ...(edited.includes(cell.id ?? '')
          ? [
              at(
                place,
                'step.edited',
                `begins the step ${names.of(cell.id ?? '')}, whose text is not the one that ran last`
              )
            ]
          : []),
        ...(manifest !== null && original && hasOtherTimes(cell, original, told, standings.get(cell.id ?? ''))
          ? [
              at(
                place,
                'step.times',
                `begins the step ${names.of(cell.id ?? '')}, whose times are not those of the journal`
              )
            ]
          : []),
        ...(manifest !== null && original && hasOtherActs(cell, original, acts)
          ? [
              at(
                place,
                'step.acts',
                `begins the step ${names.of(cell.id ?? '')}, under which other acts of people stand than in the journal`
              )
            ]
          : [])
      ];
    })
  ];
}

function hasOtherTimes(
  cell: OutlineCell,
  original: OutlineCell,
  attempts: readonly AttemptFacts[],
  standing: PhaseStatus | undefined
): boolean {
  // Archives of earlier versions call an attempt that was held a failed one, and do not tell how its step stands.
  const earlier = attempts.map(attempt => ({ ...attempt, end: attempt.outcome }));
  const forms = [
    withVisibleTimes(original, attempts, standing),
    withVisibleTimes(original, attempts),
    withVisibleTimes(original, earlier)
  ];
  return !forms.some(form => isSameJson(addedTo(cell, 'times'), addedTo(form, 'times')));
}

function hasOtherActs(cell: OutlineCell, original: OutlineCell, acts: readonly ActFacts[]): boolean {
  return !isSameJson(addedTo(cell, 'acts'), addedTo(withVisibleActs(original, acts), 'acts'));
}

/** What an archive has added below a cell under this mark. */
function addedTo(cell: OutlineCell, mark: ArchiveMark): unknown {
  return ((cell as CodeCell).outputs ?? [])
    .filter(output => markOf(output.metadata) === mark)
    .map(output => output.data);
}
