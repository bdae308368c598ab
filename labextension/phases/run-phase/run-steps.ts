// Runs steps in order and stops at the first that does not pass. A few are sent to the kernel at once, so that it does not wait for
// the page between two short steps; after a failure the kernel drops the rest of them. No step after a hold point is sent before that
// is released.
// JupyterLab's Run All sends every cell at once, during which the page draws nothing, and the time grows with the square of their
// number. Here short steps make the next batch larger, up to a size that is sent within a frame or two.

/** How many steps the kernel is handed at first, and at most. */
export const FIRST_BATCH = 8;
export const LARGEST_BATCH = 64;

/** A batch that took less makes the next one larger, one that took longer smaller. */
const SHORT_MS = 1500;

export interface StepToRun {
  readonly id: string;
  /** True when a person has to decide in it, or may have to. */
  readonly isHold: boolean;
}

export interface StepRunner {
  /** Executes the cells in order; settles with whether all of them passed. */
  run(steps: readonly string[]): Promise<boolean>;
  /** False when the person went on, closed the notebook or stopped the run: no further step begins. */
  mayGoOn(): boolean;
  /** Milliseconds, from any beginning. */
  now(): number;
}

/** Settles with true when every step passed. */
export async function runSteps(steps: readonly StepToRun[], runner: StepRunner): Promise<boolean> {
  let size = FIRST_BATCH;
  for (let done = 0; done < steps.length;) {
    const batch = batchOf(steps.slice(done, done + size));
    const begin = runner.now();
    if (!runner.mayGoOn() || !(await runner.run(batch))) {
      return false;
    }
    done += batch.length;
    size = runner.now() - begin < SHORT_MS ? Math.min(LARGEST_BATCH, 2 * size) : FIRST_BATCH;
  }
  return true;
}

/** A hold point ends its batch. */
function batchOf(steps: readonly StepToRun[]): string[] {
  const hold = steps.findIndex(step => step.isHold);
  return (hold === -1 ? steps : steps.slice(0, hold + 1)).map(step => step.id);
}
