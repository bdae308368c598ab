// The open run as a person sees it: phases, cells, the approval, notifications. Waits on states, never on time.
import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { keepPicture } from './picture.js';

/** A desktop notification that the page raised. */
export interface RaisedNotification {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
}

/** What is opened. */
export interface OpenedAt {
  /** With the token. */
  readonly url: string;
}

/** The page of one person. */
export class RunPage {
  constructor(
    readonly page: Page,
    private readonly faults: string[]
  ) {}

  /** Opens the run in a new page and waits until its kernel answers. The person has allowed notifications. */
  static async open(browser: Browser, { url }: OpenedAt): Promise<RunPage> {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', error => faults.push(error.stack ?? error.message));
    // Only settings of ours replace entries of JupyterLab's menus and toolbars.
    page.on('console', message => {
      if (message.text().includes('is duplicated')) {
        faults.push(`launchbook: ${message.text()}`);
      }
    });
    // The browser writes it to the console of the person.
    page.on('response', answer => {
      if (answer.status() === 404 && answer.url().includes('.journal.jsonl')) {
        faults.push(`launchbook: 404 for ${answer.url()}`);
      }
    });
    await page.addInitScript(recordNotifications);
    await page.goto(url);
    const run = new RunPage(page, faults);
    await run.isReady();
    return run;
  }

  /** Opens the run in one more page and waits for its cells; its kernel may be at work. */
  static async openBeside(browser: Browser, { url }: OpenedAt): Promise<RunPage> {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', error => faults.push(error.stack ?? error.message));
    await page.goto(url);
    await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
    return new RunPage(page, faults);
  }

  async isReady(): Promise<void> {
    await this.page.locator('.jp-Notebook .jp-Cell').first().waitFor();
    await expect(this.page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible({ timeout: 30_000 });
  }

  /**
   * Errors that nobody caught in the page and that come from our code. JupyterLab 4.6 has one of its own for every cell:
   * its debugger asks for the modules of a debug session after each `execute_reply`, in notebooks of every kernel, and
   * throws "No active debugger session" where the kernelspec says `debugger: false` or nothing. Neither kernel_info nor the
   * kernelspec can prevent that, short of claiming a debugger that is not there.
   */
  ownFaults(): string[] {
    return this.faults.filter(fault => /launchbook/i.test(fault));
  }

  async showPhases(): Promise<void> {
    const panel = this.page.getByRole('region', { name: 'Release phases' });
    if (!(await panel.isVisible())) {
      await this.page.getByRole('tab', { name: /release phases/i }).click();
    }
    await panel.waitFor();
  }

  phase(id: string): Locator {
    return this.page.locator(`[data-key="phase:${id}"]`);
  }

  /** Title and status of every phase in order. */
  async phases(): Promise<[string, string][]> {
    return await this.page
      .locator('[role="treeitem"][aria-level="1"]')
      .evaluateAll(items =>
        items.map((item): [string, string] => [
          item.querySelector('.lb-Tree-title')?.textContent ?? '',
          (item as HTMLElement).dataset['status'] ?? ''
        ])
      );
  }

  async runAll(): Promise<void> {
    await this.menu('Run', 'Run All Cells');
  }

  /** Saves once nothing runs any more: what a cell leaves behind is written when it ends. */
  async save(): Promise<void> {
    await expect(this.page.locator('.jp-InputPrompt', { hasText: '[*]' })).toHaveCount(0);
    await expect(this.page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible();
    // What the page writes into the notebook while it is being saved is saved with the next one.
    await expect(async () => {
      await this.page.getByRole('menuitem', { name: 'File', exact: true }).click();
      await this.page.locator('.lm-Menu-item[data-command="docmanager:save"]').click();
      await expect(this.page.locator('.jp-mod-dirty')).toHaveCount(0, { timeout: 3000 });
    }).toPass({ timeout: 30_000 });
  }

  /** The cell that contains `text` in its source. */
  cell(text: string): Locator {
    return this.page
      .locator('.jp-CodeCell')
      .filter({ has: this.page.locator('.jp-InputArea-editor', { hasText: text }) });
  }

  timing(cell: Locator): Locator {
    return cell.locator('.lb-Timing');
  }

  /** Selects a cell by its text and runs it as Ctrl+Enter does. */
  async runCell(text: string): Promise<void> {
    const cell = this.cell(text);
    await cell.scrollIntoViewIfNeeded();
    await cell.locator('.jp-InputPrompt').click();
    await this.page.keyboard.press('Control+Enter');
  }

  /** Adds a code cell at the end, as a person does (End of the document, B), writes `code` and runs it. */
  async addCell(code: string): Promise<void> {
    const last = this.page.locator('.jp-Cell').last();
    await last.scrollIntoViewIfNeeded();
    await last.locator('.jp-InputPrompt').click();
    await this.page.keyboard.press('b');
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.insertText(code);
    await this.page.keyboard.press('Control+Enter');
  }

  /** The approval in the notebook, not its twin in the sidebar. */
  approval(): Locator {
    return this.page.locator('.jp-OutputArea .lb-Approval');
  }

  async goToWaiting(): Promise<void> {
    await this.page.getByRole('button', { name: 'Go to what waits' }).click();
  }

  async notifications(): Promise<RaisedNotification[]> {
    return await this.page.evaluate(() => (globalThis as unknown as { raised: RaisedNotification[] }).raised);
  }

  /** What a person does who goes to another tab: the page is hidden until `look` is called with true. */
  async look(isLooking: boolean): Promise<void> {
    await look(this.page, isLooking);
  }

  /** Keeps a picture where pictures are kept. */
  async picture(name: string): Promise<void> {
    await keepPicture(this.page, name);
  }

  private async menu(menu: string, item: string): Promise<void> {
    await this.page.getByRole('menuitem', { name: menu, exact: true }).click();
    await this.page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click();
  }
}

/** What a person does who goes to another tab and (true) comes back. */
export async function look(page: Page, isLooking: boolean): Promise<void> {
  await page.evaluate(looking => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !looking });
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (looking ? 'visible' : 'hidden')
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isLooking);
}

/** Runs in the page before anything else: a browser without a desktop keeps the notifications it would have shown. */
export function recordNotifications(): void {
  const raised: RaisedNotification[] = [];
  const clicks: (() => void)[] = [];
  class RecordedNotification {
    static readonly permission = 'granted';
    static async requestPermission(): Promise<string> {
      return 'granted';
    }
    onclick: (() => void) | null = null;
    constructor(title: string, options: { body?: string; tag?: string } = {}) {
      raised.push({ title, body: options.body ?? '', tag: options.tag ?? '' });
      clicks.push(() => this.onclick?.());
    }
    close(): void {
      // Nothing is on a desktop.
    }
  }
  Object.assign(globalThis, { Notification: RecordedNotification, raised, clicks });
}
