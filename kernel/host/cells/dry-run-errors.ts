// Says under the error of a dry run's cell why there may be no value: helpers returned empty results, because nothing was performed.
import type { RunMode } from '../../../contract/base/run.js';
import type { CellError } from '../../../contract/base/cell-error.js';
import type { RunCell } from '../../core/ports/ports.js';

/** Runs cells as `run` does, with the explanation when the run is a dry run. */
export function explainDryRun(run: RunCell, known: { readonly mode: RunMode }): RunCell {
  return async (cell, userExpressions) => {
    const outcome = await run(cell, userExpressions);
    return known.mode !== 'dry-run' || outcome.error === undefined || !isOfValues(outcome.error)
      ? outcome
      : { ...outcome, error: explained(outcome.error) };
  };
}

/** Faults of the code itself and of the kernel have their own words. */
function isOfValues({ record }: CellError): boolean {
  return !/^(typescript|usage|cell|executor|hold|run|profile|journal)\./.test(record.code);
}

const EXPLANATION =
  'This is a dry run: nothing was performed, so helpers returned empty results. ' +
  "Where the cell needs a value, put one beside the call with the option dryRun, for example $({ dryRun: '2.4.0' })`…`.";

function explained({ record, traceback, ...error }: CellError): CellError {
  const hint = record.hint === undefined ? EXPLANATION : `${record.hint} ${EXPLANATION}`;
  return { ...error, traceback: [...traceback, EXPLANATION], record: { ...record, hint } };
}
