// `launchbook run`: a run without a front end, from its next step to its end, its next hold point or the end of a phase.
import { Option, type Command } from 'commander';
import { formatCount } from '../../contract/base/format.js';
import type { StepStatus } from '../../contract/base/run.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { RecordedOutput } from '../../contract/notebook/output.js';
import type { RunState } from '../../contract/state/state.js';
import type { HeadlessEnd } from '../../kernel/host/headless/headless-run.js';
import { outcomeOfRefusal } from '../../kernel/host/headless/outcome-of-refusal.js';
import { prepareRun, type PreparedRun, type PrepareRequest } from '../../lifecycle/run/prepare-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { endingLines } from '../run-view/ending-lines.js';
import { RunView } from '../run-view/run-view.js';
import { shownPath } from '../shown-path.js';
import type { Call, Terminal } from '../terminal.js';
import { carryOut, quotedName, withHeadlessRun } from '../with-headless-run.js';

interface RunOptions extends PrepareRequest {
  readonly again?: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export function addRunCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('run')
    .summary('run the steps of a run in the terminal')
    .description(
      'Runs the steps that have not passed, in order, up to the end, the first that does not pass, or the next hold point, and writes their outputs into the notebook. Nobody can be asked here: a hold point stops the run unless a signed decision of “launchbook approve” is beside it. Run it again to continue; what has passed is not done again.'
    )
    .argument('<run>', 'the notebook of the run')
    .option('--until <phase>', 'stop when this phase has passed')
    .addOption(
      new Option(
        '--mode <mode>',
        "run a copy of it in this mode (default: the run itself, in the run's mode)"
      ).choices(['rehearsal', 'dry-run'])
    )
    .option(
      '--anew <reason>',
      'begin anew without its journal, which is gone or broken; every step is done again, and the reason stays in the record'
    )
    .option(
      '--again <step...>',
      'in live production, let these steps do again what they did, by title or id; each for its next attempt'
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

Ctrl+C interrupts the step that runs; the journal stays whole, and the next launchbook run continues.

Exit codes: 0 passed, 1 failed, 2 called wrongly, 3 held or stopped, 4 rejected, 5 inconclusive.`
    )
    .action(async (run: string, options: RunOptions) => finish(await runHeadless(run, options, terminal)));
}

async function runHeadless(path: string, options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const prepared = await prepareRun(path, options);
  const view = new RunView(options.json ? terminal.stderr : terminal.stdout, options.quiet ?? false);
  const { run } = prepared;
  view.say(`${run.id}: release ${run.release}, environment ${run.environment}, ${run.mode}`);
  if (prepared.isCopy) {
    view.say(`A copy of the run: ${shownPath(prepared.path)}`);
  }
  try {
    const { end, state } = await execute(prepared, options, view, terminal);
    view.end();
    report(prepared, end, state, options, { view, terminal });
    return EXIT[end.outcome];
  } finally {
    view.end();
  }
}

/** What passed in an earlier process is replayed first; then the steps that are left. */
async function execute(
  { path, isCopy }: PreparedRun,
  { until, anew, again = [] }: RunOptions,
  view: RunView,
  terminal: Terminal
): Promise<{ readonly end: HeadlessEnd; readonly state: RunState }> {
  view.begin('Starting the kernel');
  const opened = {
    path,
    terminal,
    ...(anew === undefined || isCopy ? {} : { anew }),
    onRecord: (record: JournalRecord, state: RunState) => view.record(record, state),
    onOutput: (output: RecordedOutput) => view.output(output),
    onLateOutput: (output: RecordedOutput) => view.lateOutput(output)
  };
  return withHeadlessRun(opened, async (run, signal) => {
    view.end();
    const first = [
      ...(run.state.recovery === null ? [] : ['%resume']),
      ...again.map(step => `%run-again ${quotedName(step)}`)
    ];
    const refused = await carryOut(run, first);
    const end: HeadlessEnd =
      refused === null
        ? await run.proceed(until, signal)
        : { outcome: outcomeOfRefusal(refused.code), step: null, error: refused };
    return { end, state: run.state };
  });
}

function report(
  { path, run, isCopy }: PreparedRun,
  end: HeadlessEnd,
  state: RunState,
  { json, until }: RunOptions,
  { view, terminal }: { readonly view: RunView; readonly terminal: Terminal }
): void {
  endingLines(end, state, shownPath(path), until).forEach(line => view.say(line));
  const steps = state.outline.phases.flatMap(phase => phase.steps);
  const countOf = (status: StepStatus): number =>
    steps.filter(({ id }) => state.steps[id]?.status === status).length;
  const [passed, skipped] = [countOf('passed'), countOf('skipped')];
  view.say(
    `${passed} of ${formatCount(steps.length, 'step')} passed${skipped > 0 ? `, ${skipped} skipped` : ''}.`
  );
  if (json) {
    const counts = { passed, skipped, total: steps.length };
    terminal.say(JSON.stringify({ path, run, isCopy, ...end, steps: counts, exitCode: EXIT[end.outcome] }));
  }
}
