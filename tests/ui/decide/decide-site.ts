// A run that asks, the board that serves its page, and a person with a phone.
import type { BrowserContext, Page } from '@playwright/test';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Board, BoardOptions } from '../../../lifecycle/board/board-server.js';
import type * as Slack from '../../../lifecycle/decide/slack/listen-in-slack.js';
import type * as Vouchers from '../../../lifecycle/decide/voucher.js';
import type * as Workspaces from '../../lifecycle/decide/slack-workspace.js';
import type * as Runs from '../../../lifecycle/notebook/read-run.js';
import type * as Address from '../../../record/decisions/decision-address.js';
import type * as Asking from '../../lifecycle/decide/asking-run.js';
import type { AskingOptions, AskingRun } from '../../lifecycle/decide/asking-run.js';
import { ROOT } from '../root.js';
import { expect } from '../test.js';
import { addDevice, type Device } from './virtual-device.js';

/** The built product, as the command uses it. */
const load = async <Module>(path: string): Promise<Module> =>
  (await import(pathToFileURL(join(ROOT, 'lib', path)).href)) as Module;
export const { serveBoard } = await load<{ serveBoard(options: BoardOptions): Promise<Board> }>(
  'lifecycle/board/board-server.js'
);
export const { decisionAddress, listAddress } = await load<typeof Address>(
  'record/decisions/decision-address.js'
);
export const { readRun } = await load<typeof Runs>('lifecycle/notebook/read-run.js');
export const { Voucher } = await load<typeof Vouchers>('lifecycle/decide/voucher.js');
export const { listenInSlack } = await load<typeof Slack>('lifecycle/decide/slack/listen-in-slack.js');
export const { startWorkspace } = await load<typeof Workspaces>('tests/lifecycle/decide/slack-workspace.js');
const { makeAskingRun } = await load<typeof Asking>('tests/lifecycle/decide/asking-run.js');

/** What a test has. */
export interface DecideSite {
  readonly run: AskingRun;
  readonly origin: string;
  /** Where the board listens on this machine. */
  readonly port: number;
  /** Of the page on which the question is decided. */
  readonly address: string;
  readonly enrolment: string;
  /** Of another question of the run. */
  addressOf(approval: string): string;
  /** Of a checklist or a task list. */
  listAddressOf(list: { readonly nonce?: string }): string;
  /** The server goes away, or comes back. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  end(): Promise<void>;
}

/** Starts all of it. @param origin - Where browsers find it. @default localhost, with the port of the board */
export async function startSite(options: Partial<AskingOptions> = {}, origin?: string): Promise<DecideSite> {
  const port = await freePort();
  const here = origin ?? `http://localhost:${port}`;
  const pages = { rpId: new URL(here).hostname, origins: [here] };
  const run = await makeAskingRun({ pages, ...options });
  const enrolment = () => ({ version: 1 as const, ...pages, signers: 'allowed_signers' });
  const start = () => serveBoard({ runs: [run.path], port, decide: { enrolment } });
  let board: Board | null = await start();
  const stopServer = async (): Promise<void> => {
    await board?.close();
    board = null;
  };
  return {
    run,
    origin: here,
    port,
    address: decisionAddress(here, run.approval())!,
    enrolment: `${here}/decide/enrol/`,
    listAddressOf: list => listAddress(here, list)!,
    addressOf: approval => decisionAddress(here, run.approval(approval))!,
    stopServer,
    startServer: async () => {
      board = await start();
    },
    end: async () => {
      await stopServer();
      run.end();
    }
  };
}

/** As a phone shows it. */
export const PHONE = {
  viewport: { width: 360, height: 780 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true
};

/** The person makes a passkey on the page, and a reviewed change names its line. */
export async function enrol(
  context: BrowserContext,
  site: DecideSite,
  name: string,
  options: { readonly isVerified?: boolean; readonly isSynced?: boolean } = {}
): Promise<{ readonly page: Page; readonly device: Device }> {
  const page = await context.newPage();
  const device = await addDevice(context, page, options);
  await page.goto(site.enrolment);
  await page.getByLabel('You are').fill(name);
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  const line = page.getByRole('textbox', { name: 'The line of your passkey' });
  await expect(line).toHaveValue(/^\S+ namespaces="launchbook"/);
  site.run.allow(await line.inputValue());
  return { page, device };
}

/** What the page says of the state of the decision. */
export async function expectState(page: Page, state: string, text: RegExp): Promise<void> {
  await expect(page.locator(`#state[data-state="${state}"]`)).toHaveText(text);
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
