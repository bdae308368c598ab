// Whose requests are counted together.
import type { IncomingMessage } from 'node:http';

/**
 * The address that the limits are for. Behind a proxy on this machine it is the last one that the proxy has written: nothing but the limits
 * believes it.
 */
export function addressOfSender({ socket, headers }: IncomingMessage): string {
  const address = socket.remoteAddress ?? '';
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)!
    .trim();
  const isHere = /^(?:::ffff:)?127\.|^::1$/.test(address);
  return isHere && forwarded !== '' ? forwarded.slice(0, 64) : address;
}
