// `launchbook resume`: brings a run's variables back without a front end, then goes on to its end or the next hold point.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { PlannedStep, ResumePlan } from '../../contract/resume-plan.js';
import type { HeadlessEnd, HeadlessRun } from '../../kernel/host/headless-run.js';
import { checkResume } from '../../lifecycle/run/check-resume.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { outputText } from '../run-view/output-text.js';
import { findNode } from '../../kernel/kernelspec/find-node.js';
import { UsageError } from '../usage-error.js';
import { outcomeOfError, withHeadlessRun } from '../with-headless-run.js';

interface ResumeOptions {
  readonly plan?: boolean;
  readonly judge: readonly string[];
  readonly discard?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly only?: boolean;
  readonly json?: boolean;
}

export function addResumeCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('resume')
    .summary('go on with a run after its kernel, server or machine has died')
    .description(
      'Shows the plan, evaluates the finished steps again with every effect answered from the journal, then runs the unfinished steps up to the end or the next hold point. Nothing that is done is done again.'
    )
    .argument('<run>', 'the notebook of the run')
    .option('--plan', 'show the plan and change nothing')
    .option(
      '--judge <EFFECT=WORD>',
      'what became of an effect without an end: passed, failed or again; needs --reason; may be given several times',
      (value: string, before: readonly string[]) => [...before, value],
      []
    )
    .option('--discard <step>', 'run this step and those behind it again, anew; “all” for every step')
    .option('--reason <text>', 'why; for --judge and --discard')
    .option('--until <phase>', 'stop when this phase has passed')
    .option('--only', 'bring the variables back and run nothing')
    .option('--json', 'print one JSON object at the end, and nothing else')
    .addHelpText(
      'after',
      `
Examples:
  launchbook resume runs/2.4.0-staging/release.ipynb --plan
  launchbook resume runs/2.4.0-staging/release.ipynb --judge deploy:1:effect-3=passed --reason "seen in the log"
  launchbook resume runs/2.4.0-staging/release.ipynb --until "First batch"

Exit codes: 0 passed, 1 failed, 2 called wrongly, 3 held, 4 rejected, 5 inconclusive.`
    )
    .action(async (run: string, options: ResumeOptions) => finish(await resume(run, options, findNode())));
}

async function resume(given: string, options: ResumeOptions, nodePath: string): Promise<ExitCode> {
  const words = wordsOf(options);
  checkResume(given, `Resuming ${given}`, {
    until: options.until,
    discard: options.discard === 'all' ? undefined : options.discard,
    effects: options.judge.map(word => word.slice(0, word.lastIndexOf('=')))
  });
  const path = resolve(given);
  const say = options.json ? () => undefined : (text: string) => void process.stdout.write(text);
  const { resumePlanText } = await import('../../kernel/host/resume/plan-text.js');
  return withHeadlessRun({ path, nodePath, onOutput: output => say(outputText(output)) }, async run => {
    const plan = await run.plan();
    say(`${resumePlanText(plan)}\n`);
    if (options.plan) {
      return report(options, plan, { outcome: 'passed', step: null, error: null });
    }
    return report(options, plan, await goOn(run, words, options));
  });
}

/** Judgements and discards, the replay, then the steps that are left. */
async function goOn(
  run: HeadlessRun,
  words: readonly string[],
  options: ResumeOptions
): Promise<HeadlessEnd> {
  for (const line of [...words, '%resume']) {
    const { error } = await run.command(line);
    if (error) {
      return { outcome: outcomeOfError(error), step: null, error };
    }
  }
  const asked = openQuestions(await run.plan());
  if (options.only) {
    const outcome = asked.length > 0 ? 'inconclusive' : 'passed';
    return { outcome, step: asked[0]?.step ?? null, error: null };
  }
  return run.proceed(options.until);
}

function openQuestions({ steps }: ResumePlan): readonly PlannedStep[] {
  return steps.filter(({ action }) => action === 'ask');
}

/** Options as line commands; all that are malformed are named at once. */
function wordsOf({ judge, discard, reason = '' }: ResumeOptions): string[] {
  const faults: string[] = [];
  const lines = judge.map(word => {
    const [, effect, judgement] = /^(.+)=(passed|failed|again)$/.exec(word) ?? [];
    if (!effect) {
      faults.push(`--judge ${word} is not EFFECT=passed, EFFECT=failed or EFFECT=again`);
    }
    return `%judge "${effect}" ${judgement} ${reason}`;
  });
  if (judge.length > 0 && reason.trim() === '') {
    faults.push('--judge needs --reason TEXT: it stays in the record of the run');
  }
  if (discard !== undefined && reason.trim() === '') {
    faults.push('--discard needs --reason TEXT: it stays in the record of the run');
  }
  if (faults.length > 0) {
    throw new UsageError(`${faults.join('; ')}.`);
  }
  const target = discard === 'all' ? '--all' : `"${discard}"`;
  return discard === undefined ? lines : [...lines, `%discard ${target} ${reason}`];
}

const CODES: { readonly [O in HeadlessEnd['outcome']]: ExitCode } = {
  passed: EXIT.passed,
  failed: EXIT.failed,
  held: EXIT.held,
  rejected: EXIT.rejected,
  inconclusive: EXIT.inconclusive
};

function report(options: ResumeOptions, plan: ResumePlan, end: HeadlessEnd): ExitCode {
  if (options.json) {
    console.log(JSON.stringify({ plan, ...end }));
  } else if (!options.plan) {
    const where = end.step === null ? '' : ` at ${end.step}`;
    console.log(`${end.outcome}${where}${end.error ? `: ${end.error.message}` : ''}`);
    openQuestions(plan)
      .flatMap(({ asks }) => asks)
      .forEach(ask => end.outcome === 'inconclusive' && ask.kind === 'inconclusive' && judgeHint(ask.effect));
  }
  return CODES[end.outcome];
}

function judgeHint({ id, label, startedAt }: { id: string; label: string; startedAt: string }): void {
  console.log(`  “${label}”, started ${startedAt}:  --judge ${id}=passed|failed|again --reason TEXT`);
}
