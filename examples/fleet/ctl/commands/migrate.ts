// fleetctl migrate: brings the schema to a number, up or down, one transaction a step.
import { applyMigrationStep, planMigration, readMigrations } from '../../database/migrations.ts';
import { openDatabase, schemaVersion } from '../../services/runtime/open-database.ts';
import { complain, say, type Command } from '../command.ts';
import { readArguments } from '../read-arguments.ts';
import { UsageError } from '../usage-error.ts';

export const migrate: Command = {
  summary: 'bring the database schema up or down to a number',
  help: `Usage: fleetctl migrate [--to N] [--dry-run]

Without --to, all migrations are applied. --to N goes up or down to schema N.

Options:
  --to N      the schema to end with
  --dry-run   show the statements and change nothing

Examples:
  fleetctl migrate --dry-run
  fleetctl migrate --to 5
  fleetctl migrate --to 4
`,
  async run(args, connect) {
    const { values, positionals } = readArguments(args, {
      to: { type: 'string' },
      'dry-run': { type: 'boolean', default: false }
    });
    if (positionals.length > 0)
      throw new UsageError(`unexpected argument "${positionals[0]}"; the number follows --to`);
    const migrations = readMigrations();
    const target = values.to === undefined ? migrations.length : Number(values.to);
    if (values.to === '' || !Number.isInteger(target) || target < 0 || target > migrations.length) {
      throw new UsageError(
        `--to ${values.to} is not a schema: expected a number from 0 to ${migrations.length}`
      );
    }
    const database = openDatabase(connect().state.database);
    try {
      const from = schemaVersion(database);
      const steps = planMigration(database, migrations, target);
      if (steps.length === 0) say(`schema ${from}: nothing to do`);
      for (const step of steps) {
        const { direction, migration } = step;
        const label = `${direction} ${String(migration.version).padStart(3, '0')}-${migration.name}`;
        if (values['dry-run']) {
          say(`would run ${label}:\n${migration[direction].replaceAll(/^/gm, '  ')}`);
          continue;
        }
        const startedMs = performance.now();
        try {
          applyMigrationStep(database, step);
        } catch (error) {
          complain(`fleetctl: ${label} failed and was taken back; the schema is ${schemaVersion(database)}`);
          throw error;
        }
        say(`${label}: done in ${Math.round(performance.now() - startedMs)} ms`);
      }
      say(values['dry-run'] ? `schema stays ${from} (dry run)` : `schema is ${schemaVersion(database)}`);
      return 0;
    } finally {
      database.close();
    }
  }
};
