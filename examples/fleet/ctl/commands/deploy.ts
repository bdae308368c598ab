// fleetctl deploy: build the release folder, stop the old version, switch `current`, start the new one, wait for health.
// A failed deploy is left as it is, down and visible: bringing the old version back is a decision, not a reflex.
import { activateRelease, readReleases } from '../../release/current-release.ts';
import { buildRelease } from '../../release/build-release.ts';
import { bringUp, type BringUpOptions } from '../bring-up.ts';
import { complain, say, type Command } from '../command.ts';
import type { FleetConnection } from '../fleet-connection.ts';
import { oneChangeAtATime } from '../one-change-at-a-time.ts';
import { expectSeconds, expectSomeServices, expectVersion, readArguments } from '../read-arguments.ts';

export const deploy: Command = {
  summary: 'install a version of one or more services and restart them',
  help: `Usage: fleetctl deploy SERVICE VERSION
       fleetctl deploy SERVICE... --version VERSION

Several services are deployed one after the other; the first failure stops the rest.
A service that already runs VERSION and is healthy is left alone.

Options:
  --version VERSION   the version, when several services are given
  --force             restart also what already runs this version
  --timeout 10s       how long to wait for /health
  --inject-failure    let the new version crash while it starts

Examples:
  fleetctl deploy catalog 2.4.0
  fleetctl deploy orders payments --version 2.4.0
  fleetctl deploy payments 2.4.0 --inject-failure
`,
  async run(args, connect) {
    const { values, positionals } = readArguments(args, {
      version: { type: 'string' },
      force: { type: 'boolean', default: false },
      timeout: { type: 'string', default: '10s' },
      'inject-failure': { type: 'boolean', default: false }
    });
    const names = values.version === undefined ? positionals.slice(0, -1) : positionals;
    const services = expectSomeServices(names.length === 0 ? positionals : names);
    const version = expectVersion(values.version ?? positionals.at(-1));
    const options = {
      injectFailure: values['inject-failure'],
      healthTimeoutMs: expectSeconds(values.timeout)
    };
    const fleet = connect();
    return oneChangeAtATime(fleet.state, `fleetctl deploy ${services.join(' ')} ${version}`, () =>
      deployAll(fleet, services, version, { ...options, force: values.force })
    );
  }
};

async function deployAll(
  fleet: FleetConnection,
  services: readonly string[],
  version: string,
  options: BringUpOptions & { force: boolean }
): Promise<number> {
  for (const [index, service] of services.entries()) {
    if (!options.force && !options.injectFailure && (await isServing(fleet, service, version))) {
      say(`${service}: ${version} is already running and healthy`);
      continue;
    }
    const before = readReleases(fleet.state, service);
    await install(fleet, service, version);
    const problem = await bringUp(fleet, service, options);
    if (problem !== undefined) {
      const previous = before.current === version ? before.previous : before.current;
      reportFailure(service, version, problem, previous, services.slice(index + 1));
      return 1;
    }
  }
  return 0;
}

async function isServing(fleet: FleetConnection, service: string, version: string): Promise<boolean> {
  const instance = await fleet.instance(service);
  return (
    instance.state === 'running' &&
    instance.version === version &&
    (await fleet.health(service)).status === 200
  );
}

async function install(fleet: FleetConnection, service: string, version: string): Promise<void> {
  const { isNew, files } = buildRelease(fleet.state, service, version);
  say(
    isNew
      ? `${service}: built release ${version}, ${files} files`
      : `${service}: release ${version} is already built`
  );
  const running = await fleet.instance(service);
  if (running.state === 'running') {
    say(`${service}: stopping ${running.version}, pid ${running.pid}`);
    await fleet.stop(service);
  }
  activateRelease(fleet.state, service, version);
  say(`${service}: current is ${version}`);
}

function reportFailure(
  service: string,
  version: string,
  problem: string,
  previous: string | undefined,
  left: string[]
): void {
  if (left.length > 0) complain(`fleetctl: not deployed: ${left.join(', ')}`);
  if (previous !== undefined)
    complain(
      `fleetctl: fix the cause and deploy again, or bring ${previous} back: fleetctl rollback ${service}`
    );
  complain(`fleetctl: deploy of ${service} ${version} failed: ${problem}`);
}
