// Everything that whatever is to be executed passes, in this order: a step, and what makes no attempt, such as a silent request.
import type { NotebookFile } from '../../keeper/notebook-file.js';
import type { RunKeeper } from '../../keeper/run-keeper.js';
import type { KnownRun } from '../../profile/known-run.js';
import type { CellNotices } from '../cell-notices.js';
import type { CellCheck } from '../check.js';
import { refuseUnreadableNotebook } from './unreadable-notebook.js';
import { refuseShownRun } from './shown-run.js';
import { refuseUntoldRun } from './untold-run.js';
import { tellNoJournal } from './no-journal.js';
import { refuseRunWithoutNotebook } from './run-without-notebook.js';
import { refuseTextForm } from './text-form.js';
import { refuseUnrecordedCode } from './unrecorded-code.js';

/** What the checks look at. */
export interface CellCheckParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  /** A text that was named in place of a notebook. */
  readonly textForm: string | null;
  /** Where the kernel was started; runs of its repository are known although nobody names them. */
  readonly folder: string;
  readonly notices: CellNotices;
  readonly known: Pick<KnownRun, 'settle'>;
}

/** The checks of a cell, in order. */
export function checksOfCell(parts: CellCheckParts): readonly CellCheck[] {
  return [
    refuseUnreadableNotebook(parts),
    () => parts.known.settle(),
    refuseShownRun(parts),
    refuseUntoldRun(parts),
    refuseTextForm(parts),
    refuseRunWithoutNotebook(parts),
    refuseUnrecordedCode(parts),
    tellNoJournal(parts)
  ];
}
