// What is said when a cell of a run would go to another kernel than the run's own.
import type { Words } from '../page/words.js';

/** The kernel of a run, as the page sees it. */
export interface RunKernel {
  /** What the attached kernel is called when it is not ours. */
  readonly foreign: string | null;
  /** True when the server has our kernel. */
  readonly isInstalled: boolean;
  readonly isAttached: boolean;
}

/** Why nothing runs. `canSwitch`: a button that changes the kernel. */
export interface KernelObstacle {
  readonly title: string;
  readonly text: string;
  readonly canSwitch: boolean;
}

/** The obstacle, or null while our kernel is attached or can be started. */
export function kernelObstacle(
  { foreign, isInstalled, isAttached }: RunKernel,
  words: Words
): KernelObstacle | null {
  if (foreign !== null) {
    const text = isInstalled
      ? words.__(
          'The kernel of this notebook is %1, and a run works with the kernel Launchbook only. Nothing was run. Switching ends %1.',
          foreign
        )
      : words.__(
          'The kernel of this notebook is %1, and a run works with the kernel Launchbook only, which this server does not have. Nothing was run.',
          foreign
        );
    return { title: words.__('Another kernel is attached'), text, canSwitch: isInstalled };
  }
  return isAttached || isInstalled
    ? null
    : {
        title: words.__('The kernel of this run is missing'),
        text: words.__(
          'This server does not have the kernel Launchbook. Install it, then reload. Nothing was run.'
        ),
        canSwitch: false
      };
}
