// What did not go as planned: a reader of the archive sees at the top what is worth reading further down.
import { textOf, type OutlineCell } from '../../contract/outline.js';
import { describePerson } from '../../contract/person.js';
import { formatCount, formatUtc } from '../../contract/format.js';
import { isHeld } from '../../contract/state.js';
import type { RunFiles } from '../notebook/read-run.js';
import { sha256 } from '../../runbook/hash.js';

/** One sentence each: steps tried again, edited after they ran, added; a stricter policy; rollbacks; notes. In document order. */
export function deviationsOf({ notebook, outline, state }: RunFiles): string[] {
  const steps = outline.phases.flatMap(phase => phase.steps);
  return [
    ...steps.flatMap(step => retryText(step, state)),
    ...editedSteps(notebook.cells, state).map(
      cell => `The step “${titleOf(cell, steps)}” was edited after it ran; what ran is in the journal.`
    ),
    ...(state.policy?.changes ?? [])
      .filter(({ stricter }) => stricter.length > 0)
      .map(({ at, stricter }) => `The policy asked for more from ${formatUtc(at)} on: ${stricter.join(' ')}`),
    ...state.rollbacks
      .filter(rollback => rollback.status !== 'registered')
      .map(rollback => `The rollback “${rollback.name}” was run: ${rollback.status}.`),
    ...state.notes.map(note => `${describePerson(note.by)} noted at ${formatUtc(note.at)}: ${note.text}`)
  ];
}

/** Code cells whose text is not the one of their last attempt. */
export function editedSteps(cells: readonly OutlineCell[], state: RunFiles['state']): OutlineCell[] {
  return cells.filter(cell => {
    const last = state.steps[cell.id ?? '']?.attempts.at(-1);
    return cell.cell_type === 'code' && last !== undefined && last.sourceHash !== sha256(textOf(cell.source));
  });
}

function retryText(
  step: { readonly id: string; readonly title: string },
  state: RunFiles['state']
): string[] {
  const attempts = state.steps[step.id]?.attempts ?? [];
  const bad = attempts.filter(attempt => attempt.outcome !== 'passed' && attempt.outcome !== null);
  if (bad.length === 0) {
    return attempts.length > 1
      ? [`The step “${step.title}” was run ${formatCount(attempts.length, 'time')}.`]
      : [];
  }
  const words = [...new Set(bad.map(attempt => (isHeld(attempt) ? 'was held' : attempt.outcome)))].join(
    ' or '
  );
  const end = attempts.at(-1)?.outcome === 'passed' ? `; attempt ${attempts.length} passed` : '';
  return [
    `The step “${step.title}” ${words} in ${bad.length} of ${formatCount(attempts.length, 'attempt')}${end}.`
  ];
}

function titleOf(
  cell: OutlineCell,
  steps: readonly { readonly id: string; readonly title: string }[]
): string {
  return steps.find(step => step.id === cell.id)?.title ?? cell.id ?? '';
}
