-- Captured payments, at most one for an order.
-- migrate:up
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL UNIQUE REFERENCES orders (id),
  amount_cents INTEGER NOT NULL CHECK (amount_cents >= 0),
  captured_at TEXT NOT NULL
);

-- migrate:down
DROP TABLE payments;
