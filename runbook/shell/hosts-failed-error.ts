// A command failed on some machines.
import { LaunchbookError } from '../../contract/base/error.js';
import { shortReason } from '../errors/short-reason.js';
import type { HostResult } from './host-result.js';

/**
 * Thrown by `$.on(hosts)` when its command failed on any host, after it has ended on all. Code `shell.hosts_failed`.
 * `hosts` has the result or the error of every one, in their order.
 */
export class HostsFailedError extends LaunchbookError {
  /** The result or the error of every host, in their order. */
  readonly hosts: readonly HostResult[];

  constructor(hosts: readonly HostResult[]) {
    const failed = hosts.filter(({ error }) => error !== null);
    const passed = hosts.filter(({ error }) => error === null).map(({ host }) => host);
    const lines = failed.map(({ host, error }) => `  ${host}: ${shortReason(error)}`);
    super(`The command failed on ${failed.length} of ${hosts.length} hosts:\n${lines.join('\n')}`, {
      code: 'shell.hosts_failed',
      hint: 'Fix the cause and run it again on the failed ones: error.hosts has the result of each.',
      fields: { failed: failed.map(({ host }) => host), passed }
    });
    this.hosts = hosts;
  }
}
