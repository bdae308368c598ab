// Ends running commands when the cell is interrupted or their time is over.
import { ports } from '../../context.js';
import { isGroupAlive, terminateGroup, watchGroup } from './terminate.js';

/** A watch over process groups. */
export interface EndWatch {
  /** Waits until every group that was stopped has ended, and says why it was. */
  finish(): Promise<{ readonly timedOut: boolean; readonly isInterrupted: boolean }>;
}

/** Watches the groups that the processes `pids` lead. */
export function watchEnd(
  pids: readonly number[],
  timeoutMs: number | null,
  interrupt: AbortSignal
): EndWatch {
  let cause: 'timeout' | 'interrupt' | null = null;
  let callOffs: readonly (() => void)[] = [];
  const stop = (why: 'timeout' | 'interrupt'): void => {
    if (cause === null && pids.length > 0) {
      cause = why;
      callOffs = pids.map(terminateGroup);
    }
  };
  const forgets = pids.flatMap(pid => [watchGroup(pid), ports().ownGroup(pid)]);
  const timer = timeoutMs === null ? undefined : setTimeout(() => stop('timeout'), timeoutMs);
  const onInterrupt = (): void => stop('interrupt');
  interrupt.addEventListener('abort', onInterrupt, { once: true });
  if (interrupt.aborted) {
    onInterrupt();
  }
  return {
    finish: async () => {
      clearTimeout(timer);
      interrupt.removeEventListener('abort', onInterrupt);
      // A stopped command is over when its whole group is, not when its first process is.
      while (cause !== null && pids.some(isGroupAlive)) {
        await new Promise(resolve => setTimeout(resolve, 30));
      }
      [...callOffs, ...forgets].forEach(undo => undo());
      return { timedOut: cause === 'timeout', isInterrupted: cause === 'interrupt' };
    }
  };
}
