// Numbered schema migrations, `NNN-name.sql` with a `-- migrate:up` and a `-- migrate:down` part (dbmate's form).
// Each one runs in its own transaction together with its row in schema_migrations, so a failure leaves no half step.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { schemaVersion } from '../services/runtime/open-database.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

export interface MigrationStep {
  readonly direction: 'up' | 'down';
  readonly migration: Migration;
}

const FOLDER = join(import.meta.dirname, '..', 'migrations');

export function readMigrations(folder: string = FOLDER): Migration[] {
  const files = readdirSync(folder)
    .filter(file => file.endsWith('.sql'))
    .sort();
  return files.map((file, index) => {
    const [, digits, name] = /^(\d{3})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
    if (Number(digits) !== index + 1 || name === undefined) {
      throw new Error(
        `migration file ${file} should be number ${String(index + 1).padStart(3, '0')}, as NNN-name.sql`
      );
    }
    const [, up, down] = readFileSync(join(folder, file), 'utf8').split(/^-- migrate:(?:up|down)\n/m);
    if (up === undefined || down === undefined)
      throw new Error(`migration file ${file} lacks a "-- migrate:up" or "-- migrate:down" line`);
    return { version: index + 1, name, up: up.trim(), down: down.trim() };
  });
}

/** The steps from the schema that the database has to `target`, in the order they have to run. */
export function planMigration(
  database: DatabaseSync,
  migrations: readonly Migration[],
  target: number
): MigrationStep[] {
  const from = schemaVersion(database);
  if (target >= from) {
    return migrations
      .filter(({ version }) => version > from && version <= target)
      .map(migration => ({ direction: 'up', migration }));
  }
  const undone = migrations.filter(({ version }) => version > target && version <= from).reverse();
  return undone.map(migration => ({ direction: 'down', migration }));
}

export function applyMigrationStep(database: DatabaseSync, { direction, migration }: MigrationStep): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)'
  );
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(migration[direction]);
    if (direction === 'up') {
      database
        .prepare('INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, ?)')
        .run(migration.version, migration.name, new Date().toISOString());
    } else {
      database.prepare('DELETE FROM schema_migrations WHERE version = ?').run(migration.version);
    }
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
