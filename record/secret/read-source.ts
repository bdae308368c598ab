// Where the text of a secret comes from: an environment variable, a file, or what a command prints.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { formatDuration } from '../../contract/base/format.js';
import { ports } from '../../runbook/context.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { SecretUnavailableError } from '../../runbook/errors/secret-unavailable-error.js';
import type { SecretSource } from '../../runbook/ports.js';
import { readTextOfRun } from '../files/read-file.js';
import { startFaultOf } from '../../runbook/shell/process/start-fault.js';
import { quoteCommand } from '../../runbook/shell/quote.js';

/** A command that asks a person or a server must answer within this time. */
const COMMAND_LIMIT_MS = 60_000;

/** Longer texts are files, not secrets. */
const LONGEST_BYTES = 64 * 1024;

/** The text, without a line feed at its end. @throws SecretUnavailableError */
export async function readSource(name: string, source: SecretSource): Promise<string> {
  const text = await readText(name, source);
  return text.replace(/\r?\n$/, '');
}

function readText(name: string, source: SecretSource): string | Promise<string> {
  if (source.env !== undefined) {
    return readVariable(name, source.env);
  }
  return source.file !== undefined ? readSecretFile(name, source.file) : runCommand(name, source.command);
}

function readVariable(name: string, variable: string): string {
  const value = process.env[variable];
  if (value === undefined) {
    throw new SecretUnavailableError(
      `The secret '${name}' is not there: the kernel has no environment variable ${variable}.${didYouMean(variable, Object.keys(process.env))}`,
      {
        code: 'secret.missing',
        hint: `Set it before Jupyter is started, or name another source under secrets: ${name}: in launchbook.yml.`
      }
    );
  }
  return value;
}

function readSecretFile(name: string, file: string): string {
  const path = resolve(ports().folder, file);
  try {
    return readTextOfRun(path, 'secret');
  } catch (cause) {
    throw new SecretUnavailableError(
      `The secret '${name}' cannot be read from ${path}: ${(cause as Error).message}.`,
      { code: 'secret.unreadable', hint: 'Check the path and that the kernel may read the file.', cause }
    );
  }
}

function runCommand(name: string, args: readonly string[]): Promise<string> {
  const { folder, signal } = ports();
  const options = {
    cwd: folder,
    timeout: COMMAND_LIMIT_MS,
    maxBuffer: LONGEST_BYTES,
    signal: signal()
  };
  const fault = startFaultOf({ args, cwd: folder, env: {} });
  if (fault) {
    return Promise.reject(commandFailed(name, args, `it was not started: ${fault.words}`));
  }
  return new Promise((done, fail) => {
    const child = execFile(args[0]!, args.slice(1), options, (error, stdout, stderr) =>
      error ? fail(commandFailed(name, args, endOf(error), stderr)) : done(stdout)
    );
    child.stdin?.end();
  });
}

function endOf(error: Error & { code?: number | string | null; signal?: string; killed?: boolean }): string {
  return error.killed
    ? `it did not answer within ${formatDuration(COMMAND_LIMIT_MS)} or printed more than ${LONGEST_BYTES} bytes`
    : typeof error.code === 'number'
      ? `it ended with exit code ${error.code}`
      : `it was ended by ${error.signal ?? error.code ?? 'a signal'}`;
}

function commandFailed(
  name: string,
  args: readonly string[],
  why: string,
  stderr = ''
): SecretUnavailableError {
  const tail = stderr.trim() === '' ? '' : `\n${stderr.trim().split('\n').slice(-5).join('\n')}`;
  return new SecretUnavailableError(
    `The secret '${name}' was not given by ${quoteCommand(args)}: ${why}.${tail}`,
    {
      code: 'secret.command_failed',
      hint: 'Run the command in a terminal of the same machine; it may need you to sign in first.'
    }
  );
}
