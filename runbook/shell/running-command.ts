// A command or a pipe of them while it runs: attempts, expectations, and its output as a value. Each attempt is one effect.
import { relative } from 'node:path';
import type { JsonObject } from '../../contract/base/json.js';
import type { Outcome } from '../../contract/base/run.js';
import { alreadyShown } from '../already-shown.js';
import { ports } from '../context.js';
import { performEffect, requireOfWorld } from '../effect/effect.js';
import { CommandFailedError } from './command-failed-error.js';
import { UsageError } from '../errors/usage-error.js';
import { sleepUnlessAborted } from '../interruptible-sleep.js';
import { Operation } from '../operation.js';
import { parseJsonText, type ParsedJson } from '../parsed-json.js';
import { knownSecrets, maskText } from '../redact.js';
import { refuseFaults } from '../usage/check-options.js';
import { describeValue } from '../usage/describe-value.js';
import type { Command } from './command.js';
import { checkShellOptions, refuseMissingFolder } from './options.js';
import { isTemplate, readCommand, type ShellValue } from './parse-command.js';
import { emptyResult, keptResult, type CommandResult } from './result.js';
import { runPipeline, type ShowText } from './run-pipeline.js';
import { labelOf, planOf, type CheckedStage, type Stage } from './stage.js';

/** What `$` gives back. */
export class RunningCommand extends Operation<CommandResult> implements Command {
  readonly #stages: readonly Stage[];
  readonly #faults: readonly string[];
  readonly #show: ShowText;
  #hint: string | undefined;
  #isCaptured = false;
  /** Standard output when the command is not run: nothing, or the emptiest JSON where that is read. */
  #emptyOutput = '';

  /** `faults`: what is wrong with the call. They are told when it is to run, so that a pipe learns of those of all its commands before it begins. */
  constructor(
    stages: readonly Stage[],
    faults: readonly string[],
    show: ShowText = (name, text) => ports().display.write(name, text)
  ) {
    super();
    this.#stages = stages;
    this.#faults = faults;
    this.#show = show;
  }

  text(): Promise<string> {
    return this.#capture(result => result.stdout);
  }

  lines(): Promise<string[]> {
    return this.#capture(result => (result.stdout === '' ? [] : result.stdout.split(/\r?\n/)));
  }

  json<T = ParsedJson>(): Promise<T> {
    this.#emptyOutput = '{}';
    return this.#capture(result => parseJson(result) as T);
  }

