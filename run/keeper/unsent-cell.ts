// A cell that no client has sent: an attempt that is evaluated again, or the undo steps that a front end has asked for.
import type { Cell } from '../ports.js';

/** A new cell of this kind. `step` is the cell of the notebook that it stands for, or null. */
export function unsentCell(kind: NonNullable<Cell['kind']>, code: string, step: string | null): Cell {
  return {
    key: `${kind}-${++count}`,
    kind,
    code,
    executionCount: 0,
    isSilent: true,
    cellId: step,
    queuedAt: new Date().toISOString(),
    session: '',
    username: '',
    allowsStdin: false
  };
}

let count = 0;
