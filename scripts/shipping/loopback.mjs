// The story of a run in a network that has loopback alone: the product opens no connection but those that cells ask for.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { productNode } from '../set-up/places.mjs';
import { shippedEnvironment } from './environments.mjs';

/** Linux alone has such networks. Whoever is not root becomes it inside of the new one. */
export async function proveLoopback() {
  const environment = await shippedEnvironment('lab-4.6');
  const own = process.getuid() === 0 ? [] : ['--user', '--map-root-user'];
  const up = 'ip link set lo up && test -z "$(ip route)" && exec "$0" "$@"';
  const story = [productNode(), join(import.meta.dirname, 'tell-story.mjs'), environment];
  const words = ['--net', ...own, '--', 'sh', '-c', up, ...story];
  return spawnSync('unshare', words, { stdio: 'inherit' }).status === 0;
}
