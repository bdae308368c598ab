// Shorthand for an error with a name of its own, where a class would have no other user.
import { LaunchbookError } from '../contract/base/error.js';

export function makeError(name: string, code: string, message: string, hint?: string): LaunchbookError {
  const error = new LaunchbookError(message, { code, ...(hint === undefined ? {} : { hint }) });
  error.name = name;
  return error;
}
