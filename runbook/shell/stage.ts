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

/** The same with what the options add: `TOKEN=… fleetctl deploy orders (in /srv/shop, with text for standard input)`. */
export function planOf(stages: readonly CheckedStage[], folder: string): string {
  const { cwd, stdin } = stages[0]!.options;
  const variables = stages.flatMap(stage => Object.keys(stage.options.env)).map(name => `${name}=… `);
  const more = [
    ...(cwd === null || cwd === folder ? [] : [`in ${cwd}`]),
    ...(stdin === null ? [] : ['with text for standard input'])
  ];
  return `${variables.join('')}${labelOf(stages)}${more.length === 0 ? '' : ` (${more.join(', ')})`}`;
}
