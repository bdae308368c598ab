// What a test has of JupyterLab: a folder of its own with notebooks of any kernel, settings, and JupyterLab's own objects.
import { expect, type Browser, type Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settledText } from '../../lifecycle/notebook/settled-text.js';
import type { JupyterServer } from './jupyter-server.js';
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

/** A folder that JupyterLab serves. */
export class Lab {
  readonly folder: string;

  constructor(
    private readonly server: JupyterServer,
    private readonly name: string
  ) {
    this.folder = join(server.root, name);
    mkdirSync(this.folder);
    // Who comes for the tenth time has seen the tour, which would stand in the way.
    this.set('launchbook:help', { offerTour: false });
  }

  /** Writes a notebook as JupyterLab itself writes it. */
  write(name: string, kernel: KernelName, cells: readonly CellSource[], metadata: object = {}): void {
    writeFileSync(join(this.folder, name), notebookText(kernel, cells, metadata));
  }

  /** The notebook as it is on the disk. */
  read(name: string): SavedNotebook {
    return JSON.parse(settledText(join(this.folder, name))) as SavedNotebook;
  }

  /** A setting of a plugin, for the pages that are opened afterwards. */
  set(plugin: string, settings: { readonly [key: string]: unknown }): void {
    this.server.set(plugin, settings);
  }

  /** A file's path as JupyterLab knows it. */
  path(name: string): string {
    return `${this.name}/${name}`;
  }

  /** Address of a notebook, with the token. */
  address(name: string): string {
    return `${this.server.url}/lab/tree/${this.path(name)}?reset&token=${this.server.token}`;
  }

  /** Opens a notebook in a new page, and waits until its kernel answers. */
  async open(browser: Browser, name: string): Promise<Page> {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.once('close', () => void context.close());
    await page.addInitScript(recordNotifications);
    await page.goto(this.address(name));
    await isReady(page);
    return page;
  }

  /** Ids of the kernels that run. */
  async kernels(): Promise<string[]> {
    return await this.server.kernels();
  }

  /** Ends the server as a power cut would, and starts another at the same address. */
  async crash(): Promise<void> {
    await this.server.crash();
  }
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
