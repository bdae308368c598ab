// `$`: commands as template literals. Each attempt is one effect in the journal.
import type { Outcome } from '../../contract/run.js';
import type { ParsedJson } from '../parsed-json.js';
import { ports } from '../context.js';
import { performEffect } from '../effect.js';
import { CommandFailedError } from '../errors/command-failed-error.js';
import { UsageError } from '../errors/usage-error.js';
import { sleepUnlessAborted } from '../interruptible-sleep.js';
import { Operation } from '../operation.js';
import { maskText, knownSecrets } from '../redact.js';
import { refuseFaults } from '../usage/check-options.js';
import {
  checkShellOptions,
  faultsOfShellOptions,
  type CheckedOptions,
  type ShellOptions
} from './options.js';
import { parseCommand, type ShellValue } from './parse-command.js';
import { quoteCommand } from './quote.js';
import { alreadyShown } from '../already-shown.js';
import { keptResult, type CommandResult } from './result.js';
import { runProcess } from './run-process.js';

/** A command that runs. Await it for its result, or end the line with what you need of its output. */
export interface Command extends PromiseLike<CommandResult> {
  catch<B = never>(onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<CommandResult | B>;
  finally(onEnd?: (() => void) | null): Promise<CommandResult>;
  /** Standard output as text, without its last line feed; it is not printed. */
  text(): Promise<string>;
  /** Standard output line by line; an empty output has none. */
  lines(): Promise<string[]>;
  /** Standard output as JSON. Throws code `shell.not_json` when it is something else. */
  json<T = ParsedJson>(): Promise<T>;
}

/** The type of {@link $}. */
export interface Shell {
  (template: TemplateStringsArray, ...values: readonly ShellValue[]): Command;
  (options: ShellOptions): Shell;
}

/**
 * Runs a command. Output is shown as it arrives; no shell is involved: a value is one argument, a list several.
 *
 * The command starts by itself. Interrupting the cell ends its whole process group (SIGTERM, after 3 s SIGKILL).
 * Recorded: on resume a finished command gives back its recorded result and is not run again.
 *
 * @throws {@link CommandFailedError} when it does not end as expected.
 * @throws {@link UsageError} when the template needs a shell, or a value cannot be an argument. Nothing is run.
 * @example
 * await $`fleetctl deploy orders --version ${'2.4.0'}`        // CommandResult { exitCode: 0, … }
 * await $`fleetctl status --json`.json()                      // [{ service: 'orders', … }]
 * await $({ timeout: '30s', retry: 2 })`curl -fsS ${url}`
 */
export const $: Shell = shellWith({});

function shellWith(options: ShellOptions): Shell {
  function shell(template: TemplateStringsArray, ...values: readonly ShellValue[]): Command;
  function shell(more: ShellOptions): Shell;
  function shell(
    first: TemplateStringsArray | ShellOptions,
    ...values: readonly ShellValue[]
  ): Command | Shell {
    if (isTemplate(first)) {
      return new RunningCommand(parseCommand(first, values), options);
    }
    refuseFaults('$', faultsOfShellOptions(first));
    return shellWith({ ...options, ...first });
  }
  return shell;
}

function isTemplate(value: unknown): value is TemplateStringsArray {
  return Array.isArray(value) && 'raw' in value;
}

class RunningCommand extends Operation<CommandResult> implements Command {
  readonly #args: readonly string[];
  readonly #options: ShellOptions;
  #isCaptured = false;

  constructor(args: readonly string[], options: ShellOptions) {
    super();
    this.#args = args;
    this.#options = options;
  }

  text(): Promise<string> {
    return this.#capture(result => result.stdout);
  }

  lines(): Promise<string[]> {
    return this.#capture(result => (result.stdout === '' ? [] : result.stdout.split(/\r?\n/)));
  }

  json<T = ParsedJson>(): Promise<T> {
    return this.#capture(result => parseJson(result) as T);
  }

  protected override async perform(): Promise<CommandResult> {
    const options = checkShellOptions(this.#options, ports().folder);
    for (let attempt = 1; ; attempt++) {
      const result = await runRecorded(this.#args, options, attempt, this.#isCaptured);
      const failure = failureOf(result, this.#args, options);
      if (failure === null) {
        return result;
      }
      if (
        attempt > options.retries ||
        result.isInterrupted ||
        result.isNotFound ||
        !(await pauseBeforeRetry(failure, attempt))
      ) {
        throw failure;
      }
    }
  }

  #capture<T>(pick: (result: CommandResult) => T): Promise<T> {
    this.#isCaptured = true;
    return this.result().then(result => {
      if (result.isTruncated) {
        throw new UsageError(
          `The output of ${result.command} is too long to be a value: more than 8,388,608 characters.`,
          {
            code: 'shell.too_much_output',
            hint: 'Let the command write to a file, or print less.'
          }
        );
      }
      return pick(result);
    });
  }
}

async function runRecorded(
  args: readonly string[],
  options: CheckedOptions,
  attempt: number,
  isCaptured: boolean
): Promise<CommandResult> {
  const label = quoteCommand(args);
  const request = {
    args,
    cwd: options.cwd,
    env: Object.keys(options.env),
    hasStdin: options.stdin !== null,
    attempt
  };
  const data = await performEffect({ helper: 'shell', label, request }, async () => {
    const result = { ...(await runProcess(args, options, isCaptured)), attempts: attempt };
    return { outcome: outcomeOf(result, args, options), result: { ...result }, kept: keptResult(result) };
  });
  return Object.freeze(alreadyShown(data as unknown as CommandResult));
}

/** Of an interrupted command nobody knows how much it did. */
function outcomeOf(result: CommandResult, args: readonly string[], options: CheckedOptions): Outcome {
  if (result.isInterrupted) {
    return 'inconclusive';
  }
  return failureOf(result, args, options) === null ? 'passed' : 'failed';
}

function failureOf(
  result: CommandResult,
  args: readonly string[],
  options: CheckedOptions
): CommandFailedError | null {
  const unmet =
    result.failed || !options.pattern || result.stdout.search(options.pattern) >= 0
      ? null
      : `its output does not match ${String(options.pattern)}`;
  if (!result.failed && unmet === null) {
    return null;
  }
  const secrets = knownSecrets();
  const masked = {
    ...result,
    command: maskText(result.command, secrets),
    stderr: maskText(result.stderr, secrets),
    stdout: maskText(result.stdout, secrets)
  };
  return new CommandFailedError(masked, { program: args[0]!, timeoutMs: options.timeoutMs, unmet });
}

async function pauseBeforeRetry(failure: CommandFailedError, attempt: number): Promise<boolean> {
  const waitMs = 1000 * 2 ** (attempt - 1);
  ports().display.write(
    'stderr',
    `Attempt ${attempt} failed (${failure.code}); the next one begins in ${waitMs / 1000} s.\n`
  );
  return sleepUnlessAborted(waitMs, ports().signal());
}

function parseJson(result: CommandResult): unknown {
  try {
    return JSON.parse(result.stdout);
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
