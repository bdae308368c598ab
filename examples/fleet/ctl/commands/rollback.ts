// fleetctl rollback: back to the version before, or to a given one. All named services are tried, in reverse order,
// even when one fails: a half finished way back is worse than a slow one.
import { readReleases, reactivateRelease } from '../../release/current-release.ts';
import { bringUp } from '../bring-up.ts';
import { complain, say, type Command } from '../command.ts';
import type { FleetConnection } from '../fleet-connection.ts';
import { oneChangeAtATime } from '../one-change-at-a-time.ts';
import { expectSeconds, expectSomeServices, expectVersion, readArguments } from '../read-arguments.ts';

export const rollback: Command = {
  summary: 'bring the version before back',
  help: `Usage: fleetctl rollback SERVICE... [--to VERSION]

Goes back to the version that ran before the last deploy, or to VERSION when its release folder is there.
A service that already runs VERSION and is healthy is left alone.

Options:
  --to VERSION    the version to go back to
  --timeout 10s   how long to wait for /health

Examples:
  fleetctl rollback payments
  fleetctl rollback orders payments --to 2.3.1
`,
  async run(args, connect) {
    const { values, positionals } = readArguments(args, {
      to: { type: 'string' },
      timeout: { type: 'string', default: '10s' }
    });
    const services = expectSomeServices(positionals).reverse();
    const to = values.to === undefined ? undefined : expectVersion(values.to);
    const healthTimeoutMs = expectSeconds(values.timeout);
    const fleet = connect();
    return oneChangeAtATime(fleet.state, `fleetctl rollback ${services.join(' ')}`, async () => {
      let failures = 0;
      for (const service of services) {
        const problem = await rollBack(fleet, service, to, healthTimeoutMs);
        if (problem === undefined) continue;
        failures += 1;
        complain(`fleetctl: rollback of ${service} failed: ${problem}`);
      }
      return failures === 0 ? 0 : 1;
    });
  }
};

async function rollBack(
  fleet: FleetConnection,
  service: string,
  to: string | undefined,
  healthTimeoutMs: number
): Promise<string | undefined> {
  const { current, previous, built } = readReleases(fleet.state, service);
  const target = to ?? previous;
  if (target === undefined) return `there is no version before ${current}`;
  if (!built.includes(target)) return `release ${target} was never built; built are ${built.join(', ')}`;

  const running = await fleet.instance(service);
  if (running.state === 'running') {
    if (running.version === target && (await fleet.health(service)).status === 200) {
      say(`${service}: ${target} is already running and healthy`);
      return undefined;
    }
    say(`${service}: stopping ${running.version}, pid ${running.pid}`);
    await fleet.stop(service);
  }
  reactivateRelease(fleet.state, service, target);
  say(`${service}: current is ${target} again`);
  return bringUp(fleet, service, { injectFailure: false, healthTimeoutMs });
}
