// Says under the error of a dry run's cell why there may be no value: helpers gave back empty results, because nothing was performed.
import type { RunMode } from '../../contract/run.js';
import type { CellError, Interpreter } from '../core/ports.js';

/** Wraps `inner` when the run is a dry run. */
export function explainDryRun(inner: Interpreter, mode: RunMode): Interpreter {
  if (mode !== 'dry-run') {
    return inner;
  }
  return {
    execute: async (cell, userExpressions) => {
      const outcome = await inner.execute(cell, userExpressions);
      return outcome.error === undefined || !isOfValues(outcome.error)
        ? outcome
        : { ...outcome, error: explained(outcome.error) };
    },
    foresee: code => inner.foresee?.(code),
    complete: (code, offset) => inner.complete(code, offset),
    inspect: (code, offset, detail) => inner.inspect(code, offset, detail),
    isComplete: code => inner.isComplete(code),
    interrupt: () => inner.interrupt(),
    shutdown: isRestart => inner.shutdown(isRestart)
  };
}

/** Faults of the code itself and of the kernel have their own words. */
function isOfValues({ record }: CellError): boolean {
  return !/^(typescript|usage|cell|executor|hold|run|profile|journal)\./.test(record.code);
}

const EXPLANATION =
  'This is a dry run: nothing was performed, so helpers gave back empty results. ' +
  "Where the cell needs a value, put one beside the call with the option dryRun, for example $({ dryRun: '2.4.0' })`…`.";

function explained({ record, traceback, ...error }: CellError): CellError {
  const hint = record.hint === undefined ? EXPLANATION : `${record.hint} ${EXPLANATION}`;
  return { ...error, traceback: [...traceback, EXPLANATION], record: { ...record, hint } };
}
