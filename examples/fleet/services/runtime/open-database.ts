// Opens the shop's database. WAL and a busy time-out let the services, the migrations and the checks share one file.
import { DatabaseSync } from 'node:sqlite';

export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  return database;
}

/** Number of the newest migration that the database has, 0 before the first. */
export function schemaVersion(database: DatabaseSync): number {
  const hasTable = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").get();
  if (hasTable === undefined) return 0;
  return Number(
    database.prepare('SELECT coalesce(max(version), 0) AS version FROM schema_migrations').get()?.['version']
  );
}
