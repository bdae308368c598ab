// `launchbook run`: a run without a front end, from where it stands to its end, its next hold point or the end of a phase.
import { Option, type Command } from 'commander';
import { formatCount } from '../../contract/format.js';
import type { JournalRecord } from '../../contract/journal.js';
import type { RecordedOutput } from '../../contract/output.js';
import type { RunState } from '../../contract/state.js';
import type { HeadlessEnd } from '../../kernel/host/headless-run.js';
import { prepareRun, type PreparedRun, type PrepareRequest } from '../../lifecycle/run/prepare-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findNode } from '../../kernel/kernelspec/find-node.js';
import { endingLines } from '../run-view/ending-lines.js';
import { RunView } from '../run-view/run-view.js';
import { shownPath } from '../shown-path.js';
import { outcomeOfError, withHeadlessRun } from '../with-headless-run.js';

interface RunOptions extends PrepareRequest {
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export function addRunCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('run')
    .summary('run the steps of a run in the terminal')
    .description(
      'Runs the steps that have not passed, in order, up to the end, the first that does not pass, or the next hold point, and writes their outputs into the notebook. Nobody can be asked here: a hold point stops the run unless a signed decision of “launchbook approve” lies beside it. Run it again to go on; what has passed is not done again.'
    )
    .argument('<run>', 'the notebook of the run')
    .option('--until <phase>', 'stop when this phase has passed')
    .addOption(
      new Option(
        '--mode <mode>',
        "run a copy of it in this mode (default: the run itself, in the run's mode)"
      ).choices(['rehearsal', 'dry-run'])
    )
    .option('--quiet', 'without what the steps print')
    .option('--json', 'print one JSON object at the end; progress goes to stderr')
    .addHelpText(
      'after',
      `
Examples:
  launchbook run runs/2.4.0-staging/release.ipynb
  launchbook run runs/2.4.0-staging/release.ipynb --until "First batch"
  launchbook run runs/2.4.0-production/release.ipynb --mode dry-run

Ctrl+C interrupts the step that runs; the journal stays whole, and the next launchbook run goes on.

Exit codes: 0 passed, 1 failed, 2 called wrongly, 3 held or stopped, 4 rejected, 5 inconclusive.`
    )
    .action(async (run: string, options: RunOptions) => finish(await runHeadless(run, options, findNode())));
}

async function runHeadless(path: string, options: RunOptions, nodePath: string): Promise<ExitCode> {
  const prepared = await prepareRun(path, options);
  const view = new RunView(options.json ? process.stderr : process.stdout, options.quiet ?? false);
  const { run } = prepared;
  view.say(`${run.id}: release ${run.release}, environment ${run.environment}, ${run.mode}`);
  if (prepared.isCopy) {
    view.say(`A copy of the run: ${shownPath(prepared.path)}`);
  }
  try {
    const { end, state } = await execute(prepared, options, view, nodePath);
    view.end();
    report(prepared, end, state, options, view);
    return EXIT[end.outcome];
  } finally {
    view.end();
  }
}

/** What passed in an earlier process is replayed first; then the steps that are left. */
async function execute(
  { path }: PreparedRun,
  { until }: RunOptions,
  view: RunView,
  nodePath: string
): Promise<{ readonly end: HeadlessEnd; readonly state: RunState }> {
  view.begin('Starting the kernel');
  const opened = {
    path,
    nodePath,
    onRecord: (record: JournalRecord, state: RunState) => view.record(record, state),
    onOutput: (output: RecordedOutput) => view.output(output)
  };
  return withHeadlessRun(opened, async (run, signal) => {
    view.end();
    const lost = run.state.recovery === null ? null : (await run.command('%resume')).error;
    const end: HeadlessEnd =
      lost === null
        ? await run.proceed(until, signal)
        : { outcome: outcomeOfError(lost), step: null, error: lost };
    return { end, state: run.state };
  });
}

function report(
  { path, run, isCopy }: PreparedRun,
  end: HeadlessEnd,
  state: RunState,
  { json, until }: RunOptions,
  view: RunView
): void {
  endingLines(end, state, shownPath(path), until).forEach(line => view.say(line));
  const steps = state.outline.phases.flatMap(phase => phase.steps);
  const passed = steps.filter(({ id }) => state.steps[id]?.status === 'passed').length;
  view.say(`${passed} of ${formatCount(steps.length, 'step')} passed.`);
  if (json) {
    const counts = { passed, total: steps.length };
    console.log(JSON.stringify({ path, run, isCopy, ...end, steps: counts, exitCode: EXIT[end.outcome] }));
  }
}
