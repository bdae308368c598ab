// The data checks of `fleetctl validate`: each is one question to the database, whose answer is a number and has an
// expectation. A check that needs a newer schema is left out, not passed.
import type { DatabaseSync } from 'node:sqlite';
import { schemaVersion } from '../services/runtime/open-database.ts';

export interface ValidationResult {
  readonly service: string;
  readonly check: string;
  readonly found: number;
  readonly expected: string;
  readonly outcome: 'passed' | 'failed';
}

interface DataCheck {
  readonly service: string;
  readonly check: string;
  readonly sql: string;
  readonly expected: 'at least 1' | '0';
  /** First schema in which the tables and columns of the question exist. */
  readonly sinceSchema: number;
}

const CHECKS: readonly DataCheck[] = [
  {
    service: 'catalog',
    check: 'products',
    sql: 'SELECT count(*) FROM products',
    expected: 'at least 1',
    sinceSchema: 1
  },
  {
    service: 'catalog',
    check: 'products without a name',
    sql: "SELECT count(*) FROM products WHERE trim(name) = ''",
    expected: '0',
    sinceSchema: 1
  },
  {
    service: 'orders',
    check: 'orders',
    sql: 'SELECT count(*) FROM orders',
    expected: 'at least 1',
    sinceSchema: 2
  },
  {
    service: 'orders',
    check: 'orders without a line',
    sql: 'SELECT count(*) FROM orders WHERE id NOT IN (SELECT order_id FROM order_lines)',
    expected: '0',
    sinceSchema: 2
  },
  {
    service: 'orders',
    check: 'lines without an order or product',
    sql: "SELECT count(*) FROM pragma_foreign_key_check('order_lines')",
    expected: '0',
    sinceSchema: 2
  },
  {
    service: 'orders',
    check: 'orders with an unknown delivery window',
    sql: 'SELECT count(*) FROM orders WHERE delivery_window NOT IN (SELECT code FROM delivery_windows)',
    expected: '0',
    sinceSchema: 5
  },
  {
    service: 'payments',
    check: 'payments',
    sql: 'SELECT count(*) FROM payments',
    expected: 'at least 1',
    sinceSchema: 3
  },
  {
    service: 'payments',
    check: 'payments without an order',
    sql: "SELECT count(*) FROM pragma_foreign_key_check('payments')",
    expected: '0',
    sinceSchema: 3
  },
  {
    service: 'payments',
    check: 'payments that differ from their order',
    sql: 'SELECT count(*) FROM payments AS p WHERE amount_cents <> (SELECT sum(quantity * price_cents) FROM order_lines WHERE order_id = p.order_id)',
    expected: '0',
    sinceSchema: 3
  }
];

export function validateData(
  database: DatabaseSync,
  services: readonly string[],
  newestSchema: number
): ValidationResult[] {
  const schema = schemaVersion(database);
  const asked = CHECKS.filter(
    ({ service, sinceSchema }) => services.includes(service) && sinceSchema <= schema
  );
  const gaps = schema - countOf(database, 'SELECT count(*) FROM schema_migrations');
  const damaged = countOf(
    database,
    "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"
  );
  return [
    {
      service: 'database',
      check: 'schema version',
      found: schema,
      expected: `1 to ${newestSchema}`,
      outcome: outcomeOf(schema >= 1 && schema <= newestSchema)
    },
    {
      service: 'database',
      check: 'missing migrations',
      found: gaps,
      expected: '0',
      outcome: outcomeOf(gaps === 0)
    },
    {
      service: 'database',
      check: 'damaged pages',
      found: damaged,
      expected: '0',
      outcome: outcomeOf(damaged === 0)
    },
    ...asked.map(({ service, check, sql, expected }) => {
      const found = countOf(database, sql);
      return {
        service,
        check,
        found,
        expected,
        outcome: outcomeOf(expected === '0' ? found === 0 : found >= 1)
      };
    })
  ];
}

function outcomeOf(holds: boolean): 'passed' | 'failed' {
  return holds ? 'passed' : 'failed';
}

function countOf(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0] ?? Number.NaN);
}
