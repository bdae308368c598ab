// Ends running commands when the cell is interrupted, their time is over, or they have been silent for too long.
import type { Readable } from 'node:stream';
import { ports } from '../../context.js';
import { isGroupAlive, terminateGroup, watchGroup } from './terminate.js';

/** A watch over process groups. */
export interface EndWatch {
  /** Waits until every group that was stopped has ended, and says why it was. */
  finish(): Promise<Cause>;
}

/** Why it was stopped. */
interface Cause {
  readonly timedOut: boolean;
  readonly isSilent: boolean;
  readonly isInterrupted: boolean;
}

/** When commands are stopped. */
export interface EndConditions {
  readonly timeoutMs: number | null;
  /** After so long without anything on one of the `outputs`. */
  readonly silenceMs: number | null;
  readonly outputs: readonly Readable[];
  readonly interrupt: AbortSignal;
}

/** Watches the groups that the processes `pids` lead. */
export function watchEnd(
  pids: readonly number[],
  { timeoutMs, silenceMs, outputs, interrupt }: EndConditions
): EndWatch {
  let cause: 'timeout' | 'silence' | 'interrupt' | null = null;
  let callOffs: readonly (() => void)[] = [];
  const stop = (why: 'timeout' | 'silence' | 'interrupt'): void => {
    if (cause === null && pids.length > 0) {
      cause = why;
      callOffs = pids.map(terminateGroup);
    }
  };
  const forgets = pids.flatMap(pid => [watchGroup(pid), ports().ownGroup(pid)]);
  const timer = timeoutMs === null ? undefined : setTimeout(() => stop('timeout'), timeoutMs);
  const silence = silenceMs === null ? undefined : setTimeout(() => stop('silence'), silenceMs);
  if (silence) {
    // A timer that has been cleared stays so.
    outputs.forEach(output => output.on('data', () => silence.refresh()));
  }
  const onInterrupt = (): void => stop('interrupt');
  interrupt.addEventListener('abort', onInterrupt, { once: true });
  if (interrupt.aborted) {
    onInterrupt();
  }
  return {
    finish: async () => {
      clearTimeout(timer);
      clearTimeout(silence);
      interrupt.removeEventListener('abort', onInterrupt);
      // A stopped command is over when its whole group is, not when its first process is.
      while (cause !== null && pids.some(isGroupAlive)) {
        await new Promise(resolve => setTimeout(resolve, 30));
      }
      [...callOffs, ...forgets].forEach(undo => undo());
      return {
        timedOut: cause === 'timeout',
        isSilent: cause === 'silence',
        isInterrupted: cause === 'interrupt'
      };
    }
  };
}
