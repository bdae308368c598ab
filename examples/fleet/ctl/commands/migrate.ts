// fleetctl migrate: brings the schema to a number, up or down, one transaction a step.
import type { DatabaseSync } from 'node:sqlite';
import {
  applyMigrationStep,
  planMigration,
  readMigrations,
  type Migration,
  type MigrationStep
} from '../../database/migrations.ts';
import { openDatabase, schemaVersion } from '../../services/runtime/open-database.ts';
import { complain, say, type Command } from '../command.ts';
import { oneChangeAtATime } from '../one-change-at-a-time.ts';
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
    const { state } = connect();
    return oneChangeAtATime(state, `fleetctl migrate --to ${target}`, async () => {
      const database = openDatabase(state.database);
      try {
        migrateTo(database, migrations, target, values['dry-run']);
        return 0;
      } finally {
        database.close();
      }
    });
  }
};

function migrateTo(
  database: DatabaseSync,
  migrations: readonly Migration[],
  target: number,
  isDryRun: boolean
): void {
  const from = schemaVersion(database);
  const steps = planMigration(database, migrations, target);
  if (steps.length === 0) say(`schema ${from}: nothing to do`);
  for (const step of steps) {
    const label = `${step.direction} ${String(step.migration.version).padStart(3, '0')}-${step.migration.name}`;
    if (isDryRun) say(`would run ${label}:\n${step.migration[step.direction].replaceAll(/^/gm, '  ')}`);
    else runStep(database, step, label);
  }
  say(isDryRun ? `schema stays ${from} (dry run)` : `schema is ${schemaVersion(database)}`);
}

function runStep(database: DatabaseSync, step: MigrationStep, label: string): void {
  const startedMs = performance.now();
  try {
    applyMigrationStep(database, step);
  } catch (error) {
    complain(`fleetctl: ${label} failed and was taken back; the schema is ${schemaVersion(database)}`);
    throw error;
  }
  say(`${label}: done in ${Math.round(performance.now() - startedMs)} ms`);
}
