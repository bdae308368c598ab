// What a migration needs of any database: counts as evidence, a backup, a rehearsal of its restore, and the restore.
// SQLite's own means are used, so that services may go on working on the file. See https://sqlite.org/backup.html
import { rmSync, statSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';

export interface TableCount {
  readonly table: string;
  readonly rows: number;
}

export interface Backup {
  readonly file: string;
  readonly bytes: number;
  readonly takenAt: string;
}

/** Rows of each table, in the order of their names. */
export function countRows(file: string): TableCount[] {
  return withDatabase(file, database =>
    database
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
      )
      .all()
      .map(({ name }) => {
        const { rows } = database.prepare(`SELECT count(*) AS rows FROM "${String(name)}"`).get()!;
        return { table: String(name), rows: Number(rows) };
      })
  );
}

/** Copies the database as it is in this instant to `FILE-NAME.backup`; an older copy of that name is replaced. */
export function takeBackup(file: string, name: string): Backup {
  const copy = `${file}-${name}.backup`;
  rmSync(copy, { force: true });
  withDatabase(file, database => database.prepare('VACUUM INTO ?').run(copy));
  return { file: copy, bytes: statSync(copy).size, takenAt: new Date().toISOString() };
}

/** Restores a backup into a file of its own, checks every page of it, and counts its rows. The database is not touched. */
export async function rehearseRestore(file: string): Promise<TableCount[]> {
  const copy = `${file}.rehearsal`;
  rmSync(copy, { force: true });
  try {
    await restore(file, copy);
    const damage = withDatabase(copy, database => database.prepare('PRAGMA integrity_check').get());
    if (damage?.['integrity_check'] !== 'ok') {
      throw new Error(`The restored copy of ${file} is damaged: ${String(damage?.['integrity_check'])}`);
    }
    return countRows(copy);
  } finally {
    rmSync(copy, { force: true });
  }
}

/** Puts the contents of a backup in place of those of `target`. What was written since the backup is lost. */
export async function restore(file: string, target: string): Promise<void> {
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(source, target);
  } finally {
    source.close();
  }
}

/** Opens, works, closes. A lock of somebody else is waited for. */
export function withDatabase<T>(file: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