  pipe(first: Command | TemplateStringsArray, ...values: readonly ShellValue[]): Command {
    const next = nextCommand(first, values);
    const parts = next instanceof RunningCommand ? [this, next] : [this];
    const begun = parts.filter(part => part.isBegun);
    const faults = [
      ...this.#faults,
      ...(next instanceof RunningCommand ? next.#faults : next.faults),
      ...begun.map(
        part => `${labelOf(part.#stages)} runs already, and goes on; it cannot become a part of a pipe.`
      )
    ];
    const after = next instanceof RunningCommand ? next.#stages : next.stages;
    const whole = new RunningCommand(
      [...this.#stages, ...after],
      [...faults, ...faultsOfFirst(this.#stages), ...faultsOfLater(after)],
      this.#show
    );
    if (begun.length > 0) {
      whole.#hint =
        'Nothing more was started. Join commands on the line that begins them: await $`a`.pipe`b`';
    }
    parts.filter(part => !begun.includes(part)).forEach(part => part.handOver(whole));
    return whole;
  }

  protected override async perform(): Promise<CommandResult> {
    if (this.#faults.length > 0) {
      return ports().during('a command that cannot be called like this', async () => {
        refuseFaults('The command', this.#faults, this.#hint);
        throw new Error('A faulty command was not refused.');
      });
    }
    const { folder, signal } = ports();
    const stages = this.#stages.map(stage => ({
      ...stage,
      options: checkShellOptions(stage.options, stage.target === null ? folder : null)
    }));
    for (let attempt = 1; ; attempt++) {
      const result = await this.#runRecorded(stages, attempt);
      const failure = failureOf(result, stages);
      if (failure === null) {
        return result;
      }
      const wasStarted = !result.isNotFound && (result.notStarted ?? null) === null;
      const mayRepeat = attempt <= stages[0]!.options.retries && !result.isInterrupted && wasStarted;
      if (!mayRepeat || !(await this.#pause(failure, attempt, signal()))) {
        throw failure;
      }
    }
  }

  async #runRecorded(stages: readonly CheckedStage[], attempt: number): Promise<CommandResult> {
    const request = { ...requestOf(stages, ports().folder), attempt };
    const label = labelOf(stages);
    const empty = emptyResult(label, stages.at(-1)!.options.dryRun ?? this.#emptyOutput);
    const effect = {
      helper: 'shell',
      label,
      request,
      plan: planOf(stages, ports().folder),
      empty: { ...empty },
      outlastsFailure: stages[0]!.options.outlastsFailure
    };
    if (attempt === 1) {
      requireOfWorld(() =>
        stages.filter(({ target }) => target === null).forEach(({ options }) => refuseMissingFolder(options))
      );
    }
    const data = await performEffect<CommandResult & JsonObject>(effect, async () => {
      const run = { stages, isCaptured: this.#isCaptured, show: this.#show };
      const ended = { ...(await runPipeline(run)), attempts: attempt };
      const result = { ...ended, failed: ended.failed || isUnmet(ended, stages) };
      return { outcome: outcomeOf(result), result, kept: keptResult(result) };
    });
    return Object.freeze(alreadyShown({ ...data }));
  }

  async #pause(failure: CommandFailedError, attempt: number, interrupt: AbortSignal): Promise<boolean> {
    const waitMs = 1000 * 2 ** (attempt - 1);
    this.#show(
      'stderr',
      `Attempt ${attempt} failed (${failure.code}); the next one begins in ${waitMs / 1000} s.\n`
    );
    return sleepUnlessAborted(waitMs, interrupt);
  }

  #capture<T>(pick: (result: CommandResult) => T): Promise<T> {
    this.#isCaptured = true;
    return this.read(result => {
      if (result.isTruncated) {
        throw new UsageError(
          `The output of ${result.command} is too long to be a value: more than 8,388,608 characters.`,
          { code: 'shell.too_much_output', hint: 'Let the command write to a file, or print less.' }
        );
      }
      return pick(result);
    });
  }
}

/** What is given to `.pipe`: a command, or a template of one, or a fault. */
function nextCommand(
  given: unknown,
  values: readonly ShellValue[]
): RunningCommand | { readonly stages: readonly Stage[]; readonly faults: readonly string[] } {
  if (given instanceof RunningCommand) {
    return given;
  }
  if (!isTemplate(given)) {
    return {
      stages: [],
      faults: [`The next command of the pipe is ${describeValue(given)}, expected $\`…\` or a template.`]
    };
  }
  const { args, faults } = readCommand(given, values);
  return { stages: [{ args, options: {}, target: null }], faults };
}

function faultsOfFirst(stages: readonly Stage[]): string[] {
  return stages
    .filter(({ options }) => options.expect instanceof RegExp)
    .map(() => "'expect' of a command before a pipe is a pattern, expected exit codes: its output is read.");
}

function faultsOfLater(stages: readonly Stage[]): string[] {
  return stages.flatMap(({ options }) =>
    (['timeout', 'silence', 'retry', 'stdin'] as const)
      .filter(name => options[name] !== undefined)
      .map(name => `'${name}' of a command after a pipe has no effect; give it to the first one.`)
  );
}

/** Folders are told from the notebook's on: a run that was moved, or cloned, is still the same. */
function requestOf(stages: readonly CheckedStage[], folder: string) {
  const [first] = stages;
  const commands = stages.map(({ args, options, target }) => ({
    args,
    cwd: target === null && options.cwd !== null ? relative(folder, options.cwd) || '.' : options.cwd,
    env: Object.keys(options.env),
    ...(target === null ? {} : { host: target.host })
  }));
  return {
    ...commands[0],
    hasStdin: first!.options.stdin !== null,
    ...changesOf(stages),
    ...(commands.length > 1 ? { pipe: commands.slice(1) } : {})
  };
}

/** What its author says of that; of a pipe one word is enough, that of a change before that of a look. */
function changesOf(stages: readonly CheckedStage[]): { readonly changes?: boolean } {
  const said = stages.map(({ options }) => options.changes).filter(changes => changes !== null);
  return said.length === 0 ? {} : { changes: said.includes(true) };
}

/** Of an interrupted command nobody knows how much it did. */
function outcomeOf(result: CommandResult): Outcome {
  return result.isInterrupted ? 'inconclusive' : result.failed ? 'failed' : 'passed';
}

/** True when it ended well, and printed something else than the option `expect` says. */
function isUnmet(result: CommandResult, stages: readonly CheckedStage[]): boolean {
  const { pattern } = stages.at(-1)!.options;
  return !result.failed && pattern !== null && result.stdout.search(pattern) < 0;
}

function failureOf(result: CommandResult, stages: readonly CheckedStage[]): CommandFailedError | null {
  if (!result.failed) {
    return null;
  }
  const { exitCodes, pattern } = stages.at(-1)!.options;
  const isStopped = result.timedOut || result.isSilent || result.isInterrupted;
  const isFine = !isStopped && exitCodes.includes(result.exitCode ?? -1);
  const unmet = isFine && pattern !== null ? `its output does not match ${String(pattern)}` : null;
  const secrets = knownSecrets();
  const masked = {
    ...result,
    command: maskText(result.command, secrets),
    stderr: maskText(result.stderr, secrets),
    stdout: maskText(result.stdout, secrets)
  };
  return new CommandFailedError(masked, {
    programs: stages.map(({ args }) => args[0]!),
    hosts: stages.flatMap(({ target }) => target?.host ?? []),
    timeoutMs: stages[0]!.options.timeoutMs,
    silenceMs: stages[0]!.options.silenceMs,
    unmet
  });
}

function parseJson(result: CommandResult): unknown {
  try {
    return parseJsonText(result.stdout);
  } catch (error) {
    throw new UsageError(
      `The output of ${result.command} is not JSON: ${(error as Error).message}. It begins: ${result.stdout.slice(0, 80) || '(nothing)'}`,
      {
        code: 'shell.not_json',
        hint: 'Many commands need an option such as --json or -o json.'
      }
    );
  }
}
