// payments: captures the money of an order. Before 2.4.0 every fifth capture met a provider time-out and was tried
// again; 2.4.0 keeps its connection open. That difference is what the verification of a release sees in the logs.
import { serve } from './runtime/serve.ts';
import { isAtLeast } from './runtime/version.ts';
import type { Handler } from './runtime/routes.ts';

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
  const { changes } = database
    .prepare(
      'INSERT INTO payments (order_id, amount_cents, captured_at) VALUES (?, ?, ?) ON CONFLICT (order_id) DO NOTHING'
    )
    .run(order, total, new Date().toISOString());
  if (changes === 0) return { status: 409, body: { error: `order ${order} is already paid` } };
  log.info('payment captured', { orderId: order, amountCents: total, provider: 'cardlink' });
  return { status: 201, body: { orderId: order, amountCents: total } };
};

const showPayment: Handler = ({ params }, { database }) => {
  const payment = database
    .prepare(
      'SELECT order_id AS orderId, amount_cents AS amountCents, captured_at AS capturedAt FROM payments WHERE order_id = ?'
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
