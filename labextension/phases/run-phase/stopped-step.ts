// The step at which cells that were run together have stopped. The reply to a cell and the record of how it ended come on two ways, so that
// the record may be the later one.
import { STOPPED } from '../../page/status-look.js';
import type { IRunModel } from '../../tokens.js';

const RECORD_PATIENCE_MS = 3000;

/** The first of `steps` that has stopped; waits a moment for its record. */
export async function stoppedStep(run: IRunModel, steps: readonly string[]): Promise<string | undefined> {
  const find = (): string | undefined =>
    steps.find(step => STOPPED.has(run.state.steps[step]?.status ?? 'not-started'));
  if (find() !== undefined) {
    return find();
  }
  await new Promise<void>(resolve => {
    const look = (): void => {
      if (find() !== undefined) {
        end();
      }
    };
    const end = (): void => {
      window.clearTimeout(timer);
      run.advanced.disconnect(look);
      resolve();
    };
    const timer = window.setTimeout(end, RECORD_PATIENCE_MS);
    run.advanced.connect(look);
  });
  return find();
}
