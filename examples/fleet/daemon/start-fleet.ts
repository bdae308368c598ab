// Starts a whole fleet in this process: database, services, their stable addresses, log search, control, traffic.
// A state folder that was used before is taken up again as it was left: versions, data, faults, logs.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { applyMigrationStep, planMigration, readMigrations } from '../database/migrations.ts';
import { seedShop } from '../database/seed.ts';
import { activateRelease, readReleases } from '../release/current-release.ts';
import { buildRelease } from '../release/build-release.ts';
import { makeSearchServer } from '../search/search-server.ts';
import { openLog } from '../services/runtime/log.ts';
import { openDatabase, schemaVersion } from '../services/runtime/open-database.ts';
import { stateLayout, type StateLayout } from '../services/runtime/state-layout.ts';
import { INITIAL_SCHEMA, INITIAL_VERSION, SERVICES } from '../services.ts';
import { makeControlServer } from './control-server.ts';
import {
  isAlive,
  readDescription,
  removeDescription,
  writeDescription,
  type FleetDescription
} from './fleet-description.ts';
import { makeGateway } from './gateway.ts';
import { Supervisor } from './supervisor.ts';
import { startTraffic } from './traffic.ts';

export interface Fleet {
  readonly description: FleetDescription;
  stop(): Promise<void>;
}

export async function startFleet(folder: string): Promise<Fleet> {
  const state = stateLayout(folder);
  refuseSecondFleet(state);
  mkdirSync(folder, { recursive: true });
  prepareDatabase(state);
  const log = openLog(state.logOf('fleet'), 'fleet', '1.0.0');
  const supervisor = new Supervisor(state, log);
  const servers: Server[] = [];

  const addresses = SERVICES.map(async service => {
    prepareRelease(state, service);
    const { state: outcome, lastLines } = await supervisor.start(service);
    if (outcome !== 'running')
      log.error('service did not start', { of: service, lastLine: lastLines.at(-1) ?? '' });
    return [
      service,
      await listen(
        makeGateway(service, () => supervisor.statusOf(service).port),
        servers
      )
    ] as const;
  });
  const services = Object.fromEntries(await Promise.all(addresses));

  const search = { url: '', token: randomBytes(24).toString('base64url') };
  search.url = await listen(makeSearchServer(state.logs, search.token), servers);
  const control = { url: '', token: randomBytes(24).toString('base64url') };
  control.url = await listen(makeControlServer(supervisor, SERVICES, control.token), servers);
  const traffic = await startTraffic(services, log);

  const description: FleetDescription = {
    ready: true,
    state: folder,
    pid: process.pid,
    services,
    search,
    control
  };
  writeDescription(state.description, description);
  log.info('fleet ready', { services: SERVICES.length });
  return {
    description,
    stop: async () => {
      traffic.stop();
      removeDescription(state.description);
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await supervisor.stopAll();
    }
  };
}

function refuseSecondFleet(state: StateLayout): void {
  const other = readDescription(state.description);
  if (other !== undefined && other.pid !== process.pid && isAlive(other.pid)) {
    throw new Error(
      `a fleet with process id ${other.pid} already runs in ${state.root}; stop it or choose another --state folder`
    );
  }
}

function prepareDatabase(state: StateLayout): void {
  const database = openDatabase(state.database);
  if (schemaVersion(database) === 0) {
    for (const step of planMigration(database, readMigrations(), INITIAL_SCHEMA))
      applyMigrationStep(database, step);
    seedShop(database);
  }
  database.close();
}

function prepareRelease(state: StateLayout, service: string): void {
  const version = readReleases(state, service).current ?? INITIAL_VERSION;
  buildRelease(state, service, version);
  activateRelease(state, service, version);
}

function listen(server: Server, servers: Server[]): Promise<string> {
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    );
  });
}
