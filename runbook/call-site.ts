// The line of the cell that called a helper. An operation begins by itself one microtask later, so that its own stack no longer has it.
import { isLaunchbookError } from '../contract/base/error.js';

/** Where a helper was called. Reading the stack is put off until an error needs it. */
export interface CallSite {
  readonly stack?: string;
}

/** The place of this call. */
export function callSite(): CallSite {
  const site: { stack?: string } = {};
  Error.captureStackTrace(site, callSite);
  return site;
}

const told = new WeakSet<object>();

/** The same error, its stack continued to the call. An error of own code, and one that was told before, stays as it is. */
export function located<E>(error: E, { stack = '' }: CallSite): E {
  if (isLaunchbookError(error) && !told.has(error)) {
    told.add(error);
    const own = (error.stack ?? '').split('\n').filter(line => !line.startsWith('    at async '));
    const call = stack.split('\n').filter(line => line.startsWith('    at '));
    error.stack = [...own, ...call].join('\n');
  }
  return error;
}
