// What only a run has, in a kernel that nobody told of a notebook: there is no file whose record, hold points and environment could count.
import { helpersIn } from '../../../record/source/source-facts.js';
import type { NotebookFile } from '../../keeper/notebook-file.js';
import { makeError } from '../../make-error.js';
import type { CellCheck } from '../check.js';

const OF_RUNS: ReadonlySet<string> = new Set([
  'approval',
  'checklist',
  'assign',
  'gather',
  'checkpoint',
  'rollback'
]);

/** Refuses cells that hold, mark or roll back a run where no notebook is known. */
export function refuseRunWithoutNotebook({
  notebook
}: {
  readonly notebook: NotebookFile | null;
}): CellCheck {
  return ({ code, expressions = [] }) => {
    if (notebook !== null) {
      return null;
    }
    const helpers = [code, ...expressions].flatMap(helpersIn).map(helper => helper.split('.')[0]!);
    const found = helpers.find(helper => OF_RUNS.has(helper));
    return found === undefined
      ? null
      : makeError(
          'NoNotebookError',
          'run.no_notebook',
          `${found}() belongs to a run, and this front end has not told the kernel which notebook it runs: a production release would be executed without a record, without its hold points and without a driver. Nothing of the cell has run.`,
          "Run it in JupyterLab or with launchbook run; or set JPY_SESSION_NAME to the notebook's absolute path before the kernel starts."
        );
  };
}
