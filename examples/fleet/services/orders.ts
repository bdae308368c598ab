// orders: takes and shows orders. From 2.4.0 on an order has a delivery window, for which it needs schema 5.
import { serve } from './runtime/serve.ts';
import { isAtLeast } from './runtime/version.ts';
import type { Handler, ServiceContext } from './runtime/routes.ts';

const placeOrder: Handler = ({ body }, context) => {
  const order = (body ?? {}) as {
    customer?: unknown;
    sku?: unknown;
    quantity?: unknown;
    deliveryWindow?: unknown;
  };
  const { customer, sku, quantity = 1, deliveryWindow = 'afternoon' } = order;
  if (
    typeof customer !== 'string' ||
    typeof sku !== 'string' ||
    !Number.isSafeInteger(quantity) ||
    Number(quantity) < 1
  ) {
    return {
      status: 400,
      body: { error: 'expected customer (text), sku (text) and quantity (whole number from 1)' }
    };
  }
  const { database, log } = context;
  const product = database.prepare('SELECT price_cents FROM products WHERE sku = ?').get(sku);
  if (product === undefined) return { status: 404, body: { error: `no product ${sku}` } };

  database.exec('BEGIN IMMEDIATE');
  try {
    const id = insertOrder(context, customer, String(deliveryWindow));
    database
      .prepare('INSERT INTO order_lines (order_id, sku, quantity, price_cents) VALUES (?, ?, ?, ?)')
      .run(id, sku, Number(quantity), Number(product['price_cents']));
    database.exec('COMMIT');
    log.info('order placed', { orderId: id, sku, quantity: Number(quantity) });
    return { status: 201, body: { id } };
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
};

function insertOrder(
  { database, version }: ServiceContext,
  customer: string,
  deliveryWindow: string
): number {
  const placedAt = new Date().toISOString();
  const { lastInsertRowid } = isAtLeast(version, '2.4.0')
    ? database
        .prepare('INSERT INTO orders (customer, placed_at, delivery_window) VALUES (?, ?, ?)')
        .run(customer, placedAt, deliveryWindow)
    : database.prepare('INSERT INTO orders (customer, placed_at) VALUES (?, ?)').run(customer, placedAt);
  return Number(lastInsertRowid);
}

const showOrder: Handler = ({ params }, { database, version }) => {
  const window = isAtLeast(version, '2.4.0') ? ', delivery_window AS deliveryWindow' : '';
  const order = database
    .prepare(`SELECT id, customer, placed_at AS placedAt${window} FROM orders WHERE id = ?`)
    .get(Number(params['id']));
  if (order === undefined) return { status: 404, body: { error: `no order ${params['id']}` } };
  const lines = database
    .prepare('SELECT sku, quantity, price_cents AS priceCents FROM order_lines WHERE order_id = ?')
    .all(Number(params['id']));
  return { status: 200, body: { ...order, lines } };
};

await serve({
  name: 'orders',
  needsSchema: version => (isAtLeast(version, '2.4.0') ? 5 : 4),
  routes: { 'POST /orders': placeOrder, 'GET /orders/:id': showOrder }
});
