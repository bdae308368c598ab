// `launchbook status`: how far a run is, read from its journal. Needs no kernel and changes nothing.
import { Option, type Command } from 'commander';
import { formatCount } from '../../contract/base/format.js';
import { runRehearsals } from '../../lifecycle/rehearsal/run-rehearsals.js';
import { glanceAtRun } from '../../lifecycle/status/glance-at-run.js';
import { runStatus } from '../../lifecycle/status/run-status.js';
import { STATUS_FORMATS, type StatusFormat } from '../../lifecycle/status/format/formats.js';
import type { RunSummary } from '../../lifecycle/status/summarize-run.js';
import { watchRun } from '../../lifecycle/status/watch-run.js';
import { postThread } from '../../lifecycle/slack-thread/post-thread.js';
import { ProfileError } from '../../record/errors/profile-error.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';
import { untilInterrupted } from '../until-interrupted.js';

interface StatusOptions {
  readonly format: StatusFormat;
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly post?: 'slack';
  readonly channel?: string;
}

export function addStatusCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('status')
    .summary('show how far a run is')
    .description(
      'Shows how far a run is: red, amber or green with the reason, whom it waits for and since when, what comes next, when the end is expected from earlier runs, and what people did so far. The exit code says the same.'
    )
    .argument('<run>', 'the notebook of the run')
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(Object.keys(STATUS_FORMATS))
        .default('text')
    )
    .option('--json', 'the same as --format json')
    .option('--watch', 'write it again after each change, until the run has passed or Ctrl+C')
    .addOption(
      new Option(
        '--post <where>',
        'bring the thread of the run in Slack up to date; its kernel does so by itself'
      ).choices(['slack'])
    )
    .option('--channel <channel>', 'another channel, which gets the first message of the thread alone')
    .addHelpText(
      'after',
      `
Examples:
  launchbook status runs/2.4.0-staging/release.ipynb
  launchbook status runs/2.4.0-staging/release.ipynb --watch
  launchbook status runs/2.4.0-staging/release.ipynb --format md >> $GITHUB_STEP_SUMMARY
  launchbook status runs/2.4.0-staging/release.ipynb --post slack --watch
  launchbook status runs/2.4.0-staging/release.ipynb --json | jq '.waiting[].awaited'

Exit codes: 0 every phase passed, 1 a step failed, 3 not at its end, 4 rejected, 5 inconclusive.`
    )
    .action(async (run: string, options: StatusOptions) => finish(await status(run, options, terminal)));
}

async function status(path: string, options: StatusOptions, terminal: Terminal): Promise<ExitCode> {
  if (!options.watch) {
    const summary = await statusOf(path, terminal);
    await show(path, summary, options, terminal);
    return EXIT[summary.outcome];
  }
  const ending = untilInterrupted();
  let code: ExitCode = EXIT.held;
  let shown = '';
  await watchRun(
    path,
    async () => {
      const summary = await statusOf(path, terminal);
      const text = write(summary, options);
      if (text !== shown) {
        clearScreen(terminal);
        await show(path, summary, options, terminal);
        shown = text;
      }
      code = EXIT[summary.outcome];
      if (summary.outcome === 'passed') {
        ending.end();
      }
    },
    ending.signal
  );
  return code;
}

/** With a faulty launchbook.yml the rehearsals are left out, and nothing else. */
async function statusOf(path: string, terminal: Terminal): Promise<RunSummary> {
  const glance = await glanceAtRun(path);
  const { objections } = glance;
  try {
    const rehearsals = await runRehearsals(path, Date.now(), glance.files);
    return runStatus(path, { rehearsals, objections, glance });
  } catch (error) {
    if (!(error instanceof ProfileError)) {
      throw error;
    }
    terminal.note(`Note: rehearsals are not shown. ${error.message}`);
    return runStatus(path, { objections, glance });
  }
}

async function show(
  path: string,
  summary: RunSummary,
  options: StatusOptions,
  terminal: Terminal
): Promise<void> {
  const text = write(summary, options);
  // The other formats are documents that escape by their own rules.
  if (options.json || PLAIN.has(options.format)) {
    terminal.say(...text.split('\n'));
  } else {
    terminal.print(`${text}\n`);
  }
  if (summary.isTorn) {
    terminal.note('Note: the last line of the journal is incomplete; a write was cut off.');
  }
  if (options.post === 'slack') {
    const { channel, posted, edited } = await postThread(path, { channel: options.channel });
    terminal.note(`Slack, ${channel}: ${formatCount(posted, 'message')} posted, ${edited} edited`);
  }
}

function write(summary: RunSummary, { format, json }: StatusOptions): string {
  return json || format === 'json'
    ? JSON.stringify({ ...summary, exitCode: EXIT[summary.outcome] })
    : STATUS_FORMATS[format](summary);
}

const PLAIN: ReadonlySet<StatusFormat> = new Set(['text', 'json']);

/** On a terminal the summary stays in one place; in a file one follows the other. */
function clearScreen({ stdout }: Terminal): void {
  if (stdout.isTTY) {
    stdout.write('\x1b[H\x1b[2J');
  }
}
