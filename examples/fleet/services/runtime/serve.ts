// Runs one service: reads which release it is, refuses to start when something is wrong, serves on a free loopback port
// and tells the daemon which one. What it prints before the log is open is what a failed deploy shows.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerRequest } from './answer-request.ts';
import { hasFault } from './faults.ts';
import { followParent } from './follow-parent.ts';
import { openLog } from './log.ts';
import { openDatabase, schemaVersion } from './open-database.ts';
import type { Routes } from './routes.ts';
import { stateLayout } from './state-layout.ts';

export interface ServiceDefinition {
  readonly name: string;
  /** Oldest schema that this version of the service can work with. */
  needsSchema(version: string): number;
  readonly routes: Routes;
}

export async function serve(service: ServiceDefinition): Promise<void> {
  const { version } = readRelease();
  const say = (text: string) => process.stderr.write(`[${service.name} ${version}] ${text}\n`);
  try {
    say(`starting, pid ${process.pid}`);
    await start(service, version, say);
  } catch (error) {
    say(`fatal: ${(error as Error).message}`);
    process.exit(1);
  }
}

async function start(
  service: ServiceDefinition,
  version: string,
  say: (text: string) => void
): Promise<void> {
  const state = stateLayout(requireEnvironment('FLEET_STATE'));
  const fault = (kind: Parameters<typeof hasFault>[3]) => hasFault(state.faults, service.name, version, kind);

  say('reading configuration');
  if (process.env['FLEET_INJECT_FAILURE'] === '1' || fault('crash-on-start')) {
    say('configuration: 11 of 12 settings present');
    const setting = `${service.name.toUpperCase()}_SIGNING_KEY`;
    throw new Error(`setting ${setting} is missing; ${service.name} ${version} cannot start without it`);
  }
  if (fault('slow-start')) await new Promise(resolve => setTimeout(resolve, 2_000));

  say('opening the database');
  const database = openDatabase(state.database);
  const needed = service.needsSchema(version);
  const found = schemaVersion(database);
  if (found < needed)
    throw new Error(
      `the database has schema ${found}, ${service.name} ${version} needs schema ${needed} or newer`
    );

  const log = openLog(state.logOf(service.name), service.name, version);
  const health = (): string | undefined => {
    const schema = schemaVersion(database);
    if (schema < needed) return `schema ${schema} is older than ${needed}`;
    return fault('failing-health') ? 'cannot reach the message broker' : undefined;
  };
  const trouble = (): string | undefined =>
    fault('failing-requests') ? 'price list has no currency' : undefined;
  const startedAt = new Date().toISOString();
  const identity = { service: service.name, version, pid: process.pid, startedAt };
  const server = createServer((request, response) => {
    void answerRequest(request, response, {
      ...service,
      identity,
      health,
      trouble,
      context: { database, log, version }
    });
  });
  const port = await listen(server);
  log.info('started', { pid: process.pid, schema: found });
  say(`listening on 127.0.0.1:${port}`);

  const stop = (reason: string): void => {
    log.info('stopping', { reason });
    process.exit(0);
  };
  process.once('SIGTERM', () => stop('asked to stop'));
  // Ctrl-C reaches every process of a terminal; the daemon gets it too and decides.
  process.on('SIGINT', () => undefined);
  followParent(stop);
  process.send?.({ listening: port });
}

function readRelease(): { version: string } {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', 'release.json'), 'utf8')) as {
    version: string;
  };
}

function requireEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`environment variable ${name} is not set; services are started by the fleet daemon`);
  return value;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
