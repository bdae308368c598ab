// The services of the fleet and where a fresh fleet begins.
export const SERVICES = ['catalog', 'orders', 'payments'] as const;
export const INITIAL_VERSION = '2.3.1';
export const INITIAL_SCHEMA = 4;
