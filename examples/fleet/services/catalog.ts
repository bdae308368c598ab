// catalog: what the shop sells. From 2.4.0 on it shows prices with their currency too.
import { serve } from './runtime/serve.ts';
import { isAtLeast } from './runtime/version.ts';
import type { Handler } from './runtime/routes.ts';

const listProducts: Handler = (_request, { database, version }) => {
  const products = database
    .prepare('SELECT sku, name, price_cents AS priceCents FROM products ORDER BY sku')
    .all();
  const currency = isAtLeast(version, '2.4.0') ? { currency: 'EUR' } : {};
  return { status: 200, body: products.map(product => ({ ...product, ...currency })) };
};

const showProduct: Handler = ({ params }, { database }) => {
  const product = database
    .prepare('SELECT sku, name, price_cents AS priceCents FROM products WHERE sku = ?')
    .get(params['sku'] ?? '');
  if (product === undefined) return { status: 404, body: { error: `no product ${params['sku']}` } };
  return { status: 200, body: product };
};

await serve({
  name: 'catalog',
  needsSchema: () => 1,
  routes: { 'GET /products': listProducts, 'GET /products/:sku': showProduct }
});
