// Why a command failed: the first reason that holds, most particular first, with numbers and units.
import { formatDuration } from '../../contract/base/format.js';
import type { CommandResult } from './result.js';

/** One reason with its stable code and what to do next. */
export interface FailureReason {
  readonly code:
    | 'shell.not_found'
    | 'shell.not_started'
    | 'shell.interrupted'
    | 'shell.timed_out'
    | 'shell.silent'
    | 'shell.failed'
    | 'shell.unreachable'
    | 'shell.unexpected_output'
    | 'shell.too_much_output';
  /** Follows "Command". */
  readonly words: string;
  readonly hint: string;
}

/** What was expected of the command, in words, when the exit code alone does not explain the failure. */
export interface FailureContext {
  /** Programs of the pipe, in order. */
  readonly programs: readonly string[];
  /** Machines reached over ssh. */
  readonly hosts: readonly string[];
  readonly timeoutMs: number | null;
  readonly silenceMs: number | null;
  readonly unmet: string | null;
}

/** The reason of a failed result. */
export function reasonOf(result: CommandResult, context: FailureContext): FailureReason {
  const duration = formatDuration(result.durationMs);
  if (result.isNotFound) {
    return {
      code: 'shell.not_found',
      words: `was not started: ${result.notStarted ?? `there is no program '${context.programs.join("' or '")}'`}`,
      hint: context.programs.some(program => program.includes('/'))
        ? 'A program with a / is looked for from the folder that commands start in: the root of the repository, outside of git the folder of the notebook, else the option cwd.'
        : 'Check the spelling, and that the program is on the PATH of the machine that runs the notebook.'
    };
  }
  if (typeof result.notStarted === 'string') {
    return {
      code: 'shell.not_started',
      words: `was not started: ${result.notStarted}`,
      hint: 'Correct what is named, and run the cell again. Every command of a pipe must be ready before one is started.'
    };
  }
  if (result.isInterrupted) {
    return {
      code: 'shell.interrupted',
      words: `was interrupted after ${duration}`,
      hint: 'It may have done a part of its work: check before running it again.'
    };
  }
  if (result.timedOut) {
    return {
      code: 'shell.timed_out',
      words: `did not end within ${formatDuration(context.timeoutMs ?? 0)} and was stopped`,
      hint: 'It may have done a part of its work: check before running it again, or raise the option timeout.'
    };
  }
  if (result.isSilent) {
    return {
      code: 'shell.silent',
      words: `printed nothing for ${formatDuration(context.silenceMs ?? 0)} and was stopped after ${duration}`,
      hint: 'It may have done a part of its work: check before running it again, or raise the option silence.'
    };
  }
  if (result.signal !== null) {
    return {
      code: 'shell.failed',
      words: `was ended by ${result.signal} after ${duration}`,
      hint: 'Something outside the notebook ended it: the system (memory), another person, or the command itself.'
    };
  }
  if (context.unmet !== null) {
    return {
      code: 'shell.unexpected_output',
      words: `ended with exit code ${result.exitCode} after ${duration}, but ${context.unmet}`,
      hint: 'The command itself did not fail: compare its output with the option expect.'
    };
  }
  if (context.hosts.length > 0 && result.exitCode === SSH_FAULT) {
    return {
      code: 'shell.unreachable',
      words: `did not run on ${context.hosts.join(', ')}: ssh ended with exit code ${SSH_FAULT} after ${duration}`,
      hint: `Try in a terminal: ssh ${context.hosts[0]} true. (A command that itself ends with ${SSH_FAULT} looks the same.)`
    };
  }
  return {
    code: 'shell.failed',
    words: `failed ${result.exitCode === null ? 'without an exit code' : `with exit code ${result.exitCode}`} after ${duration}`,
    hint: 'Fix the cause and run the cell again. Exit codes that are fine can be named with the option expect.'
  };
}

/** What ssh ends with when it could not connect, or lost the connection. */
const SSH_FAULT = 255;
