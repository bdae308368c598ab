// payments: captures the money of an order. Before 2.4.0 every fifth capture met a provider time-out and was tried
// again; 2.4.0 keeps its connection open. That difference is what the verification of a release sees in the logs.
// From 2.5.0 on the time of a capture is a number, in the column `captured_ms`; the text in `captured_at` is written while it is there.
import { serve } from './runtime/serve.ts';
import { isAtLeast } from './runtime/version.ts';
import type { Handler, ServiceContext } from './runtime/routes.ts';

let captures = 0;

const capturePayment: Handler = ({ body }, { database, log, version }) => {
  const { orderId } = (body ?? {}) as { orderId?: unknown };
  if (!Number.isSafeInteger(orderId))
    return { status: 400, body: { error: 'expected orderId (whole number)' } };
  const order = Number(orderId);
  const total = database
    .prepare('SELECT sum(quantity * price_cents) AS cents FROM order_lines WHERE order_id = ?')
    .get(order)?.['cents'];
  if (typeof total !== 'number') return { status: 404, body: { error: `no order ${order}` } };

  captures += 1;
  if (captures % 5 === 0 && !isAtLeast(version, '2.4.0')) {
    log.error('provider timed out, trying again', { orderId: order, provider: 'cardlink', waitedMs: 1200 });
  }
  const { changes } = insertPayment({ database, version }, order, total);
  if (changes === 0) return { status: 409, body: { error: `order ${order} is already paid` } };
  log.info('payment captured', { orderId: order, amountCents: total, provider: 'cardlink' });
  return { status: 201, body: { orderId: order, amountCents: total } };
};

type Place = Pick<ServiceContext, 'database' | 'version'>;

/** The look at the columns and the write are one transaction: the old column may be dropped at any moment between them. */
function insertPayment({ database, version }: Place, order: number, total: number) {
  database.exec('BEGIN IMMEDIATE');
  try {
    const now = new Date();
    const times: Record<string, string | number> = isAtLeast(version, '2.5.0')
      ? {
          captured_ms: now.getTime(),
          ...(hasOldTime(database) ? { captured_at: now.toISOString() } : {})
        }
      : { captured_at: now.toISOString() };
    const columns = Object.keys(times).join(', ');
    const values = Object.keys(times).map(() => '?');
    const result = database
      .prepare(
        `INSERT INTO payments (order_id, amount_cents, ${columns}) VALUES (?, ?, ${values.join(', ')}) ON CONFLICT (order_id) DO NOTHING`
      )
      .run(order, total, ...Object.values(times));
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function hasOldTime(database: Place['database']): boolean {
  return (
    database.prepare("SELECT 1 FROM pragma_table_info('payments') WHERE name = 'captured_at'").get() !==
    undefined
  );
}

const showPayment: Handler = ({ params }, { database, version }) => {
  const time = isAtLeast(version, '2.5.0') ? 'captured_ms AS capturedMs' : 'captured_at AS capturedAt';
  const payment = database
    .prepare(
      `SELECT order_id AS orderId, amount_cents AS amountCents, ${time} FROM payments WHERE order_id = ?`
    )
    .get(Number(params['orderId']));
  if (payment === undefined)
    return { status: 404, body: { error: `no payment for order ${params['orderId']}` } };
  return { status: 200, body: payment };
};

await serve({
  name: 'payments',
  needsSchema: () => 4,
  routes: { 'POST /payments': capturePayment, 'GET /payments/:orderId': showPayment }
});
