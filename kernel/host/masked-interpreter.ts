// An interpreter whose answers hold no secrets, and that shows held-back text before a cell counts as ended.
import type { Cell, CellError, ExecuteOutcome, Interpreter } from '../core/ports.js';
import type { JsonObject } from '../../contract/json.js';
import type { MaskedOutputs } from './masked-outputs.js';
import type { Masking } from './masking.js';

/** Wraps `inner`. */
export function maskInterpreter(
  inner: Interpreter,
  masking: Masking,
  outputs: Pick<MaskedOutputs, 'flush'>
): Interpreter {
  return {
    execute: async (cell: Cell, userExpressions: JsonObject): Promise<ExecuteOutcome> => {
      try {
        return maskOutcome(await inner.execute(cell, userExpressions), masking);
      } finally {
        outputs.flush(cell.key);
      }
    },
    foresee: code => inner.foresee?.(code),
    complete: (code, offset) => inner.complete(code, offset),
    inspect: async (code, offset, detail) => masking.json(await inner.inspect(code, offset, detail)),
    isComplete: code => inner.isComplete(code),
    interrupt: () => inner.interrupt(),
    shutdown: isRestart => inner.shutdown(isRestart)
  };
}

function maskOutcome(outcome: ExecuteOutcome, masking: Masking): ExecuteOutcome {
  if (masking.isIdle) {
    return outcome;
  }
  return {
    ...outcome,
    ...(outcome.error === undefined ? {} : { error: maskError(outcome.error, masking) }),
    ...(outcome.userExpressions === undefined
      ? {}
      : { userExpressions: masking.json(outcome.userExpressions) }),
    ...(outcome.payload === undefined ? {} : { payload: masking.json(outcome.payload) })
  };
}

function maskError({ ename, evalue, traceback, record }: CellError, masking: Masking): CellError {
  return {
    ename: masking.text(ename),
    evalue: masking.text(evalue),
    traceback: masking.json(traceback),
    record: { ...masking.json(record), code: record.code }
  };
}
