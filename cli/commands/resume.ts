// `launchbook resume`: brings a run's variables back without a front end, then goes on to its end or the next hold point.
import type { Command } from 'commander';
import type { PlannedStep, ResumePlan } from '../../contract/plans/resume-plan.js';
import type { HeadlessEnd, HeadlessRun } from '../../kernel/host/headless/headless-run.js';
import { outcomeOfRefusal } from '../../kernel/host/headless/outcome-of-refusal.js';
import { checkResume } from '../../lifecycle/run/check-resume.js';
import { planResumeFromFiles } from '../../lifecycle/run/plan-from-files.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { carryOut, withShownRun } from '../with-headless-run.js';

interface ResumeOptions {
  readonly plan?: boolean;
  readonly judge: readonly string[];
  readonly discard?: string;
  readonly continue?: string;
  readonly reason?: string;
  readonly reopen?: string;
  readonly until?: string;
  readonly only?: boolean;
  readonly json?: boolean;
}

export function addResumeCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('resume')
    .summary('continue a run after its kernel, server or machine has died')
    .description(
      'Shows the plan, evaluates the finished steps again with every effect answered from the journal, then runs the unfinished steps up to the end or the next hold point. Nothing that is done is done again.'
    )
    .argument('<run>', 'the notebook of the run')
    .option('--plan', 'show the plan and change nothing, whoever drives the run')
    .option(
      '--judge <EFFECT=WORD>',
      'how an effect without an end ended: passed, failed or again; needs --reason; may be given several times',
      (value: string, before: readonly string[]) => [...before, value],
      []
    )
    .option('--discard <step>', 'run this step and those after it again from the start; “all” for every step')
    .option(
      '--continue <step>',
      'let this failed step go on where it ended; what has passed in it is not done again'
    )
    .option('--reason <text>', 'why; for --judge and --discard, and for --continue when the text was edited')
    .option(
      '--reopen <reason>',
      'go on with a run that was archived; what is archived then is another archive'
    )
    .option('--until <phase>', 'stop when this phase has passed')
    .option('--only', 'bring the variables back and run nothing')
    .option('--json', 'print one JSON object at the end, and nothing else')
    .addHelpText(
      'after',
      `
Examples:
  launchbook resume runs/2.4.0-staging/release.ipynb --plan
  launchbook resume runs/2.4.0-staging/release.ipynb --judge deploy:1:effect-3=passed --reason "seen in the log"
  launchbook resume runs/2.4.0-staging/release.ipynb --continue "Deploy the batch"
  launchbook resume runs/2.4.0-staging/release.ipynb --until "First batch"

Exit codes: 0 passed, 1 failed, 2 called wrongly, 3 held, 4 rejected, 5 inconclusive.`
    )
    .action(async (run: string, options: ResumeOptions) => finish(await resume(run, options, terminal)));
}

async function resume(given: string, options: ResumeOptions, terminal: Terminal): Promise<ExitCode> {
  const words = wordsOf(options);
  checkResume(given, `Resuming ${given}`, {
    until: options.until,
    mayBeArchived: options.plan === true || options.reopen !== undefined,
    discard: options.discard === 'all' ? undefined : options.discard,
    continued: options.continue,
    effects: options.judge.map(word => word.slice(0, word.lastIndexOf('=')))
  });
  const say = options.json ? () => undefined : (text: string) => terminal.write(text);
  const { resumePlanText } = await import('../../run/line-commands/plan-text.js');
  if (options.plan) {
    const plan = await planResumeFromFiles(given);
    say(`${resumePlanText(plan)}\n`);
    return report(options, plan, { outcome: 'passed', step: null, error: null }, terminal);
  }
  const opened = { path: given, terminal, isQuiet: options.json === true };
  const { plan, end } = await withShownRun(opened, async run => {
    const plan = await run.plan();
    say(`${resumePlanText(plan)}\n`);
    return { plan, end: await goOn(run, words, options) };
  });
  return report(options, plan, end, terminal);
}

/** Judgements and discards, the replay, then the steps that are left. */
async function goOn(
  run: HeadlessRun,
  words: readonly string[],
  options: ResumeOptions
): Promise<HeadlessEnd> {
  const continued = options.continue === undefined ? [] : [continueLine(options.continue, options.reason)];
  const error = await carryOut(run, [...words, '%resume', ...continued]);
  if (error) {
    return { outcome: outcomeOfRefusal(error.code), step: null, error };
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

function continueLine(step: string, reason = ''): string {
  return `%continue "${step}" ${reason}`.trim();
}

/** Options as line commands; all that are malformed are named at once. */
function wordsOf({ judge, discard, reopen, reason = '' }: ResumeOptions): string[] {
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
  if (reopen?.trim() === '') {
    faults.push('--reopen needs a reason: it stays in the record of the run');
  }
  if (faults.length > 0) {
    throw new UsageError(`${faults.join('; ')}.`);
  }
  const target = discard === 'all' ? '--all' : `"${discard}"`;
  return [
    ...(reopen === undefined ? [] : [`%reopen ${reopen.replaceAll('\n', ' ')}`]),
    ...lines,
    ...(discard === undefined ? [] : [`%discard ${target} ${reason}`])
  ];
}

function report(options: ResumeOptions, plan: ResumePlan, end: HeadlessEnd, terminal: Terminal): ExitCode {
  if (options.json) {
    terminal.say(JSON.stringify({ plan, ...end }));
  } else if (!options.plan) {
    const where = end.step === null ? '' : ` at ${end.step}`;
    terminal.say(`${end.outcome}${where}${end.error ? `: ${end.error.message}` : ''}`);
    openQuestions(plan)
      .flatMap(({ asks }) => asks)
      .forEach(
        ask =>
          end.outcome === 'inconclusive' && ask.kind === 'inconclusive' && terminal.say(judgeHint(ask.effect))
      );
  }
  return EXIT[end.outcome];
}

function judgeHint({ id, label, startedAt }: { id: string; label: string; startedAt: string }): string {
  return `  “${label}”, started ${startedAt}:  --judge ${id}=passed|failed|again --reason TEXT`;
}
