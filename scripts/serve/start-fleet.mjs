// Starts the example fleet, the production of the examples, and says how JupyterLab and the runbook find it.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { delimiter, join } from 'node:path';
import { productNode, root } from '../set-up/places.mjs';
import { lastLinesOf } from '../set-up/run-command.mjs';
import { SetUpFault } from '../set-up/set-up-fault.mjs';
import { startBackground } from './background-process.mjs';

const folder = join(root, 'examples', 'fleet');

/** Starts with empty state in `state`. Resolves when every service answers. */
export async function startFleet(state) {
  rmSync(state, { recursive: true, force: true });
  const fleet = startBackground(productNode(), [join(folder, 'fleet.ts'), 'start', '--state', state], {
    cwd: folder,
    env: process.env,
    log: `${state}.log`,
    reads: true
  });
  const line = await Promise.race([firstLineOf(fleet.process.stdout), fleet.ended.then(how => ({ how }))]);
  if (typeof line !== 'string') {
    throw new SetUpFault(
      `The example fleet did not start: it ended with ${line.how}.`,
      lastLinesOf(fleet.log)
    );
  }
  return { ...fleet, environment: environmentOf(state, JSON.parse(line)) };
}

/** The variables that examples/launchbook.yml and fleetctl read. */
function environmentOf(state, ready) {
  const urls = Object.entries(ready.services).map(([name, url]) => [`FLEET_${name.toUpperCase()}_URL`, url]);
  return {
    ...Object.fromEntries(urls),
    FLEET_STATE: state,
    FLEET_SEARCH_URL: ready.search.url,
    FLEET_SEARCH_TOKEN: ready.search.token,
    LAUNCHBOOK_NODE: productNode(),
    PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`
  };
}

async function firstLineOf(stream) {
  for await (const line of createInterface({ input: stream })) {
    stream.resume();
    return line;
  }
  return new Promise(() => {});
}
