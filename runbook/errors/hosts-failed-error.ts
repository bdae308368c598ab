// A command failed on some machines.
import { LaunchbookError } from '../../contract/error.js';
import type { HostResult } from '../shell/on-hosts.js';

/**
 * Thrown by `$.on(hosts)` when its command failed on any host, after it has ended on all. Code `shell.hosts_failed`.
 * `hosts` has the result or the error of every one, in their order.
 */
export class HostsFailedError extends LaunchbookError {
  readonly hosts: readonly HostResult[];

  constructor(hosts: readonly HostResult[]) {
    const failed = hosts.filter(({ error }) => error !== null);
    const passed = hosts.filter(({ error }) => error === null).map(({ host }) => host);
    const lines = failed.map(({ host, error }) => `  ${host}: ${error?.message.split('\n')[0]}`);
    super(`The command failed on ${failed.length} of ${hosts.length} hosts:\n${lines.join('\n')}`, {
      code: 'shell.hosts_failed',
      hint: 'Mend the cause and run it again on the failed ones: error.hosts has the result of each.',
      fields: { failed: failed.map(({ host }) => host), passed }
    });
    this.hosts = hosts;
  }
}
