// A front end that does not say which notebook it runs (nbclient, papermill, a gateway) must not execute a live run without its record.
import type { NotebookFile } from '../../keeper/notebook-file.js';
import { LiveRuns } from '../../keeper/live-runs.js';
import { makeError } from '../../make-error.js';
import type { CellCheck } from '../check.js';

/** Refuses a cell that stands in a live run of this repository while the kernel was told of no notebook. */
export function refuseUntoldRun({
  notebook,
  folder
}: {
  readonly notebook: NotebookFile | null;
  readonly folder: string;
}): CellCheck {
  const elsewhere = process.env['KERNEL_WORKING_DIR'];
  const runs = [folder, ...(elsewhere ? [elsewhere] : [])].map(place => new LiveRuns(place));
  return ({ code, cellId, expressions = [] }) => {
    const texts = notebook === null ? [code, ...expressions] : [];
    const paths = texts.flatMap(text => runs.map(known => known.holding({ code: text, cellId })));
    const path = paths.find(found => found !== null) ?? null;
    return path === null
      ? null
      : makeError(
          'UntoldRunError',
          'run.untold',
          `This cell is a step of the live run ${path}, and this front end has not told the kernel so: it would run without a record, without its hold points and without a driver. Nothing of the cell has run.`,
          `Run it in JupyterLab or with launchbook run ${path}; or set JPY_SESSION_NAME to the notebook's absolute path before the kernel starts.`
        );
  };
}
