-- What the shop sells. Prices are whole cents.
-- migrate:up
CREATE TABLE products (
  sku TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0)
);

-- migrate:down
DROP TABLE products;
