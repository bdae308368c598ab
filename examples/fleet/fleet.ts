// The daemon of the example fleet. It runs in the foreground and ends with whoever started it: when its standard input
// closes, when its parent is gone, or on SIGTERM and SIGINT. Its services end with it, even when it is killed.
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startFleet } from './daemon/start-fleet.ts';
import { makeSearchServer } from './search/search-server.ts';
import { followParent } from './services/runtime/follow-parent.ts';

const HELP = `Usage: node fleet.ts start --state DIR
       node fleet.ts search --logs DIR [--token TOKEN]

start    Runs the services catalog, orders and payments, their database and the log search.
         When all is ready, one line of JSON with the addresses is printed and kept in DIR/fleet.json.
search   Runs the log search alone over the *.log files of a folder.

Examples:
  node fleet.ts start --state .fleet
  node fleet.ts search --logs .fleet/logs --token secret
`;

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = { start: runFleet, search: runSearch };

await main();

async function main(): Promise<void> {
  try {
    const command = COMMANDS[values().positionals[0] ?? ''];
    if (values().values.help === true) process.stdout.write(HELP);
    else if (command === undefined) endWithUsage('expected the command start or search');
    else await command();
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS'))
      endWithUsage((error as Error).message);
    process.stderr.write(`fleet: ${(error as Error).message}\n`);
    process.exit(1);
  }
}

async function runFleet(): Promise<void> {
  const { state } = values().values;
  if (state === undefined) endWithUsage('start needs --state DIR');
  const starting = startFleet(resolve(state));

  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    process.stderr.write(`fleet: stopping, ${reason}\n`);
    void starting.then(fleet => fleet.stop()).finally(() => process.exit(0));
  };
  process.on('SIGTERM', () => stop('asked to stop'));
  process.on('SIGINT', () => stop('interrupted'));
  followParent(stop);
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);

  const { description } = await starting;
  process.stdout.write(`${JSON.stringify(description)}\n`);
}

async function runSearch(): Promise<void> {
  const { logs, token = 'launchbook' } = values().values;
  if (logs === undefined) endWithUsage('search needs --logs DIR');
  const server = makeSearchServer(resolve(logs), token);
  server.listen(0, '127.0.0.1', () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.stdout.write(`${JSON.stringify({ ready: true, search: { url, token } })}\n`);
  });
  followParent(() => process.exit(0));
}

function values() {
  return parseArgs({
    allowPositionals: true,
    options: {
      state: { type: 'string' },
      logs: { type: 'string' },
      token: { type: 'string' },
      help: { type: 'boolean', short: 'h' }
    }
  });
}

function endWithUsage(problem: string): never {
  process.stderr.write(`fleet: ${problem}\n\n${HELP}`);
  process.exit(2);
}
