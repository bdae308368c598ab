-- Release 2.4.0: customers choose when they want their delivery. The default lets orders 2.3.x keep writing.
-- migrate:up
CREATE TABLE delivery_windows (
  code TEXT PRIMARY KEY,
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL
);
INSERT INTO delivery_windows (code, starts_at, ends_at) VALUES
  ('morning', '08:00', '12:00'),
  ('afternoon', '12:00', '17:00'),
  ('evening', '17:00', '21:00');
ALTER TABLE orders ADD COLUMN delivery_window TEXT NOT NULL DEFAULT 'afternoon';

-- migrate:down
ALTER TABLE orders DROP COLUMN delivery_window;
DROP TABLE delivery_windows;
