// The data a fresh fleet begins with: a small shop that already has customers. The same numbers every time.
import type { DatabaseSync } from 'node:sqlite';

const PRODUCTS = [
  ['tea-assam', 'Assam tea, 250 g', 790],
  ['tea-sencha', 'Sencha, 100 g', 1150],
  ['tea-mint', 'Mint, 50 g', 420],
  ['cup-white', 'Cup, white', 1290],
  ['cup-blue', 'Cup, blue', 1390],
  ['pot-iron', 'Iron teapot, 0.8 l', 5900],
  ['pot-glass', 'Glass teapot, 1 l', 3450],
  ['strainer', 'Strainer, steel', 680]
] as const;

const CUSTOMERS = ['amara', 'bjorn', 'chen', 'dalia', 'emeka', 'freya'] as const;
const ORDERS = 120;

export function seedShop(database: DatabaseSync): void {
  if (database.prepare('SELECT 1 FROM products').get() !== undefined) return;
  const product = database.prepare('INSERT INTO products (sku, name, price_cents) VALUES (?, ?, ?)');
  const order = database.prepare('INSERT INTO orders (id, customer, placed_at) VALUES (?, ?, ?)');
  const line = database.prepare(
    'INSERT INTO order_lines (order_id, sku, quantity, price_cents) VALUES (?, ?, ?, ?)'
  );
  const payment = database.prepare(
    'INSERT INTO payments (order_id, amount_cents, captured_at) VALUES (?, ?, ?)'
  );
  const now = Date.now();

  database.exec('BEGIN');
  for (const [sku, name, priceCents] of PRODUCTS) product.run(sku, name, priceCents);
  for (let id = 1; id <= ORDERS; id += 1) {
    const placedAt = new Date(now - (ORDERS - id + 1) * 3_600_000).toISOString();
    const [sku, , priceCents] = pick(PRODUCTS, id * 7);
    const quantity = 1 + (id % 3);
    order.run(id, pick(CUSTOMERS, id * 5), placedAt);
    line.run(id, sku, quantity, priceCents);
    payment.run(id, quantity * priceCents, placedAt);
  }
  database.exec('COMMIT');
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
