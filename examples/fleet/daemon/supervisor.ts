// Starts and stops the processes of the services, one instance a service, and remembers how each one ended.
// It never restarts a service by itself: a failed deploy stays visible until somebody acts.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../services/runtime/log.ts';
import type { StateLayout } from '../services/runtime/state-layout.ts';

export interface InstanceStatus {
  readonly service: string;
  readonly state: 'running' | 'stopped' | 'exited';
  readonly version: string;
  readonly pid: number | null;
  readonly port: number | null;
  readonly startedAt: string | null;
  /** Exit code or signal of the last process, when it has ended. */
  readonly ended: string | null;
  /** The last lines that the process printed, oldest first. */
  readonly lastLines: readonly string[];
}

interface Instance {
  readonly child: ChildProcess;
  readonly lines: string[];
  status: InstanceStatus;
}

const KEPT_LINES = 20;
const STOP_TIMEOUT_MS = 2_000;
const START_TIMEOUT_MS = 10_000;

export class Supervisor {
  readonly #state: StateLayout;
  readonly #log: Log;
  readonly #instances = new Map<string, Instance>();

  constructor(state: StateLayout, log: Log) {
    this.#state = state;
    this.#log = log;
  }

  /** Starts the current release; comes back when it listens or has ended, whichever is first. */
  async start(service: string, { injectFailure = false } = {}): Promise<InstanceStatus> {
    await this.stop(service);
    const { current } = this.#state.service(service);
    const version = (JSON.parse(readFileSync(join(current, 'release.json'), 'utf8')) as { version: string })
      .version;
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(current, `${service}.ts`)],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: {
          ...process.env,
          FLEET_STATE: this.#state.root,
          FLEET_INJECT_FAILURE: injectFailure ? '1' : '0'
        }
      }
    );
    const startedAt = new Date().toISOString();
    const instance: Instance = {
      child,
      lines: [],
      status: {
        service,
        state: 'running',
        version,
        pid: child.pid ?? null,
        port: null,
        startedAt,
        ended: null,
        lastLines: []
      }
    };
    this.#instances.set(service, instance);
    this.#watch(service, instance);

    const listening = once(child, 'message').then(([message]) => {
      instance.status = { ...instance.status, port: (message as { listening: number }).listening };
    });
    const timeout = AbortSignal.timeout(START_TIMEOUT_MS);
    await Promise.race([listening, once(child, 'close'), once(timeout, 'abort')]).catch(() => undefined);
    return this.statusOf(service);
  }

  /** Asks the process to stop and, when it does not within 2 s, kills it. */
  async stop(service: string): Promise<InstanceStatus> {
    const instance = this.#instances.get(service);
    if (instance?.status.state === 'running') {
      const closed = once(instance.child, 'close');
      instance.status = { ...instance.status, state: 'stopped', port: null };
      instance.child.kill('SIGTERM');
      const kill = setTimeout(() => instance.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await closed;
      clearTimeout(kill);
    }
    return this.statusOf(service);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#instances.keys()].map(service => this.stop(service)));
  }

  statusOf(service: string): InstanceStatus {
    const instance = this.#instances.get(service);
    if (instance === undefined) {
      return {
        service,
        state: 'stopped',
        version: '',
        pid: null,
        port: null,
        startedAt: null,
        ended: null,
        lastLines: []
      };
    }
    return { ...instance.status, lastLines: [...instance.lines] };
  }

  #watch(service: string, instance: Instance): void {
    const { child, lines } = instance;
    let unfinished = '';
    const collect = (text: string): void => {
      const parts = (unfinished + text).split('\n');
      unfinished = parts.pop() ?? '';
      lines.push(...parts);
      lines.splice(0, lines.length - KEPT_LINES);
    };
    child.stdout?.setEncoding('utf8').on('data', collect);
    child.stderr?.setEncoding('utf8').on('data', collect);
    child.once('error', error => collect(`${error.message}\n`));
    child.once('close', (code, signal) => {
      const ended = signal === null ? `exit code ${code}` : `signal ${signal}`;
      const wasAsked = instance.status.state === 'stopped';
      instance.status = {
        ...instance.status,
        state: wasAsked ? 'stopped' : 'exited',
        pid: null,
        port: null,
        ended
      };
      if (!wasAsked)
        this.#log.error('service ended by itself', { ended, of: service, release: instance.status.version });
    });
  }
}
