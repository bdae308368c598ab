// fleetctl releases: which release folders a service has, and which one is current.
import { readReleases } from '../../release/current-release.ts';
import { say, type Command } from '../command.ts';
import { formatTable } from '../format-table.ts';
import { expectSomeServices, readArguments } from '../read-arguments.ts';

export const releases: Command = {
  summary: 'list the built versions of a service',
  help: `Usage: fleetctl releases SERVICE... [--json]

Examples:
  fleetctl releases payments
`,
  async run(args, connect) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean', default: false } });
    const services = expectSomeServices(positionals);
    const { state } = connect();
    const rows = services.flatMap(service => {
      const { built, current, previous } = readReleases(state, service);
      const role = (version: string) =>
        version === current ? 'current' : version === previous ? 'previous' : '';
      return built.map(version => ({ service, version, role: role(version) }));
    });
    say(values.json ? JSON.stringify(rows) : formatTable(rows));
    return 0;
  }
};
