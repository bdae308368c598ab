// The one JupyterLab of a worker. It is started when a test file first asks for a folder, and is as new for each file.
import { test as playwright } from '@playwright/test';
import { basename } from 'node:path';
import { JupyterServer } from './jupyter-server.js';
import { Lab } from './lab.js';

export class Labs {
  private server: JupyterServer | undefined;

  /** `environment`: the Python environment. */
  constructor(private readonly environment = '.venv') {}

  /**
   * A folder for the test file that asks, without the files, settings and layouts of those before it. Launchbook kernels have `variables`
   * besides the server's.
   */
  async fresh(variables: Readonly<Record<string, string>> = {}): Promise<Lab> {
    this.server ??= await JupyterServer.start(this.environment);
    this.server.reset(variables);
    return new Lab(this.server, basename(playwright.info().file, '.spec.ts'));
  }

  /** Ends every kernel that a test has left. */
  async endKernels(): Promise<void> {
    await this.server?.endKernels();
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }
}
