// `launchbook board`: a live web page of runs for a wall screen or somebody's tab, which reads journals and writes nothing; with --decide
// also the pages on which people decide.
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { InvalidArgumentError, type Command } from 'commander';
import { serveBoard, type BoardOptions } from '../../lifecycle/board/board-server.js';
import { runsOfFolder } from '../../lifecycle/board/runs-of-folder.js';
import { checkPasskeys } from '../../lifecycle/decide/check-passkeys.js';
import { enrolmentData, voucherPlace } from '../../lifecycle/decide/enrolment-data.js';
import { hubOfService } from '../../lifecycle/decide/hub-login.js';
import { loadPageAssets } from '../../lifecycle/decide/page-assets.js';
import { staticPageHtml } from '../../lifecycle/decide/page-html.js';
import { listenInSlack } from '../../lifecycle/decide/slack/listen-in-slack.js';
import { Voucher } from '../../lifecycle/decide/voucher.js';
import { repositoryOf } from '../../lifecycle/git/repository.js';
import { readRun } from '../../lifecycle/notebook/read-run.js';
import { writeAtomically } from '../../lifecycle/notebook/write-atomically.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';
import { untilInterrupted } from '../until-interrupted.js';

interface BoardCommandOptions {
  readonly host: string;
  readonly port: number;
  readonly decide?: boolean;
  readonly voucher?: string;
  readonly decidePage?: string;
  readonly json?: boolean;
}

export function addBoardCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('board')
    .summary('show runs on a live web page')
    .description(
      'Serves a read-only page that follows the journals of runs, until Ctrl+C: what waits for whom, what is late, what has ended; what needs somebody stands first. Without arguments it shows every run of the repository, also those that are made later. Nothing is read while nobody looks. Whoever has its address can read it; there is nothing to click. With --decide it also serves a page for each question of these runs, on which approvers sign with a passkey, and a page on which they make one.'
    )
    .argument('[run...]', 'the notebooks of the runs; every run of the repository when there are none')
    .option('--host <address>', 'address to listen on; 0.0.0.0 lets other machines read it', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 is a free one', portOf, 0)
    .option('--decide', 'also serve the pages on which people decide with a passkey')
    .option(
      '--voucher <key>',
      'private key that seals what logins decide: of JupyterHub when this is one of its services, of Slack with the tokens of its app'
    )
    .option('--decide-page <file>', 'write these pages as one HTML file for a host of pages, and end')
    .option('--json', 'print the address as one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook board
  launchbook board runs/2.4.0-production/release.ipynb
  launchbook board runs/*-production/release.ipynb --host 0.0.0.0 --port 8090
  launchbook board --decide --port 8090
  launchbook board --decide --port 8090 --voucher /etc/launchbook/voucher
  launchbook board --decide-page decide.html`
    )
    .action(async (runs: string[], options: BoardCommandOptions) =>
      finish(await board(runs, options, terminal))
    );
}

async function board(
  runs: readonly string[],
  options: BoardCommandOptions,
  terminal: Terminal
): Promise<ExitCode> {
  if (options.decidePage !== undefined) {
    return writePage(options.decidePage, terminal);
  }
  stayWithinLittleMemory();
  // A wrong path is reported here, and not on the page.
  runs.forEach(run => readRun(run));
  const ending = untilInterrupted();
  const folder = (await repositoryOf('.')) ?? process.cwd();
  const pages = options.decide ? await decidePages(folder, options.voucher) : null;
  const slack = pages?.voucher ? await listen(runs, folder, pages.voucher, terminal) : null;
  const { url, close } = await serveBoard({
    runs: runs.length > 0 ? runs : { folder },
    host: options.host,
    port: options.port,
    ...(pages && { decide: pages })
  });
  const enrol = pages ? `${pages.origin}/decide/enrol/` : null;
  terminal.say(options.json ? JSON.stringify(enrol === null ? { url } : { url, enrol }) : url);
  if (!options.json) {
    terminal.note('Ctrl+C ends it. The address holds the token: share it only with those who may read.');
    if (enrol !== null) {
      terminal.note(`People decide at ${pages!.origin}, and make their passkeys at ${enrol}`);
    }
  }
  await new Promise(resolve => ending.signal.addEventListener('abort', resolve, { once: true }));
  await slack?.close();
  await close();
  return EXIT.passed;
}

interface DecidePagesOfBoard extends NonNullable<BoardOptions['decide']> {
  readonly origin: string;
}

/** What the pages need, looked at before anybody is sent there. */
async function decidePages(folder: string, key: string | undefined): Promise<DecidePagesOfBoard> {
  const [origin = ''] = enrolmentData(folder).origins;
  await checkPasskeys();
  const pages = { origin, enrolment: () => enrolmentData(folder) };
  return key === undefined
    ? pages
    : {
        ...pages,
        voucher: await Voucher.open(resolve(key), voucherPlace(folder)),
        hub: hubOfService(origin, process.env)
      };
}

/** Clicks in Slack decide too, where the environment has the tokens of the app. */
async function listen(runs: readonly string[], folder: string, voucher: Voucher, terminal: Terminal) {
  const find = runs.length > 0 ? () => runs : () => runsOfFolder(folder);
  const say = (text: string): void => terminal.note(text);
  const slack = await listenInSlack({ find, voucher, say }, process.env);
  void slack?.heard.then(() => say('Clicks in Slack are heard.'));
  return slack;
}

async function writePage(file: string, terminal: Terminal): Promise<ExitCode> {
  const data = enrolmentData((await repositoryOf('.')) ?? process.cwd());
  writeAtomically(file, staticPageHtml(data, await loadPageAssets()));
  terminal.say(file);
  terminal.note(
    `Put it on a host of pages at ${data.origins.join(' or ')}. launchbook approve RUN --link ADDRESS prints the link to a question on it.`
  );
  return EXIT.passed;
}

/** A board runs for days beside other programs: V8 collects earlier instead of taking more. */
function stayWithinLittleMemory(): void {
  setFlagsFromString('--optimize-for-size');
  setFlagsFromString('--semi-space-growth-factor=1');
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError(`Expected a whole number from 0 to 65535.`);
  }
  return port;
}
