-- Customer service looks orders up by customer.
-- migrate:up
CREATE INDEX orders_by_customer ON orders (customer, placed_at);

-- migrate:down
DROP INDEX orders_by_customer;
