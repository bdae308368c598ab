// The options of `$` and their defaults; text at the door, milliseconds inside.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDuration, type Duration } from '../duration.js';
import { isSecret, revealed, type Secret } from '../masking/secret-value.js';
import { faultsOfOptions, refuseFaults } from '../usage/check-options.js';
import {
  anyText,
  count,
  duration,
  either,
  flag,
  json,
  record,
  rule,
  text,
  type Rule
} from '../usage/rules.js';

/** How a command is run. */
export interface ShellOptions {
  /** Stops the command (SIGTERM, after 3 s SIGKILL, to its whole process group). @default none */
  readonly timeout?: Duration;
  /**
   * Stops the command in the same way when it prints nothing for so long: for one that is slow and tells what it does, of which nobody
   * can say how long it takes. @default none
   */
  readonly silence?: Duration;
  /** Further attempts after a failure, 1 s, 2 s, 4 s … apart. Only for commands that may be repeated. @default 0 */
  readonly retry?: number;
  /**
   * Folder to run in, relative to the one that commands start in: the root of the repository, outside of git the notebook's. Over ssh: a
   * folder there. @default the folder that commands start in; over ssh the home folder
   */
  readonly cwd?: string;
  /** Environment variables beside those of the kernel. A secret is passed on as its text. @default none */
  readonly env?: { readonly [name: string]: string | Secret };
  /** Text for standard input. @default no input: reading it ends at once */
  readonly stdin?: string | Secret;
  /**
   * The command changes something although it stands in a wait (`poll`, `soak`): a wait that was cut off is made again with its commands,
   * but not with this one. `false`: it only looks, so that `launchbook lint` asks for no way back and a step whose commands all do is run
   * again in production without a question. @default in a wait it looks, elsewhere it changes something
   */
  readonly changes?: boolean;
  /**
   * What becomes of the command when its step fails while it runs, because another command beside it has failed: `stop` ends it,
   * `finish` lets it come to its end. Either way the step waits for it, and its end is recorded. An interrupt ends it always.
   * @default 'stop'
   */
  readonly onStepFailure?: 'stop' | 'finish';
  /** What counts as success: exit codes, or a pattern that stdout must match (with exit code 0). @default 0 */
  readonly expect?: number | readonly number[] | RegExp;
  /** What a dry run gives back as standard output, a text or JSON; nothing is run there. Of a pipe that of the last command. @default nothing */
  readonly dryRun?: unknown;
}

/** Checked options. */
export interface CheckedOptions {
  readonly timeoutMs: number | null;
  readonly silenceMs: number | null;
  readonly retries: number;
  /** Null: the home folder of the other machine. */
  readonly cwd: string | null;
  readonly env: { readonly [name: string]: string };
  readonly stdin: string | null;
  /** Null: its author has not said so. */
  readonly changes: boolean | null;
  /** It comes to its end although its step has failed. */
  readonly outlastsFailure: boolean;
  readonly exitCodes: readonly number[];
  readonly pattern: RegExp | null;
  /** Standard output of a command that was not run; null when its author has said nothing. */
  readonly dryRun: string | null;
}

/** Faults of the options as the author wrote them. */
export function faultsOfShellOptions(options: unknown): string[] {
  return faultsOfOptions(options, RULES);
}

/** Fills in defaults. `folder` is the notebook's, or null for a command of another machine, whose folders nobody knows here. */
export function checkShellOptions(options: ShellOptions, folder: string | null): CheckedOptions {
  const cwd = folder === null ? (options.cwd ?? null) : resolve(folder, options.cwd ?? '.');
  const { expect = 0, dryRun } = options;
  return {
    timeoutMs: options.timeout === undefined ? null : parseDuration(options.timeout, 'timeout'),
    silenceMs: options.silence === undefined ? null : parseDuration(options.silence, 'silence'),
    retries: options.retry ?? 0,
    cwd,
    env: Object.fromEntries(
      Object.entries(options.env ?? {}).map(([name, value]) => [name, revealed(value)])
    ),
    stdin: options.stdin === undefined ? null : revealed(options.stdin),
    changes: options.changes ?? null,
    outlastsFailure: options.onStepFailure === 'finish',
    exitCodes: typeof expect === 'number' ? [expect] : expect instanceof RegExp ? [0] : expect,
    pattern: expect instanceof RegExp ? expect : null,
    dryRun: typeof dryRun === 'string' || dryRun === undefined ? (dryRun ?? null) : JSON.stringify(dryRun)
  };
}

/** An earlier command may make the folder, so it is looked for when the command begins. */
export function refuseMissingFolder({ cwd }: CheckedOptions): void {
  const isThere = cwd === null || statSync(cwd, { throwIfNoEntry: false })?.isDirectory() === true;
  refuseFaults('$', isThere ? [] : [`'cwd' is '${cwd}', which is not a folder.`]);
}

const exitCode: Rule = rule(
  'an exit code from 0 to 255',
  value => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255
);

const textOrSecret: Rule = either(anyText, rule('a secret', isSecret));

const RULES: { readonly [K in keyof Required<ShellOptions>]: Rule } = {
  timeout: duration,
  silence: duration,
  retry: count(0),
  cwd: text,
  env: record(textOrSecret),
  stdin: textOrSecret,
  changes: flag,
  onStepFailure: rule("'stop' or 'finish'", value => value === 'stop' || value === 'finish'),
  expect: either(
    exitCode,
    rule(
      'a list of exit codes',
      value => Array.isArray(value) && value.length > 0 && value.every(item => exitCode.accepts(item))
    ),
    rule('a pattern', value => value instanceof RegExp)
  ),
  dryRun: json
};
