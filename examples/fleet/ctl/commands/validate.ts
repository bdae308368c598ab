// fleetctl validate: asks the database whether the data is whole. Exit code 1 when a check fails.
import { readMigrations } from '../../database/migrations.ts';
import { validateData } from '../../database/validation.ts';
import { SERVICES } from '../../services.ts';
import { openDatabase } from '../../services/runtime/open-database.ts';
import { complain, say, type Command } from '../command.ts';
import { formatTable } from '../format-table.ts';
import { expectServices, readArguments } from '../read-arguments.ts';

export const validate: Command = {
  summary: 'check row counts, schema version and references of the data',
  help: `Usage: fleetctl validate [SERVICE...] [--json]

Examples:
  fleetctl validate
  fleetctl validate orders payments --json
`,
  async run(args, connect) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean', default: false } });
    const services = positionals.length === 0 ? [...SERVICES] : expectServices(positionals);
    const database = openDatabase(connect().state.database);
    const results = validateData(database, services, readMigrations().length);
    database.close();

    const failed = results.filter(({ outcome }) => outcome === 'failed');
    if (values.json) say(JSON.stringify(results));
    else
      say(
        `${formatTable(results.map(result => ({ ...result })))}\n${results.length} checks, ${failed.length} failed`
      );
    for (const { service, check, found, expected } of failed)
      complain(`fleetctl: ${service}: ${check}: found ${found}, expected ${expected}`);
    return failed.length === 0 ? 0 : 1;
  }
};
