// Is the notebook still what a hold point asks about?
import type { ApprovalState } from '../../contract/holds/hold.js';
import { isSameJson } from '../../contract/base/stable-text.js';
import { changesSince } from '../../contract/holds/content-binding.js';
import { bindLike } from '../../record/policy/bind-content.js';
import { readOutline } from '../../record/source/read-outline.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';
import type { RunFiles } from '../notebook/read-run.js';

/** One sentence for each difference between the notebook and what was asked about; none of a request that is bound to nothing. */
export function changesSinceAsked(
  { binding, step }: Pick<ApprovalState, 'binding' | 'step'>,
  { run, state, notebook }: Pick<RunFiles, 'run' | 'state' | 'notebook'>
): string[] {
  if (!binding) {
    return [];
  }
  const { cells } = withoutArchiveMarks(notebook);
  const content = { run, outline: readOutline(cells), cells };
  return [
    ...(isSameJson(run, state.run) ? [] : ['The notebook names another run than its journal.']),
    ...changesSince(binding, bindLike(binding, { content, state, sources: {} }, step))
  ];
}
