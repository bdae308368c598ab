// Starts what `npm start` starts, for one test file: the fleet, a fresh run of the release, JupyterLab. Stops it afterwards.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = dirname(dirname(import.meta.dirname));

/** A running Launchbook. */
export interface Launchbook {
  /** Address that opens the run, with its token. */
  readonly url: string;
  /** Absolute path of the run's notebook. */
  readonly notebook: string;
  /** Runs fleetctl against this fleet; returns its standard output. */
  fleetctl(...args: string[]): string;
  /** Runs Python of the environment that JupyterLab runs in. */
  python(...args: string[]): string;
  /** Records of the run's journal so far. */
  journal(): Record<string, unknown>[];
  stop(): Promise<void>;
}

/** `isFirstRun`: the person has never opened a run. Starts and waits for the address. Everything the command prints is in the error when it does not come. */
export async function startLaunchbook({ isFirstRun = false } = {}): Promise<Launchbook> {
  const settings = mkdtempSync(join(tmpdir(), 'launchbook-settings-'));
  // The settings and the layout of the person at this machine stay as they are.
  const env = {
    ...process.env,
    JUPYTER_CONFIG_DIR: join(settings, 'config'),
    JUPYTERLAB_SETTINGS_DIR: join(settings, 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: join(settings, 'workspaces')
  };
  // Tests execute JupyterLab's commands, also those that an open dialog covers.
  mkdirSync(env.JUPYTER_CONFIG_DIR, { recursive: true });
  writeFileSync(
    join(env.JUPYTER_CONFIG_DIR, 'jupyter_lab_config.json'),
    JSON.stringify({ LabApp: { expose_app_in_browser: true } })
  );
  // Who comes for the tenth time has seen the tour, which would stand in the way.
  const help = join(env.JUPYTERLAB_SETTINGS_DIR, 'launchbook');
  mkdirSync(help, { recursive: true });
  writeFileSync(join(help, 'help.jupyterlab-settings'), JSON.stringify({ offerTour: isFirstRun }));
  const child = spawn('npm', ['start', '--silent', '--', '--no-browser'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true
  });
  let printed = '';
  child.stderr.on('data', chunk => (printed += String(chunk)));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => {
      printed += `${line}\n`;
      const found = /https?:\/\/\S+\.ipynb\S*/.exec(line)?.[0];
      if (found) {
        resolve(found);
      }
    });
    child.on('exit', code =>
      reject(new Error(`npm start ended with exit code ${code} before it printed an address:\n${printed}`))
    );
  });
  const notebook = join(
    ROOT,
    'examples',
    decodeURIComponent(new URL(url).pathname.replace(/^.*\/tree\//, ''))
  );
  const state = /FLEET_STATE=(\S+)/.exec(printed)?.[1] ?? join(ROOT, '.launchbook', 'start', 'fleet');
  return {
    url,
    notebook,
    fleetctl: (...args) => runOrThrow(join(ROOT, 'examples/fleet/bin/fleetctl'), ['--state', state, ...args]),
    python: (...args) => runOrThrow(join(ROOT, '.venv/bin/python'), args),
    journal: () =>
      readFileSync(notebook.replace(/\.ipynb$/, '.journal.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Record<string, unknown>),
    stop: async () => {
      await stop(child);
      rmSync(settings, { recursive: true, force: true });
    }
  };
}

function runOrThrow(program: string, args: string[], env: NodeJS.ProcessEnv = {}): string {
  const result = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env } });
  if (result.status !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} ended with exit code ${result.status}:\n${result.stdout}${result.stderr}`
    );
  }
  return result.stdout;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) {
    return;
  }
  const ended = new Promise(resolve => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGINT');
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}
