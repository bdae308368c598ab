// A little steady traffic, so that the logs of the fleet say something: two requests a second over all services.
// A customer looks at a product, orders it and pays; a request that fails is the next customer's loss, nothing more.
import type { Log } from '../services/runtime/log.ts';

const EVERY_MS = 500;
const WARM_UP_REQUESTS = 20;
const SKUS = ['tea-assam', 'cup-blue', 'pot-iron', 'tea-mint', 'strainer'];

export interface Traffic {
  stop(): void;
}

export async function startTraffic(urls: Readonly<Record<string, string>>, log: Log): Promise<Traffic> {
  let turn = 0;
  let lastOrder = 0;

  const send = async (service: string, path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${urls[service]}${path}`, { ...init, signal: AbortSignal.timeout(2_000) });
    if (!response.ok) log.warn('customer turned away', { of: service, path, status: response.status });
    return response.json();
  };

  const takeTurn = async (): Promise<void> => {
    const customer = Math.floor(turn / 4);
    const sku = SKUS[customer % SKUS.length];
    const step = turn % 4;
    turn += 1;
    if (step === 0) await send('catalog', '/products');
    if (step === 1) await send('catalog', `/products/${sku}`);
    if (step === 2) {
      const order = await send('orders', '/orders', {
        customer: `visitor-${customer}`,
        sku,
        quantity: 1 + (customer % 2)
      });
      lastOrder = (order as { id?: number }).id ?? 0;
    }
    if (step === 3 && lastOrder !== 0) await send('payments', '/payments', { orderId: lastOrder });
  };

  const tryTurn = (): Promise<void> =>
    takeTurn().catch((error: Error) => log.warn('customer got no answer', { error: error.message }));
  for (let request = 0; request < WARM_UP_REQUESTS; request += 1) await tryTurn();

  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void tryTurn().finally(() => (busy = false));
  }, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
