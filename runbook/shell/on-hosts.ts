// One command on several machines: some at a time, each line of output under its host's name, and a result for every host.
import { formatDuration } from '../../contract/base/format.js';
import { ports } from '../context.js';
import { showEnd } from '../effect/effect.js';
import { readTable, tableBundle } from '../display/table.js';
import { CommandFailedError } from './command-failed-error.js';
import { HostsFailedError } from './hosts-failed-error.js';
import { faultsOfOptions, refuseFaults } from '../usage/check-options.js';
import { describeValue } from '../usage/describe-value.js';
import { count } from '../usage/rules.js';
import { faultsOfHost, SSH_RULES, type SshOptions } from './ssh-command.js';
import type { ShellOptions } from './options.js';
import { parseCommand, type ShellValue } from './parse-command.js';
import { prefixLines } from '../text/prefix-lines.js';
import { RunningCommand } from './running-command.js';
import type { HostResult } from './host-result.js';

/** How the machines are reached, and how many at a time. */
export interface HostsOptions extends SshOptions {
  /** Machines that work at the same time. @default 8 */
  readonly concurrency?: number;
}

/** The results in the order of the hosts. */
export type HostsCommand = Promise<readonly HostResult[]>;

/** The template that runs its command on every host. */
export function runOnHosts(
  hosts: readonly string[],
  options: HostsOptions,
  shellOptions: ShellOptions,
  faults: readonly string[]
): (template: TemplateStringsArray, ...values: readonly ShellValue[]) => HostsCommand {
  refuseFaults('$.on', [
    ...faults,
    ...faultsOfHosts(hosts),
    ...faultsOfOptions(options, { ...SSH_RULES, concurrency: count(1) })
  ]);
  const { concurrency = 8, ...ssh } = options;
  return async (template, ...values) => {
    const args = parseCommand(template, values);
    const { default: PQueue } = await import('p-queue');
    const queue = new PQueue({ concurrency });
    const width = Math.max(...hosts.map(host => host.length));
    const runs = hosts.map(host =>
      queue.add(async (): Promise<HostResult> => {
        const lines = prefixLines(`${host.padEnd(width)} | `, (name, text) =>
          ports().display.write(name, text)
        );
        const target = { host, options: ssh };
        try {
          ports().signal().throwIfAborted();
          const result = await new RunningCommand([{ args, options: shellOptions, target }], [], lines.show);
          return { host, result, error: null };
        } catch (error) {
          if (error instanceof CommandFailedError) {
            return { host, result: null, error };
          }
          throw error;
        } finally {
          lines.end();
        }
      })
    );
    return conclude(await Promise.all(runs));
  };
}

function faultsOfHosts(hosts: unknown): string[] {
  if (!Array.isArray(hosts) || hosts.length === 0) {
    return [`The hosts are ${describeValue(hosts)}, expected a list of at least one.`];
  }
  const repeated = hosts.filter((host, index) => hosts.indexOf(host) !== index);
  return [
    ...hosts.flatMap((host, index) => faultsOfHost(`Host ${index + 1}`, host)),
    ...new Set(repeated.map(host => `The host '${String(host)}' is named twice.`))
  ];
}

function conclude(results: readonly HostResult[]): readonly HostResult[] {
  const rows = results.map(({ host, result, error }) => ({
    Host: host,
    Status: error ? `✗ ${error.code}` : '☑ passed',
    'Exit code': (result ?? error)?.exitCode ?? null,
    Duration: formatDuration((result ?? error)?.durationMs ?? 0)
  }));
  showEnd(() => ports().display.show(tableBundle(readTable(rows), `Command on ${results.length} hosts.`)));
  if (results.some(({ error }) => error)) {
    throw new HostsFailedError(results);
  }
  return Object.freeze(results);
}
