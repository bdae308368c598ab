// One command of a pipe: its arguments, its options, and the machine it runs on.
import { quoteCommand } from './quote.js';
import type { CheckedOptions, ShellOptions } from './options.js';
import type { SshTarget } from './ssh-command.js';

/** A command as it was written. */
export interface Stage {
  readonly args: readonly string[];
  readonly options: ShellOptions;
  /** Null: this machine. */
  readonly target: SshTarget | null;
}

/** A command that can be run. */
export interface CheckedStage {
  readonly args: readonly string[];
  readonly options: CheckedOptions;
  readonly target: SshTarget | null;
}

/** `fleetctl status | grep orders`, `ssh web-1 uptime`. */
export function labelOf(stages: readonly Pick<Stage, 'args' | 'target'>[]): string {
  return stages
    .map(({ args, target }) => (target ? `ssh ${target.host} ${quoteCommand(args)}` : quoteCommand(args)))
    .join(' | ');
}
