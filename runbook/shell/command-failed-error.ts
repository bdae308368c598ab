// A command ended badly.
import { LaunchbookError } from '../../contract/base/error.js';
import type { CommandResult } from './result.js';
import { reasonOf, type FailureContext } from './reason.js';

/**
 * Thrown when a command did not end as expected. Codes: `shell.failed` (exit code or signal), `shell.timed_out`,
 * `shell.not_found`, `shell.not_started`, `shell.unreachable` (over ssh), `shell.interrupted`, `shell.unexpected_output`. Has every field of {@link CommandResult}.
 * Not thrown for a wrong call of `$`, which is a `UsageError`.
 */
export class CommandFailedError extends LaunchbookError {
  constructor(result: CommandResult, context: FailureContext) {
    const reason = reasonOf(result, context);
    super(messageOf(result, reason.words), {
      code: reason.code,
      hint: reason.hint,
      fields: {
        command: result.command,
        exitCode: result.exitCode,
        signal: result.signal,
        durationMs: result.durationMs,
        attempts: result.attempts,
        stderr: lastLines(result.stderr, 20)
      }
    });
    Object.assign(this, result, { failed: true });
  }
}

/** The result of the command that failed. */
export interface CommandFailedError extends CommandResult {}

function messageOf(result: CommandResult, words: string): string {
  const tries = result.attempts > 1 ? ` (attempt ${result.attempts})` : '';
  const head = `Command ${words}${tries}: ${result.command}`;
  const [name, text] = result.stderr.trim() === '' ? ['stdout', result.stdout] : ['stderr', result.stderr];
  return text.trim() === ''
    ? head
    : `${head}\nLast lines of ${name}:\n${lastLines(text, 10).replace(/^/gm, '  ')}`;
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n').slice(-4000);
}
