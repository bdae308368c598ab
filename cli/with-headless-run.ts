// A run in this process, for the commands that execute steps: opened, interrupted by Ctrl+C, and closed whatever happens.
import { userInfo } from 'node:os';
import type { HeadlessEnd, HeadlessOptions, HeadlessRun } from '../kernel/host/headless-run.js';
import { untilInterrupted } from './until-interrupted.js';

/** What the commands say about the run; the driver is the user of this machine. */
export type OpenedWith = Pick<HeadlessOptions, 'path' | 'nodePath' | 'onRecord' | 'onOutput'>;

/** Opens the run and gives it to `act`. At Ctrl+C the running cell is interrupted and `signal` aborts. */
export async function withHeadlessRun<R>(
  options: OpenedWith,
  act: (run: HeadlessRun, signal: AbortSignal) => Promise<R>
): Promise<R> {
  const { openHeadlessRun } = await import('../kernel/host/headless-run.js');
  const ending = untilInterrupted();
  try {
    const run = await openHeadlessRun({
      ...options,
      username: userInfo().username,
      log: line => console.error(line)
    });
    const interrupt = (): void => void run.interrupt();
    ending.signal.addEventListener('abort', interrupt);
    try {
      return await act(run, ending.signal);
    } finally {
      ending.signal.removeEventListener('abort', interrupt);
      await run.close();
    }
  } finally {
    ending.end();
  }
}

/** How a line command ended that did not pass: `inconclusive` where a person has to say something first. */
export function outcomeOfError({ name }: NonNullable<HeadlessEnd['error']>): 'inconclusive' | 'failed' {
  return name === 'ResumeAskedError' || name === 'InconclusiveError' ? 'inconclusive' : 'failed';
}
