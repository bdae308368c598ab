// The change of the example: the time of a payment moves from the text `captured_at` to the number `captured_ms`.
// Each function is one step of expand, migrate and contract, and may be called again after it was cut off.
import type { DatabaseSync } from 'node:sqlite';
import { withDatabase } from './database-backup.ts';

/** A column of `payments`. */
export interface Column {
  readonly column: string;
  readonly type: string;
}

/** Adds the new column. A trigger fills it for services that do not know it yet. Returns the columns there are then. */
export function addNumber(file: string): Column[] {
  return withDatabase(file, database => {
    if (!hasColumn(database, 'captured_ms')) {
      database.exec('ALTER TABLE payments ADD COLUMN captured_ms INTEGER');
    }
    database.exec(`CREATE TRIGGER IF NOT EXISTS payments_captured_ms AFTER INSERT ON payments
      WHEN NEW.captured_ms IS NULL
      BEGIN UPDATE payments SET captured_ms = ${NUMBER_OF_TEXT} WHERE id = NEW.id; END`);
    return columnsOf(database);
  });
}

/** Takes the new column away again. */
export function removeNumber(file: string): Column[] {
  return withDatabase(file, database => {
    database.exec('DROP TRIGGER IF EXISTS payments_captured_ms');
    if (hasColumn(database, 'captured_ms')) {
      database.exec('ALTER TABLE payments DROP COLUMN captured_ms');
    }
    return columnsOf(database);
  });
}

/** Fills the next `size` rows that lack the number, the oldest first. Returns how many lack it still. */
export function fillBatch(file: string, size: number): number {
  return withDatabase(file, database => {
    database
      .prepare(
        `UPDATE payments SET captured_ms = ${NUMBER_OF_TEXT}
         WHERE id IN (SELECT id FROM payments WHERE captured_ms IS NULL ORDER BY id LIMIT ?)`
      )
      .run(size);
    return numberOf(database, 'SELECT count(*) FROM payments WHERE captured_ms IS NULL');
  });
}

/** Rows whose number is missing or is not the time of their text. */
export function countDifferences(file: string): number {
  return withDatabase(file, database =>
    numberOf(database, `SELECT count(*) FROM payments WHERE captured_ms IS NOT ${NUMBER_OF_TEXT}`)
  );
}

/** Takes the text away. Services before 2.5.0 cannot write payments any more. */
export function dropText(file: string): Column[] {
  return withDatabase(file, database => {
    database.exec('DROP TRIGGER IF EXISTS payments_captured_ms');
    if (hasColumn(database, 'captured_at')) {
      database.exec('ALTER TABLE payments DROP COLUMN captured_at');
    }
    return columnsOf(database);
  });
}

const NUMBER_OF_TEXT = "CAST(round(unixepoch(captured_at, 'subsec') * 1000) AS INTEGER)";

function columnsOf(database: DatabaseSync): Column[] {
  const rows = database.prepare("SELECT name, type FROM pragma_table_info('payments') ORDER BY cid").all();
  return rows.map(({ name, type }) => ({ column: String(name), type: String(type) }));
}

function hasColumn(database: DatabaseSync, name: string): boolean {
  return columnsOf(database).some(({ column }) => column === name);
}

function numberOf(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}
