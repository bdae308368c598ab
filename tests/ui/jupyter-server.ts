// A JupyterLab server of our own: a home that nobody else has, with the folder that it serves, settings, layouts and kernelspecs.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './root.js';

const KERNELSPEC = 'share/jupyter/kernels/launchbook';

/** A running server. */
export class JupyterServer {
  readonly token = randomUUID();
  /** Everything that the server writes, and nothing else. */
  private readonly home = mkdtempSync(join(tmpdir(), 'launchbook-lab-'));
  /** What it serves. */
  readonly root = join(this.home, 'notebooks');
  private readonly settings = join(this.home, 'settings');
  private readonly workspaces = join(this.home, 'workspaces');
  private readonly data = join(this.home, 'data');
  private process!: ChildProcess;

  private constructor(
    private readonly environment: string,
    private readonly options: readonly string[],
    private readonly port: number
  ) {}

  /** Starts JupyterLab from .venv or another environment, with `options`; what it prints is in the error when it does not come. */
  static async start(environment = '.venv', options: readonly string[] = []): Promise<JupyterServer> {
    const server = new JupyterServer(environment, options, await freePort());
    server.reset();
    await server.spawn();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** As nobody has ever used it. Launchbook kernels that are started from now on have `variables` besides the server's. */
  reset(variables: Readonly<Record<string, string>> = {}): void {
    for (const folder of [this.root, this.settings, this.workspaces]) {
      mkdirSync(folder, { recursive: true });
      // The server stands in one of them.
      readdirSync(folder).forEach(name => rmSync(join(folder, name), { recursive: true, maxRetries: 10 }));
    }
    const kernelspec = join(this.data, 'kernels', 'launchbook');
    cpSync(join(ROOT, this.environment, KERNELSPEC), kernelspec, { recursive: true });
    const file = join(kernelspec, 'kernel.json');
    const content = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...content, env: variables }));
  }

  /** A setting of a plugin, for the pages that are opened afterwards. */
  set(plugin: string, settings: { readonly [key: string]: unknown }): void {
    const [scope, id] = plugin.split(':');
    const file = join(this.settings, scope!, `${id!}.jupyterlab-settings`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(settings));
  }

  /** Ends every kernel. */
  async endKernels(): Promise<void> {
    const kernels = await this.kernels();
    await Promise.all(kernels.map(id => this.ask(`/api/kernels/${id}`, 'DELETE')));
  }

  /** Ids of the kernels that run. */
  async kernels(): Promise<string[]> {
    const kernels = (await (await this.ask('/api/kernels')).json()) as { id: string }[];
    return kernels.map(({ id }) => id);
  }

  /** Ends the server as a power cut would, and starts another at the same address. */
  async crash(): Promise<void> {
    const ended = new Promise(resolve => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
    await this.spawn();
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.process.once('exit', resolve));
    this.process.stdin?.end();
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(timer);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 10 });
  }

  private async ask(path: string, method = 'GET'): Promise<Response> {
    return await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `token ${this.token}` }
    });
  }

  private async spawn(): Promise<void> {
    this.process = spawn(
      join(ROOT, this.environment, 'bin/python'),
      [
        join(ROOT, 'scripts/serve/serve_jupyter.py'),
        '--no-browser',
        '--ServerApp.ip=127.0.0.1',
        `--ServerApp.port=${this.port}`,
        `--ServerApp.root_dir=${this.root}`,
        '--LabApp.expose_app_in_browser=True',
        '--LabApp.news_url=None',
        // Whether it should be built again is not asked at each page: that costs a process of Node.
        "--ServerApp.tornado_settings={'page_config_data': {'buildAvailable': False, 'buildCheck': False}}",
        ...this.options,
        ...(process.getuid?.() === 0 ? ['--allow-root'] : [])
      ],
      {
        // As with `jupyter lab FILE`, which serves the folder of the file from wherever it is typed.
        cwd: this.home,
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {
          ...process.env,
          JUPYTER_TOKEN: this.token,
          JUPYTER_PATH: [this.data, process.env['JUPYTER_PATH']].filter(Boolean).join(delimiter),
          JUPYTERLAB_SETTINGS_DIR: this.settings,
          JUPYTERLAB_WORKSPACES_DIR: this.workspaces
        }
      }
    );
    await untilReady(this.process, `${this.url}/api/status?token=${this.token}`);
  }
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
