// `$`: commands as template literals, on this machine or over ssh on others.
import type { ParsedJson } from '../parsed-json.js';
import { refuseFaults } from '../usage/check-options.js';
import { runOnHosts, type HostsCommand, type HostsOptions } from './on-hosts.js';
import { faultsOfShellOptions, type ShellOptions } from './options.js';
import { parseCommand, type ShellValue } from './parse-command.js';
import type { CommandResult } from './result.js';
import { RunningCommand } from './running-command.js';
import { checkTarget, type SshOptions, type SshTarget } from './ssh-command.js';

/** A command that runs. Await it for its result, or end the line with what you need of its output. */
export interface Command extends PromiseLike<CommandResult> {
  catch<B = never>(onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<CommandResult | B>;
  finally(onEnd?: (() => void) | null): Promise<CommandResult>;
  /** Standard output as text, without its last line feed; it is not printed. At most 8,388,608 characters. */
  text(): Promise<string>;
  /** Standard output line by line; an empty output has none. */
  lines(): Promise<string[]>;
  /** Standard output as JSON. Throws code `shell.not_json` when it is something else. */
  json<T = ParsedJson>(): Promise<T>;
  /**
   * Gives standard output to the next command, and fails when either does: `await $\`fleetctl status\`.pipe\`grep orders\``.
   * The options timeout, retry and stdin belong to the first command and hold for the whole pipe.
   */
  pipe(next: Command): Command;
  pipe(template: TemplateStringsArray, ...values: readonly ShellValue[]): Command;
}

/** The type of {@link $}. */
export interface Shell {
  (template: TemplateStringsArray, ...values: readonly ShellValue[]): Command;
  (options: ShellOptions): Shell;
  /**
   * The same on another machine, over the system's ssh: `await $.ssh('web-1')\`systemctl restart orders\``.
   * Keys and known hosts are those of ssh; it asks no questions. A value is one argument there too. An interrupt ends the
   * process group of the far side, unless the option stdin is given: then only the connection.
   *
   * @throws {@link CommandFailedError} with code `shell.unreachable` when ssh itself ends with exit code 255.
   * @throws {@link UsageError} for an address that cannot be one.
   */
  ssh(host: string, options?: SshOptions): Shell;
  /**
   * The same on several machines at once: `await $.on(['web-1', 'web-2'], { concurrency: 2 })\`uptime\``.
   *
   * @throws {@link HostsFailedError} when it failed on any, with the result or error of each.
   */
  on(
    hosts: readonly string[],
    options?: HostsOptions
  ): (template: TemplateStringsArray, ...values: readonly ShellValue[]) => HostsCommand;
}

/**
 * Runs a command. Output is shown as it arrives; no shell is involved: a value is one argument, a list several.
 *
 * The command starts by itself. Interrupting the cell ends its whole process group (SIGTERM, after 3 s SIGKILL).
 * Recorded: on resume a finished command gives back its recorded result and is not run again.
 *
 * @throws {@link CommandFailedError} when it does not end as expected.
 * @throws {@link UsageError} when the template needs a shell, or a value cannot be an argument. Nothing is run.
 * @example
 * await $`fleetctl deploy orders --version ${'2.4.0'}`        // CommandResult { exitCode: 0, … }
 * await $`fleetctl status --json`.json()                      // [{ service: 'orders', … }]
 * await $({ timeout: '30s', retry: 2 })`curl -fsS ${url}`
 * await $`fleetctl logs orders`.pipe`grep -c ERROR`.text()    // '3'
 * await $.ssh('web-1')`systemctl is-active orders`            // CommandResult { stdout: 'active', … }
 */
export const $: Shell = shellWith({}, null);

function shellWith(options: ShellOptions, target: SshTarget | null): Shell {
  function shell(template: TemplateStringsArray, ...values: readonly ShellValue[]): Command;
  function shell(more: ShellOptions): Shell;
  function shell(
    first: TemplateStringsArray | ShellOptions,
    ...values: readonly ShellValue[]
  ): Command | Shell {
    if (isTemplate(first)) {
      return new RunningCommand([{ args: parseCommand(first, values), options, target }]);
    }
    refuseFaults('$', faultsOfShellOptions(first));
    return shellWith({ ...options, ...first }, target);
  }
  return Object.assign(shell, {
    ssh: (host: string, ssh: SshOptions = {}) => shellWith(options, checkTarget('$.ssh', host, ssh)),
    on: (hosts: readonly string[], chosen: HostsOptions = {}) => runOnHosts(hosts, chosen, options)
  });
}

function isTemplate(value: unknown): value is TemplateStringsArray {
  return Array.isArray(value) && 'raw' in value;
}
