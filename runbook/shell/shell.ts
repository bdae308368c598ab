// `$`: commands as template literals, on this machine or over ssh on others.
import type { Command } from './command.js';
import { runOnHosts, type HostsCommand, type HostsOptions } from './on-hosts.js';
import { faultsOfShellOptions, type ShellOptions } from './options.js';
import { isTemplate, readCommand, type ShellValue } from './parse-command.js';
import { RunningCommand } from './running-command.js';
import { faultsOfTarget, type SshOptions, type SshTarget } from './ssh-command.js';

/** The type of {@link $}. */
export interface Shell {
  /**
   * Runs a command. No shell is involved: a value is one argument, a list several.
   * Recorded: on resume a finished command gives back its recorded result and is not run again.
   *
   * @throws {@link CommandFailedError} when it does not end as expected.
   * @throws {@link UsageError} when the template needs a shell, or a value cannot be an argument. Nothing is run.
   * @example
   * await $`fleetctl deploy orders --version ${'2.4.0'}` // CommandResult { exitCode: 0, … }
   */
  (template: TemplateStringsArray, ...values: readonly ShellValue[]): Command;
  /** The same with `options`, which add to those given before: `$({ timeout: '30s' })`. */
  (options: ShellOptions): Shell;
  /**
   * The same on another machine, over the system's ssh.
   * Keys and known hosts are those of ssh; it asks no questions. A value is one argument there too. An interrupt ends the
   * process group of the other machine, unless the option stdin is given: then only the connection.
   *
   * @param host - A name or address, without an account.
   * @param options - What is not given comes from the user's ssh configuration.
   * @throws {@link CommandFailedError} with code `shell.unreachable` when ssh itself ends with exit code 255.
   * @throws {@link UsageError} for an address that cannot be one.
   * @example
   * await $.ssh('web-1')`systemctl is-active orders` // CommandResult { stdout: 'active', … }
   */
  ssh(host: string, options?: SshOptions): Shell;
  /**
   * The same on several machines at once. It runs on all of them, also when it fails on one.
   *
   * @param hosts - At least one, each named once.
   * @param options - How many at a time, and how they are reached.
   * @throws {@link HostsFailedError} when it failed on any, with the result or error of each.
   * @throws {@link UsageError} with every fault of hosts and options. Nothing is run.
   * @example
   * await $.on(['web-1', 'web-2'], { concurrency: 2 })`uptime` // [{ host: 'web-1', result: …, error: null }, …]
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
export const $: Shell = shellWith({}, null, []);

/** `faults`: of options and address. Every command that is made with them is refused for them, with what else is wrong with it. */
function shellWith(options: ShellOptions, target: SshTarget | null, faults: readonly string[]): Shell {
  function shell(template: TemplateStringsArray, ...values: readonly ShellValue[]): Command;
  function shell(more: ShellOptions): Shell;
  function shell(
    first: TemplateStringsArray | ShellOptions,
    ...values: readonly ShellValue[]
  ): Command | Shell {
    if (isTemplate(first)) {
      const { args, faults: ofTemplate } = readCommand(first, values);
      return new RunningCommand([{ args, options, target }], [...faults, ...ofTemplate]);
    }
    return shellWith({ ...options, ...first }, target, [...faults, ...faultsOfShellOptions(first)]);
  }
  return Object.assign(shell, {
    ssh: (host: string, ssh: SshOptions = {}) =>
      shellWith(options, { host, options: ssh }, [...faults, ...faultsOfTarget(host, ssh)]),
    on: (hosts: readonly string[], chosen: HostsOptions = {}) => runOnHosts(hosts, chosen, options, faults)
  });
}
