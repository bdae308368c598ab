// A JupyterLab on an empty folder, for tests that need no run: notebooks of any kernel, settings, and JupyterLab's own objects.
import { expect, type Browser, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { settledText } from '../../lifecycle/notebook/settled-text.js';
import { ROOT } from './launchbook.js';
import { recordNotifications } from './run-page.js';

/** A cell as a test writes it; ids are `cell-0`, `cell-1`, … unless given. */
export interface CellSource {
  readonly id?: string;
  readonly type?: 'code' | 'markdown';
  readonly source: string;
  readonly metadata?: { readonly [key: string]: unknown };
  readonly outputs?: readonly unknown[];
}

export type KernelName = 'python3' | 'launchbook';

/** A running JupyterLab. */
export interface Lab {
  readonly folder: string;
  readonly url: string;
  /** Writes a notebook as JupyterLab itself writes it. */
  write(name: string, kernel: KernelName, cells: readonly CellSource[], metadata?: object): void;
  /** The notebook as it is on the disk. */
  read(name: string): SavedNotebook;
  /** A setting of a plugin, for the pages that are opened afterwards. */
  set(plugin: string, settings: { readonly [key: string]: unknown }): void;
  /** Address of a notebook, with the token. */
  address(name: string): string;
  /** Opens a notebook in a new page, and waits until its kernel answers. */
  open(browser: Browser, name: string): Promise<Page>;
  /** Ends the server as a power cut would, and starts another at the same address. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export interface SavedNotebook {
  readonly cells: readonly {
    readonly id: string;
    readonly source: readonly string[];
    readonly metadata: { readonly [key: string]: unknown };
  }[];
}

const KERNELS = {
  python3: { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' },
  launchbook: { display_name: 'TypeScript (Launchbook)', language: 'typescript', name: 'launchbook' }
};

/** Starts JupyterLab from .venv or another environment; what it prints is in the error when it does not come. */
export async function startLab(environment = '.venv'): Promise<Lab> {
  const home = mkdtempSync(join(tmpdir(), 'launchbook-lab-'));
  const folder = join(home, 'notebooks');
  mkdirSync(folder);
  const token = randomUUID();
  const port = await freePort();
  const settings = join(home, 'settings');
  const base = `http://127.0.0.1:${port}`;
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(
      join(ROOT, environment, 'bin/python'),
      [
        join(ROOT, 'scripts/serve/serve_jupyter.py'),
        '--no-browser',
        '--ServerApp.ip=127.0.0.1',
        `--ServerApp.port=${port}`,
        `--ServerApp.root_dir=${folder}`,
        '--LabApp.expose_app_in_browser=True',
        '--LabApp.news_url=None',
        ...(process.getuid?.() === 0 ? ['--allow-root'] : [])
      ],
      {
        cwd: folder,
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {
          ...process.env,
          JUPYTER_TOKEN: token,
          JUPYTERLAB_SETTINGS_DIR: settings,
          JUPYTERLAB_WORKSPACES_DIR: join(home, 'workspaces')
        }
      }
    );
    await untilReady(server, `${base}/api/status?token=${token}`);
    return server;
  };
  let server = await start();
  return {
    folder,
    url: base,
    write: (name, kernel, cells, metadata = {}) =>
      writeFileSync(join(folder, name), notebookText(kernel, cells, metadata)),
    read: name => JSON.parse(settledText(join(folder, name))) as SavedNotebook,
    set: (plugin, values) => {
      const [scope, id] = plugin.split(':');
      const file = join(settings, scope!, `${id!}.jupyterlab-settings`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(values));
    },
    address: name => `${base}/lab/tree/${name}?reset&token=${token}`,
    open: async (browser, name) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.once('close', () => void context.close());
      await page.addInitScript(recordNotifications);
      await page.goto(`${base}/lab/tree/${name}?reset&token=${token}`);
      await isReady(page);
      return page;
    },
    crash: async () => {
      const ended = new Promise(resolve => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      server = await start();
    },
    stop: async () => {
      const ended = new Promise(resolve => server.once('exit', resolve));
      server.stdin?.end();
      const timer = setTimeout(() => server.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(timer);
      rmSync(home, { recursive: true, force: true });
    }
  };
}

/** Waits until the notebook is shown and its kernel answers. */
export async function isReady(page: Page): Promise<void> {
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor({ timeout: 60_000 });
  await expect(page.getByText(/\| Idle$/).first()).toBeVisible({ timeout: 60_000 });
}

/** Executes a command of JupyterLab and waits for its end. */
export async function command(page: Page, id: string, args: { [key: string]: string } = {}): Promise<void> {
  await page.evaluate(
    async ([name, given]) => {
      const { jupyterapp } = globalThis as unknown as {
        jupyterapp: { commands: { execute(id: string, args: object): Promise<unknown> } };
      };
      await jupyterapp.commands.execute(name, given);
    },
    [id, args] as const
  );
}

/** Makes the cell with this id the active one, as a click on its prompt does. */
export async function activate(page: Page, cell: string): Promise<void> {
  await command(page, 'launchbook:go-to-cell', { cell });
}

function notebookText(kernel: KernelName, cells: readonly CellSource[], more: object): string {
  const notebook = {
    cells: cells.map(({ id, type = 'code', source, metadata = {}, outputs = [] }, index) => ({
      cell_type: type,
      ...(type === 'code' ? { execution_count: null } : {}),
      id: id ?? `cell-${index}`,
      metadata,
      ...(type === 'code' ? { outputs } : {}),
      source: source.split(/(?<=\n)/)
    })),
    metadata: { kernelspec: KERNELS[kernel], ...more },
    nbformat: 4,
    nbformat_minor: 5
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

async function untilReady(server: ChildProcess, status: string): Promise<void> {
  let printed = '';
  server.stderr?.on('data', chunk => (printed += String(chunk)));
  server.stdout?.resume();
  for (const deadline = Date.now() + 90_000; Date.now() < deadline && server.exitCode === null;) {
    const answer = await fetch(status).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await sleep(100);
  }
  server.kill('SIGKILL');
  throw new Error(`JupyterLab did not answer. It printed:\n${printed}`);
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))
      );
    });
  });
}
