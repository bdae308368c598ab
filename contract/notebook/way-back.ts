// The one cell that waits for no other step: going back must always be possible.

/** True for a cell that runs the registered undo steps and nothing else. They were registered by cells that were allowed to run. */
export function isWayBack(code: string): boolean {
  return /^\s*await\s+rollback\s*\.\s*run\s*\(\s*\)\s*;?\s*$/.test(code);
}
