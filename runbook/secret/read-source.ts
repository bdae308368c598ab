// Where the text of a secret comes from: an environment variable, a file, or what a command prints.
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatDuration } from '../../contract/format.js';
import { ports } from '../context.js';
import { didYouMean } from '../../contract/did-you-mean.js';
import { SecretUnavailableError } from '../errors/secret-unavailable-error.js';
import type { SecretSource } from '../ports.js';
import { quoteCommand } from '../shell/quote.js';

/** A command that asks a person or a server must answer within this time. */
export const COMMAND_LIMIT_MS = 60_000;

/** Longer texts are files, not secrets. */
const LONGEST_BYTES = 64 * 1024;

/** The text, without a line feed at its end. @throws SecretUnavailableError */
export async function readSource(name: string, source: SecretSource): Promise<string> {
  const text = await readText(name, source);
  return text.replace(/\r?\n$/, '');
}

async function readText(name: string, source: SecretSource): Promise<string> {
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

async function readSecretFile(name: string, file: string): Promise<string> {
  const path = resolve(ports().folder, file);
  try {
    const { size } = await stat(path);
    if (size > LONGEST_BYTES) {
      throw new Error(`it has ${size} bytes, at most ${LONGEST_BYTES} are expected`);
    }
    return await readFile(path, 'utf8');
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
  return new Promise((done, fail) => {
    const child = execFile(args[0]!, args.slice(1), options, (error, stdout, stderr) =>
      error ? fail(commandFailed(name, args, error, stderr)) : done(stdout)
    );
    child.stdin?.end();
  });
}

function commandFailed(
  name: string,
  args: readonly string[],
  error: Error & { code?: number | string | null; killed?: boolean },
  stderr: string
): SecretUnavailableError {
  const why = error.killed
    ? `it did not answer within ${formatDuration(COMMAND_LIMIT_MS)} or printed more than ${LONGEST_BYTES} bytes`
    : error.code === 'ENOENT'
      ? `there is no program '${args[0]}'`
      : `it ended with ${typeof error.code === 'number' ? `exit code ${error.code}` : (error.code ?? 'a signal')}`;
  const tail = stderr.trim() === '' ? '' : `\n${stderr.trim().split('\n').slice(-5).join('\n')}`;
  return new SecretUnavailableError(
    `The secret '${name}' was not given by ${quoteCommand(args)}: ${why}.${tail}`,
    {
      code: 'secret.command_failed',
      hint: 'Run the command in a terminal of the same machine; it may need you to sign in first.'
    }
  );
}
