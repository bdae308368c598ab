// `launchbook rollback`: undoes a step and everything after it, or what was done since a checkpoint, without a front end.
import type { Command } from 'commander';
import type { RollbackPlan } from '../../contract/plans/rollback-plan.js';
import type { HeadlessError } from '../../kernel/host/headless/headless-client.js';
import { outcomeOfRefusal } from '../../kernel/host/headless/outcome-of-refusal.js';
import { checkResume } from '../../lifecycle/run/check-resume.js';
import { planRollbackFromFiles } from '../../lifecycle/run/plan-from-files.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { carryOut, quotedName, withShownRun } from '../with-headless-run.js';

interface RollbackOptions {
  readonly step?: string;
  readonly toCheckpoint?: string;
  readonly reason?: string;
  readonly plan?: boolean;
  readonly json?: boolean;
}

export function addRollbackCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('rollback')
    .summary('undo a step and everything after it, what was done since a checkpoint, or the whole run')
    .description(
      'Shows the plan, brings lost variables back, then runs the registered undo steps, the newest first, and makes the steps stale. An undo step that fails stops it; run the command again to continue: nothing is undone twice.'
    )
    .argument('<run>', 'the notebook of the run')
    .option('--step <step>', 'title or id of the first step that is undone')
    .option(
      '--to-checkpoint <name>',
      'undo what was done since the run reached it; without it and --step everything is undone'
    )
    .option('--reason <text>', 'why; it stays in the record of the run')
    .option('--plan', 'show the plan and change nothing, whoever drives the run')
    .option('--json', 'print one JSON object at the end, and nothing else')
    .addHelpText(
      'after',
      `
Examples:
  launchbook rollback runs/2.4.0-staging/release.ipynb --plan
  launchbook rollback runs/2.4.0-staging/release.ipynb --step "Deploy payments" --reason "payments crashes on start"
  launchbook rollback runs/2.4.0-staging/release.ipynb --to-checkpoint "schema updated" --reason "payments crashes on start"

Exit codes: 0 passed, 1 failed, 2 called wrongly, 3 held, 5 inconclusive: with launchbook resume --judge you say how a command ended.`
    )
    .action(async (run: string, options: RollbackOptions) => finish(await rollback(run, options, terminal)));
}

async function rollback(given: string, options: RollbackOptions, terminal: Terminal): Promise<ExitCode> {
  const { step, toCheckpoint: checkpoint, reason = '' } = options;
  if (step !== undefined && checkpoint !== undefined) {
    throw new UsageError('A rollback goes back to one place: --step or --to-checkpoint, not both.');
  }
  if (!options.plan && reason.trim() === '') {
    throw new UsageError('A rollback needs --reason TEXT: it stays in the record of the run.');
  }
  checkResume(given, `Rolling back ${given}`, { step, checkpoint, mayBeArchived: options.plan === true });
  const say = options.json ? () => undefined : (text: string) => terminal.write(text);
  const { rollbackPlanText } = await import('../../run/line-commands/plan-text.js');
  // The names were checked, so there is a plan.
  const plan = (await planRollbackFromFiles(given, { step, checkpoint }))!;
  if (options.plan) {
    say(`${rollbackPlanText(plan)}\n`);
    return report(options, plan, null, terminal);
  }
  // Undo steps may need the variables of what passed, so these come back first.
  const lines = ['%resume', `%rollback ${targetOf(plan)} ${reason.replaceAll('\n', ' ')}`];
  const opened = { path: given, terminal, isQuiet: options.json === true };
  const error = await withShownRun(opened, run => carryOut(run, lines));
  return report(options, plan, error, terminal);
}

function targetOf({ checkpoint, step }: RollbackPlan): string {
  if (checkpoint !== null) {
    return `--to-checkpoint ${quotedName(checkpoint)}`;
  }
  return step === null ? '--all' : quotedName(step);
}

function report(
  options: RollbackOptions,
  plan: RollbackPlan,
  error: HeadlessError | null,
  terminal: Terminal
): ExitCode {
  const outcome = error === null ? 'passed' : outcomeOfRefusal(error.code);
  if (options.json) {
    terminal.say(JSON.stringify({ plan, outcome, error }));
  } else if (!options.plan) {
    terminal.say(error === null ? outcome : `${outcome}: ${error.message}`);
  }
  return EXIT[outcome];
}
