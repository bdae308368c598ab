// Ports of this machine on which nobody listens.
import { once } from 'node:events';
import { createServer } from 'node:net';

/** So many of them, no two the same. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(server => once(server, 'listening')));
  const ports = servers.map(server => server.address().port);
  await Promise.all(servers.map(server => once(server.close(), 'close')));
  return ports;
}

/** One of them. */
export async function freePort() {
  const [port] = await freePorts(1);
  return port;
}
