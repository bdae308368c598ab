// Starts the current release of a service and waits until it is healthy. Used by deploy and rollback alike.
// A start that fails is reported with the last lines of the process, the cause at the very end.
import { setTimeout as wait } from 'node:timers/promises';
import type { InstanceStatus } from '../daemon/supervisor.ts';
import { complain, say } from './command.ts';
import type { FleetConnection } from './fleet-connection.ts';

const PROBE_EVERY_MS = 50;

export interface BringUpOptions {
  readonly injectFailure: boolean;
  readonly healthTimeoutMs: number;
}

/** @returns undefined when the service is healthy, otherwise what is wrong with it */
export async function bringUp(
  fleet: FleetConnection,
  service: string,
  options: BringUpOptions
): Promise<string | undefined> {
  const startedMs = performance.now();
  const started = await fleet.start(service, options);
  if (started.state !== 'running') return reportEnd(started, startedMs);
  say(`${service}: started ${started.version}, pid ${started.pid}`);

  let { status, problem } = await fleet.health(service);
  while (status !== 200) {
    const instance = await fleet.instance(service);
    if (instance.state !== 'running') return reportEnd(instance, startedMs);
    if (performance.now() - startedMs > options.healthTimeoutMs) {
      complain(`${service}: /health still answers ${status} after ${elapsed(startedMs)}`);
      return `${service} ${started.version} is running but not healthy: ${problem}`;
    }
    await wait(PROBE_EVERY_MS);
    ({ status, problem } = await fleet.health(service));
  }
  say(`${service}: healthy after ${elapsed(startedMs)}`);
  return undefined;
}

function reportEnd({ service, version, ended, lastLines }: InstanceStatus, startedMs: number): string {
  const end = ended ?? 'a stop from elsewhere';
  complain(
    `${service}: ${version} ended with ${end} after ${elapsed(startedMs)}, before it was healthy; its last lines:`
  );
  for (const line of lastLines) complain(`  ${line}`);
  const cause = lastLines.findLast(line => line.includes('fatal: '));
  return cause?.replace(/^.*fatal: /, '') ?? `${service} ${version} ended with ${end}`;
}

function elapsed(sinceMs: number): string {
  return `${Math.round(performance.now() - sinceMs)} ms`;
}
