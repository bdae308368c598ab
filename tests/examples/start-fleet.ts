// Starts a real example fleet for a test, in a state folder of its own that is removed afterwards.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { waitUntilGone } from './wait-until.js';

/** What the fleet prints when it is ready. */
export interface FleetReady {
  readonly ready: true;
  readonly state: string;
  readonly pid: number;
  readonly services: { readonly catalog: string; readonly orders: string; readonly payments: string };
  readonly search: { readonly url: string; readonly token: string };
}

export interface CommandEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningFleet {
  readonly ready: FleetReady;
  readonly process: ChildProcess;
  /** The variables that `npm start` gives to Jupyter. */
  readonly environment: NodeJS.ProcessEnv;
  fleetctl(...args: string[]): Promise<CommandEnd>;
  /** Process ids of the services as `fleetctl status` shows them. */
  servicePids(): Promise<number[]>;
  /** Ends the fleet, waits until its processes are gone and removes the state folder. */
  stop(): Promise<void>;
}

/** Root of the repository, from the source file as well as from the compiled one. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));
export const FLEET = join(ROOT, 'examples', 'fleet');
/** Node 24: what runs the tests, unless LAUNCHBOOK_NODE names another one. */
export const NODE = process.env['LAUNCHBOOK_NODE'] ?? process.execPath;

/** @param state - Folder of a fleet that ran before, to take it up again; it is then not removed. */
export async function startFleet(state?: string): Promise<RunningFleet> {
  const folder = state ?? (await makeStateFolder());
  // Compiled once for all processes of this fleet; without it a test spends most of its time compiling.
  const cached = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const args = ['--disable-warning=ExperimentalWarning', join(FLEET, 'fleet.ts'), 'start', '--state', folder];
  const child = spawn(NODE, args, { stdio: ['pipe', 'pipe', 'pipe'], env: cached });
  const ready = await readReadyLine<FleetReady>(child);
  const environment = { ...cached, ...environmentOf(ready) };

  const fleetctl = (...args: string[]) => runCommand(join(FLEET, 'bin', 'fleetctl'), args, environment);
  const servicePids = async () => {
    const { stdout } = await fleetctl('status', '--json');
    const rows = JSON.parse(stdout) as { pid: number | null }[];
    return rows.map(({ pid }) => pid).filter(pid => pid !== null);
  };
  return {
    ready,
    process: child,
    environment,
    fleetctl,
    servicePids,
    stop: async () => {
      child.stdin.on('error', () => undefined).end();
      await waitUntilGone(ready.pid);
      if (state === undefined) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  };
}

export function makeStateFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'launchbook-fleet-'));
}

/** The first line that a process prints, as JSON; fails with what it printed to stderr when it ends before. */
export async function readReadyLine<T>(child: ChildProcess): Promise<T> {
  let errors = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const lines = createInterface({ input: child.stdout! });
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`the process ended with exit code ${code} before it was ready:\n${errors}`);
  });
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  ended.catch(() => undefined);
  return JSON.parse(line) as T;
}

export async function runCommand(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv
): Promise<CommandEnd> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout, stderr };
}

function environmentOf({ state, services, search }: FleetReady): NodeJS.ProcessEnv {
  return {
    PATH: `${join(FLEET, 'bin')}${delimiter}${process.env['PATH']}`,
    LAUNCHBOOK_NODE: NODE,
    FLEET_STATE: state,
    FLEET_CATALOG_URL: services.catalog,
    FLEET_ORDERS_URL: services.orders,
    FLEET_PAYMENTS_URL: services.payments,
    FLEET_SEARCH_URL: search.url,
    FLEET_SEARCH_TOKEN: search.token
  };
}

function findRoot(folder: string): string {
  return existsSync(join(folder, 'examples', 'fleet', 'fleet.ts')) ? folder : findRoot(dirname(folder));
}
