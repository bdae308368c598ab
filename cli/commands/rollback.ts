// `launchbook rollback`: undoes a step and what is behind it without a front end.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { RollbackPlan } from '../../contract/rollback-plan.js';
import type { ExecutedCell } from '../../kernel/host/headless-client.js';
import type { HeadlessRun } from '../../kernel/host/headless-run.js';
import { checkResume } from '../../lifecycle/run/check-resume.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findNode } from '../../kernel/kernelspec/find-node.js';
import { outputText } from '../run-view/output-text.js';
import { UsageError } from '../usage-error.js';
import { outcomeOfError, withHeadlessRun } from '../with-headless-run.js';

interface RollbackOptions {
  readonly step?: string;
  readonly reason?: string;
  readonly plan?: boolean;
  readonly json?: boolean;
}

export function addRollbackCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('rollback')
    .summary('undo a step and what is behind it, or the whole run')
    .description(
      'Shows the plan, brings lost variables back, then runs the registered undo steps, the newest first, and makes the steps stale. An undo step that fails stops it; run it again to go on: nothing is undone twice.'
    )
    .argument('<run>', 'the notebook of the run')
    .option('--step <step>', 'title or id of the first step that is undone; without it everything is')
    .option('--reason <text>', 'why; it stays in the record of the run')
    .option('--plan', 'show the plan and change nothing')
    .option('--json', 'print one JSON object at the end, and nothing else')
    .addHelpText(
      'after',
      `
Examples:
  launchbook rollback runs/2.4.0-staging/release.ipynb --plan
  launchbook rollback runs/2.4.0-staging/release.ipynb --step "Deploy payments" --reason "payments crashes on start"

Exit codes: 0 passed, 1 failed, 2 called wrongly, 5 inconclusive: launchbook resume --judge says what became of a command.`
    )
    .action(async (run: string, options: RollbackOptions) =>
      finish(await rollback(run, options, findNode()))
    );
}

async function rollback(given: string, options: RollbackOptions, nodePath: string): Promise<ExitCode> {
  const { step, reason = '' } = options;
  if (!options.plan && reason.trim() === '') {
    throw new UsageError('A rollback needs --reason TEXT: it stays in the record of the run.');
  }
  checkResume(given, `Rolling back ${given}`, { step });
  const path = resolve(given);
  const say = options.json ? () => undefined : (text: string) => void process.stdout.write(text);
  const { idOf } = await import('../../kernel/host/resume/run-commands.js');
  const { rollbackPlanText } = await import('../../kernel/host/resume/plan-text.js');
  return withHeadlessRun({ path, nodePath, onOutput: output => say(outputText(output)) }, async run => {
    const plan = await run.planRollback(step === undefined ? null : idOf(run.outline, step));
    if (options.plan) {
      say(`${rollbackPlanText(plan)}\n`);
      return report(options, plan, null);
    }
    return report(options, plan, await undo(run, plan, reason));
  });
}

/** Undo steps may need the variables of what passed, so these come back first. The error of the first line that has one, or null. */
async function undo(
  run: HeadlessRun,
  { step }: RollbackPlan,
  reason: string
): Promise<ExecutedCell['error']> {
  const target = step === null ? '--all' : JSON.stringify(step);
  for (const line of ['%resume', `%rollback ${target} ${reason.replaceAll('\n', ' ')}`]) {
    const { error } = await run.command(line);
    if (error) {
      return error;
    }
  }
  return null;
}

function report(options: RollbackOptions, plan: RollbackPlan, error: ExecutedCell['error']): ExitCode {
  const outcome = error === null ? 'passed' : outcomeOfError(error);
  if (options.json) {
    console.log(JSON.stringify({ plan, outcome, error }));
  } else if (!options.plan) {
    console.log(error === null ? outcome : `${outcome}: ${error.message}`);
  }
  return EXIT[outcome];
}
