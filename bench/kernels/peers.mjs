// The kernels that ours is measured beside. One that cannot be installed keeps its column, with the reason.
import { denoKernel } from './deno.mjs';
import { pythonKernel } from './ipykernel.mjs';
import { tslabKernel } from './tslab.mjs';

const PEERS = { deno: denoKernel, ipykernel: pythonKernel, tslab: tslabKernel };

/** Names of the peers, in the order of the columns. */
export const PEER_NAMES = Object.keys(PEERS);

/** Installs the named peers; each has a `plan`, or an `unavailable` reason. */
export async function preparePeers(names) {
  const peers = [];
  for (const name of names) {
    try {
      peers.push(await PEERS[name]());
    } catch (error) {
      peers.push({
        name,
        unavailable: `it could not be installed: ${error.message} ${error.hint ?? ''}`.trim()
      });
    }
  }
  return peers;
}
