// A person of the night: a browser of their own, a name of their own, and the acts that they need, counted.
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import type { Lab } from '../lab.js';
import { recordNotifications } from '../run-page.js';
import { recordMessages } from './read-page.js';

/** Who somebody is for the server. */
export interface Name {
  readonly username: string;
  readonly name: string;
}

/** What a job needed of a person. A text that is typed counts as one key. */
export interface Acts {
  readonly clicks: number;
  readonly keys: number;
  readonly questions: number;
}

/** One person at one page. */
export class Person {
  private constructor(
    readonly name: string,
    readonly page: Page,
    private readonly faults: string[]
  ) {}

  private counted = { clicks: 0, keys: 0, questions: 0 };

  /** Opens the run in a browser of their own; who is the first to come waits for its kernel. */
  static async open(
    browser: Browser,
    lab: Lab,
    path: string,
    { username, name }: Name,
    { isFirst = false }: { readonly isFirst?: boolean } = {}
  ): Promise<Person> {
    const context = await browser.newContext();
    const url = lab.address(path);
    const value = encodeURIComponent(JSON.stringify({ username, name }));
    await context.addCookies([{ name: 'person', value, url: new URL(url).origin }]);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const faults: string[] = [];
    page.on('pageerror', error => faults.push(error.stack ?? error.message));
    await page.addInitScript(recordNotifications);
    await page.addInitScript(recordMessages);
    await page.goto(url);
    const person = new Person(name, page, faults);
    await person.isThere({ isIdle: isFirst });
    return person;
  }

  /** Waits for the cells, and for the kernel where nothing else keeps it busy. */
  async isThere({ isIdle }: { readonly isIdle: boolean }): Promise<void> {
    await this.page.locator('.jp-Notebook .jp-Cell').first().waitFor({ timeout: 60_000 });
    if (isIdle) {
      await expect(this.page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible({ timeout: 60_000 });
    }
  }

  /** Errors of our code that nobody caught. */
  ownFaults(): string[] {
    return this.faults.filter(fault => /launchbook/i.test(fault));
  }

  async click(target: Locator, button: 'left' | 'right' = 'left'): Promise<void> {
    await target.click({ button });
    this.counted.clicks++;
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    this.counted.keys++;
  }

  /** Types where the focus is. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
    this.counted.keys++;
  }

  /** Acts outside of the page, such as at the address of the browser. */
  doElsewhere({ clicks, keys }: Omit<Acts, 'questions'>): void {
    this.counted.clicks += clicks;
    this.counted.keys += keys;
  }

  /** The person has to answer this before what they wanted happens. */
  async isAsked(question: Locator): Promise<void> {
    await expect(question.first()).toBeVisible();
    this.counted.questions++;
  }

  /** The acts since the last call. */
  acts(): Acts {
    const acts = this.counted;
    this.counted = { clicks: 0, keys: 0, questions: 0 };
    return acts;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** The only dialog. */
  dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The row of a step, or of the phase with this title, in the panel. */
  row(title: string): Locator {
    return this.page
      .locator('.lb-Phases [role="treeitem"]')
      .filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /** The cell with this text in its source. */
  cell(text: string): Locator {
    return this.page
      .locator('.jp-CodeCell')
      .filter({ has: this.page.locator('.jp-InputArea-editor', { hasText: text }) });
  }

  /** What a step asks people, in the notebook. */
  hold(kind: 'Approval' | 'TaskList' | 'Checklist'): Locator {
    return this.page.locator(`.jp-OutputArea .lb-${kind}`);
  }
}
