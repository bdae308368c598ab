// Reads the arguments of one command; whatever is wrong becomes a UsageError that says what was expected.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { SERVICES } from '../services.ts';
import { isVersion } from '../services/runtime/version.ts';
import { UsageError } from './usage-error.ts';

export function readArguments<O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

export function expectServices(names: readonly string[]): string[] {
  const unknown = names.filter(name => !(SERVICES as readonly string[]).includes(name));
  if (unknown.length > 0)
    throw new UsageError(`unknown service ${unknown.join(', ')}: expected ${SERVICES.join(', ')}`);
  return [...new Set(names)];
}

export function expectSomeServices(names: readonly string[]): string[] {
  if (names.length === 0) throw new UsageError(`expected at least one service: ${SERVICES.join(', ')}`);
  return expectServices(names);
}

export function expectVersion(text: string | undefined): string {
  if (text === undefined) throw new UsageError('expected a version, such as 2.4.0');
  if (!isVersion(text))
    throw new UsageError(`"${text}" is not a version: expected three numbers, such as 2.4.0`);
  return text;
}

export function expectSeconds(text: string): number {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text)?.[1];
  if (seconds === undefined) throw new UsageError(`"${text}" is not a time: expected seconds, such as 10s`);
  return Number(seconds) * 1000;
}
