// fleetctl status: what runs, since when, and whether it is healthy.
import { readReleases } from '../../release/current-release.ts';
import { SERVICES } from '../../services.ts';
import { say, type Command } from '../command.ts';
import type { FleetConnection } from '../fleet-connection.ts';
import { expectServices, readArguments } from '../read-arguments.ts';
import { formatTable } from '../format-table.ts';

export const status: Command = {
  summary: 'show version, process and health of the services',
  help: `Usage: fleetctl status [SERVICE...] [--json]

Exit code 0 when all shown services are healthy, with --json always.

Examples:
  fleetctl status
  fleetctl status payments --json
`,
  async run(args, connect) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean', default: false } });
    const services = positionals.length === 0 ? [...SERVICES] : expectServices(positionals);
    const fleet = connect();
    const rows = await Promise.all(services.map(service => statusOf(fleet, service)));
    if (values.json) {
      say(JSON.stringify(rows));
      return 0;
    }
    const hasProblem = rows.some(({ problem }) => problem !== '');
    say(
      formatTable(
        rows.map(({ service, version, health, pid, startedAt, problem }) => ({
          ...{ service, version, health, pid, startedAt },
          ...(hasProblem && { problem })
        }))
      )
    );
    return rows.every(({ health }) => health === 'healthy') ? 0 : 1;
  }
};

async function statusOf(fleet: FleetConnection, service: string) {
  const instance = await fleet.instance(service);
  const { current, previous } = readReleases(fleet.state, service);
  const { status: answer, problem } = await fleet.health(service);
  const health = instance.state !== 'running' ? 'down' : answer === 200 ? 'healthy' : 'unhealthy';
  return {
    service,
    version: current ?? '',
    health,
    pid: instance.pid,
    startedAt: instance.startedAt,
    url: fleet.description.services[service] ?? '',
    previous: previous ?? null,
    problem: health === 'down' && instance.ended !== null ? `ended with ${instance.ended}` : problem
  };
}
