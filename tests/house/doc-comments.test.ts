// The lint rule about doc comments, on a small library: each thing that may be missing is planted once.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Rule } from 'eslint';
import { faultsIn, loadRule } from './lint-with-rule.js';

const folder = mkdtempSync(join(tmpdir(), 'house-'));
let docComments: Rule.RuleModule;

beforeAll(async () => {
  mkdirSync(join(folder, 'runbook'));
  const names = 'wait, Waiting, WaitOptions, WaitFailedError';
  writeFileSync(join(folder, 'runbook', 'index.ts'), `export { ${names} } from './wait.js';\n`);
  docComments = await loadRule('doc-comments', folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const faultsOf = (code: string, path = 'runbook/wait.ts'): string[] =>
  faultsIn(docComments, path, code, folder).map(fault => fault.replace('The doc comment of ', ''));

/** Everything that a doc comment can want. */
const GOOD = `
/**
 * Waits for \`what\`. Recorded: on resume it is not waited again.
 *
 * @param options - How long.
 * @throws {@link WaitFailedError} when the time is over.
 * @example
 * await wait('orders') // true
 */
export async function wait(what: string, options: WaitOptions = {}): Promise<boolean> {
  refuseFaults('wait', []);
  return true;
}

/** How long. */
export interface WaitOptions {
  /** The longest wait in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
}

/** Thrown when the time is over. Code \`wait.timed_out\`. */
export class WaitFailedError extends LaunchbookError {
  /** How often it was looked. */
  readonly checks: number;
  constructor() { super(); }
}

/** A wait that goes on. */
export interface Waiting {
  /** Handles a failure. */
  catch(onFailed: () => void): Promise<void>;
  /**
   * Ends it.
   *
   * @example
   * waiting.end('enough') // 'enough'
   * @param reason - Why.
   */
  end(reason: string): string;
  /** The same without a reason. */
  end(): string;
}`;

test('The rule accepts what is explained in full', () => {
  expect(faultsOf(GOOD)).toEqual([]);
});

describe('The rule tells', () => {
  test.each([
    ['a symbol without a comment', /\/\*\* A wait that goes on\. \*\/\n/, '', 'Waiting needs a sentence'],
    ['a member without one', /  \/\*\* How often.*\n/, '', 'WaitFailedError.checks needs a sentence'],
    ['a parameter', / \* @param options.*\n/, '', 'wait needs @param options.'],
    ['an error', / \* @throws.*\n/, '', 'wait needs @throws'],
    [
      'an error that is told in prose only',
      'Ends it.',
      'Ends it. Throws when it is over.',
      'Waiting.end needs @throws'
    ],
    ['a resume', 'Recorded: on resume it is not waited again.', '', 'wait needs what happens on resume'],
    ['an example', /   \* @example\n.*\n/, '', 'Waiting.end needs an @example'],
    ['the result of an example', " // 'enough'", '', 'Waiting.end needs an @example with its result'],
    ['a default', ' @default 1000', '', 'WaitOptions.timeoutMs needs @default'],
    ['a unit', ' in milliseconds', '', 'WaitOptions.timeoutMs needs its unit'],
    ['the codes of an error', ' Code `wait.timed_out`.', '', 'WaitFailedError needs its codes'],
    ['an overload', /  \/\*\* The same.*\n/, '', 'Waiting.end needs a sentence']
  ])('the lack of %s', (_, part, instead, fault) => {
    const code = GOOD.replace(part, instead);
    expect(code).not.toBe(GOOD);
    expect(faultsOf(code)).toEqual([expect.stringContaining(fault)]);
  });

  test('an exported function of contract/ without a sentence', () => {
    const code = 'export function double(value: number): number { return 2 * value; }';
    expect(faultsOf(code, 'contract/double.ts')).toEqual([expect.stringMatching(/^double needs a sentence/)]);
    expect(faultsOf(`/** Twice the value. */\n${code}`, 'contract/double.ts')).toEqual([]);
  });
});

test('The rule leaves alone what no cell can reach', () => {
  expect(faultsOf('export function inner(): void {}')).toEqual([]);
  expect(faultsOf('export function wait(): void {}', 'runbook/other.ts')).toEqual([]);
});
