// Runs steps in order and stops at the first that does not pass. A few are handed to the kernel at once, so that it does not
// wait for the page between two short steps; the kernel itself gives up what it was handed behind a failure. Nothing is handed
// over behind a hold point before it is released.
// Faster than Run All, which hands over every cell at once and keeps the page from drawing until it has.

/** How many steps the kernel is handed at once. */
export const BATCH = 8;

export interface StepToRun {
  readonly id: string;
  /** True when a person has to decide in it. */
  readonly isHold: boolean;
}

export interface StepRunner {
  /** Executes the cells in order; settles with whether all of them passed. */
  run(steps: readonly string[]): Promise<boolean>;
  /** False when the person went on, closed the notebook or stopped the run: no further step begins. */
  mayGoOn(): boolean;
}

/** Settles with true when every step passed. */
export async function runSteps(steps: readonly StepToRun[], runner: StepRunner): Promise<boolean> {
  for (const batch of batchesOf(steps)) {
    if (!runner.mayGoOn() || !(await runner.run(batch))) {
      return false;
    }
  }
  return true;
}

/** A hold point ends its batch. */
function batchesOf(steps: readonly StepToRun[]): string[][] {
  const batches: string[][] = [];
  let batch: string[] = [];
  for (const { id, isHold } of steps) {
    batch.push(id);
    if (isHold || batch.length === BATCH) {
      batches.push(batch);
      batch = [];
    }
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}
