// `launchbook status`: where a run stands, read from its journal. Needs no kernel and changes nothing.
import { Option, type Command } from 'commander';
import { runRehearsals } from '../../lifecycle/rehearsal/run-rehearsals.js';
import { postStatus } from '../../lifecycle/status/post-status.js';
import { runStatus } from '../../lifecycle/status/run-status.js';
import { STATUS_FORMATS, type StatusFormat } from '../../lifecycle/status/format/formats.js';
import type { RunSummary } from '../../lifecycle/status/summarize-run.js';
import { watchRun } from '../../lifecycle/status/watch-run.js';
import { ProfileError } from '../../runbook/errors/profile-error.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { untilInterrupted } from '../until-interrupted.js';

interface StatusOptions {
  readonly format: StatusFormat;
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly post?: 'slack';
  readonly channel?: string;
}

export function addStatusCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('status')
    .summary('show where a run stands')
    .description(
      'Tells where a run stands: red, amber or green with the reason, who is awaited since when, what is next, and when the end is expected from earlier runs. The exit code tells the same.'
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
      new Option('--post <where>', 'post it as one message, which later calls edit in place').choices([
        'slack'
      ])
    )
    .option('--channel <channel>', "channel to post to (default: the environment's)")
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
    .action(async (run: string, options: StatusOptions) => finish(await status(run, options)));
}

async function status(path: string, options: StatusOptions): Promise<ExitCode> {
  if (!options.watch) {
    const summary = await statusOf(path);
    await show(path, summary, options);
    return EXIT[summary.outcome];
  }
  const ending = untilInterrupted();
  let code: ExitCode = EXIT.held;
  let shown = '';
  await watchRun(
    path,
    async () => {
      const summary = await statusOf(path);
      const text = write(summary, options);
      if (text !== shown) {
        clearScreen();
        await show(path, summary, options);
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

/** A faulty launchbook.yml keeps the rehearsals back, and nothing else. */
async function statusOf(path: string): Promise<RunSummary> {
  try {
    return runStatus(path, { rehearsals: await runRehearsals(path) });
  } catch (error) {
    if (!(error instanceof ProfileError)) {
      throw error;
    }
    console.error(`Note: what is known of rehearsals is not told. ${error.message}`);
    return runStatus(path);
  }
}

async function show(path: string, summary: RunSummary, options: StatusOptions): Promise<void> {
  console.log(write(summary, options));
  if (summary.isTorn) {
    console.error('Note: the last line of the journal is incomplete; a write was cut off.');
  }
  if (options.post === 'slack') {
    const { channel, ts, isEdit } = await postStatus(path, summary, { channel: options.channel });
    console.error(`${isEdit ? 'Edited' : 'Posted'} ${ts} in ${channel}`);
  }
}

function write(summary: RunSummary, { format, json }: StatusOptions): string {
  return json || format === 'json'
    ? JSON.stringify({ ...summary, exitCode: EXIT[summary.outcome] })
    : STATUS_FORMATS[format](summary);
}

/** On a terminal the summary stays in one place; in a file one follows the other. */
function clearScreen(): void {
  if (process.stdout.isTTY) {
    process.stdout.write('\x1b[H\x1b[2J');
  }
}
