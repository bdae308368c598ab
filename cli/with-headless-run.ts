// A run in this process, for the commands that execute steps: opened, interrupted by Ctrl+C, and closed whatever happens.
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { RecordedOutput } from '../contract/notebook/output.js';
import type { HeadlessError } from '../kernel/host/headless/headless-client.js';
import type { HeadlessOptions, HeadlessRun } from '../kernel/host/headless/headless-run.js';
import { findNode } from '../kernel/kernelspec/find-node.js';
import { ShownText } from './run-view/shown-text.js';
import type { Terminal } from './terminal.js';
import { untilInterrupted } from './until-interrupted.js';

/** What the commands say about the run; the driver is the user of this machine. */
export interface OpenedWith extends Pick<
  HeadlessOptions,
  'path' | 'anew' | 'onRecord' | 'onOutput' | 'onLateOutput'
> {
  readonly terminal: Terminal;
}

/** Opens the run and gives it to `act`. At Ctrl+C the running cell is interrupted and `signal` aborts. */
export async function withHeadlessRun<R>(
  { terminal, path, ...options }: OpenedWith,
  act: (run: HeadlessRun, signal: AbortSignal) => Promise<R>
): Promise<R> {
  const { openHeadlessRun } = await import('../kernel/host/headless/headless-run.js');
  const ending = untilInterrupted();
  try {
    const run = await openHeadlessRun({
      ...options,
      path: resolve(path),
      nodePath: findNode(),
      username: userInfo().username,
      log: line => terminal.note(line)
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

/** As {@link withHeadlessRun}, and what the cells show is printed in the form in which it stays; nothing of it with `isQuiet`. */
export async function withShownRun<R>(
  { path, terminal, isQuiet }: Pick<OpenedWith, 'path' | 'terminal'> & { readonly isQuiet: boolean },
  act: (run: HeadlessRun) => Promise<R>
): Promise<R> {
  const shown = new ShownText();
  const onOutput = (output: RecordedOutput, step: string | null): void => {
    if (!isQuiet) {
      terminal.output(shown.take(output, step));
    }
  };
  return withHeadlessRun({ path, terminal, onOutput }, async run => {
    const result = await act(run);
    terminal.output(shown.end());
    return result;
  });
}

/** Sends line commands one after the other. The error of the first one that has one, or null. */
export async function carryOut(run: HeadlessRun, lines: readonly string[]): Promise<HeadlessError | null> {
  for (const line of lines) {
    const { error } = await run.command(line);
    if (error) {
      return error;
    }
  }
  return null;
}

/** A name as a line command reads it. */
export function quotedName(name: string): string {
  return name.includes('"') ? `'${name}'` : `"${name}"`;
}
