// The running fleet as fleetctl sees it: its state folder, and the daemon that owns the processes.
import { join, resolve } from 'node:path';
import { isAlive, readDescription, type FleetDescription } from '../daemon/fleet-description.ts';
import type { InstanceStatus } from '../daemon/supervisor.ts';
import { stateLayout, type StateLayout } from '../services/runtime/state-layout.ts';

export interface FleetConnection {
  readonly state: StateLayout;
  readonly description: FleetDescription;
  start(service: string, options?: { injectFailure?: boolean }): Promise<InstanceStatus>;
  stop(service: string): Promise<InstanceStatus>;
  instance(service: string): Promise<InstanceStatus>;
  /** Answer of the service's /health through its stable address; status 0 when there was none within 2 s. */
  health(service: string): Promise<{ status: number; problem: string }>;
}

export function connectToFleet(folder: string | undefined): FleetConnection {
  if (folder === undefined || folder === '') {
    throw new Error(
      'no fleet given: set FLEET_STATE or pass --state DIR, the folder that the fleet was started with'
    );
  }
  const state = stateLayout(resolve(folder));
  const description = readDescription(state.description);
  if (description === undefined)
    throw new Error(`no fleet runs in ${state.root}: ${join(state.root, 'fleet.json')} is not there`);
  if (!isAlive(description.pid))
    throw new Error(`the fleet in ${state.root} has ended: process ${description.pid} is gone`);

  const { control, services } = description;
  const ask = async (method: string, path: string): Promise<InstanceStatus> => {
    const headers = { authorization: `Bearer ${control.token}` };
    const response = await fetch(`${control.url}/instances/${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(15_000)
    });
    const body = (await response.json()) as InstanceStatus & { error?: string };
    if (!response.ok)
      throw new Error(`the fleet answered ${response.status}: ${body.error ?? 'no reason given'}`);
    return body;
  };
  return {
    state,
    description,
    start: (service, { injectFailure = false } = {}) =>
      ask('POST', `${service}/start${injectFailure ? '?injectFailure=1' : ''}`),
    stop: service => ask('POST', `${service}/stop`),
    instance: service => ask('GET', service),
    health: service => askHealth(`${services[service]}/health`)
  };
}

async function askHealth(url: string): Promise<{ status: number; problem: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const body = (await response.json()) as { problem?: string; error?: string };
    return { status: response.status, problem: body.problem ?? body.error ?? '' };
  } catch (error) {
    return { status: 0, problem: (error as Error).message };
  }
}
