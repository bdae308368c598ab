// Resources that a cell declares with `using` or `await using` at its top level. They are disposed of in reverse order when the
// cell ends, however it ends: by its last statement, an error or an interrupt.
import { currentCell, type CellScope } from './cell-scope.js';
import { AsyncDisposableStack, SuppressedError, Symbol, TypeError, WeakMap } from '../intrinsics.js';

const stacks = new WeakMap<CellScope, AsyncDisposableStack>();

/** The functions that cells call for their declarations. */
export const RESOURCE_GLOBALS = {
  __launchbookUsing: (value: unknown): unknown => keep(value, false),
  __launchbookAwaitUsing: (value: unknown): unknown => keep(value, true)
};

/** Disposes of a cell's resources, in the order of the language. Null when it has none. */
export function disposeResources(cell: CellScope | null): Promise<void> | null {
  const stack = cell === null ? undefined : stacks.get(cell);
  if (stack === undefined || stack.disposed) {
    return null;
  }
  return stack.disposeAsync();
}

/** The error of a cell that failed, and whose resources failed too. */
export function suppress(disposal: unknown, error: unknown): unknown {
  return new SuppressedError(disposal, error, 'A resource of the cell could not be disposed of either.');
}

function keep(value: unknown, isAsync: boolean): unknown {
  const cell = currentCell();
  if (cell === null || value === null || value === undefined) {
    return value;
  }
  if (isAsync) {
    stackOf(cell).use(value as AsyncDisposable);
    return value;
  }
  const dispose: unknown = (value as Partial<Disposable>)[Symbol.dispose];
  if (typeof dispose !== 'function') {
    throw new TypeError('The value of a using declaration has no [Symbol.dispose] method.');
  }
  stackOf(cell).defer(() => void dispose.call(value));
  return value;
}

// An interrupted cell ends at once; what its resources then complain about appears as a late error of the cell.
function stackOf(cell: CellScope): AsyncDisposableStack {
  const known = stacks.get(cell);
  if (known !== undefined) {
    return known;
  }
  const stack = new AsyncDisposableStack();
  stacks.set(cell, stack);
  cell.signal.addEventListener('abort', () => void stack.disposeAsync());
  return stack;
}
