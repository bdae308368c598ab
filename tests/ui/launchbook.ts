// `npm start` itself: the fleet, a fresh run of the release, JupyterLab. Stops it afterwards.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './root.js';

/** What `npm start` has started. */
export interface Launchbook {
  /** Address that opens the run, with its token. */
  readonly url: string;
  stop(): Promise<void>;
}

/** For somebody who has never opened a run. Starts and waits for the address. Everything the command prints is in the error when it does not come. */
export async function startLaunchbook(): Promise<Launchbook> {
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
  return {
    url,
    stop: async () => {
      await stop(child);
      rmSync(settings, { recursive: true, force: true });
    }
  };
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
