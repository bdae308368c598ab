// Which attempts an open document lacks the outputs of. Knows neither JupyterLab nor comms.
import type { WantedOutputs } from '../../contract/comms/outputs-comm.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';

/** How far a document shows an attempt of one cell. */
export interface ShownOutputs {
  readonly attempt: number;
  /** Number of recorded outputs that are shown, or `all`: this page got them from the kernel itself, or the file has them. */
  readonly upTo: number | 'all';
}

/** What is known of the document's code cells. */
export interface DocumentCells {
  /** What this page has put there or seen; undefined when it has not looked at the cell yet. */
  shown(cell: string): ShownOutputs | undefined;
  /** The last attempt that the file itself has; 0 when it has none. */
  keptAttempt(cell: string): number;
  /** True for an attempt that began or ran while this page was connected: nothing said how many outputs it would have. */
  hasSeen(cell: string, attempt: number): boolean;
  /** True while this page executes the cell, so that its outputs come by themselves. */
  isOwn(cell: string): boolean;
}

/** The outputs to ask for, of the cells named. */
export function missingOutputs(
  state: RunState,
  cells: Iterable<string>,
  document: DocumentCells
): WantedOutputs[] {
  const wanted: WantedOutputs[] = [];
  for (const step of cells) {
    const last = lastAttemptOf(state, step);
    if (last && !document.isOwn(step)) {
      const { attempt, outputs, endedAt } = last;
      const shown = document.shown(step);
      const hasEnded = endedAt !== null;
      const mayHaveOutputs = outputs !== undefined || document.hasSeen(step, attempt);
      if (shown?.attempt === attempt) {
        const isBehind = shown.upTo !== 'all' && (!hasEnded || (outputs ?? 0) > shown.upTo);
        if (isBehind) {
          wanted.push({ step, attempt, from: shown.upTo });
        }
      } else if (!hasEnded || (mayHaveOutputs && document.keptAttempt(step) < attempt)) {
        wanted.push({ step, attempt, from: 0 });
      }
    }
  }
  return wanted;
}
