import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { $ } from '../../../runbook/index.js';
import { quoteCommand } from '../../../runbook/shell/quote.js';
import { installFakePorts } from '../fake-ports.js';
import { fixturePath } from '../fixture-path.js';
import { HOSTILE_TEXTS } from '../hostile-texts.js';

const node = process.execPath;
const printArguments = fixturePath('print-arguments.mjs');

describe('hostile values of a command', () => {
  test('there are at least 200 of them', () => {
    expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(200);
  });

  test('each arrives as exactly one argument, unchanged', async () => {
    installFakePorts();
    expect(await $`${node} ${printArguments} ${HOSTILE_TEXTS}`.json()).toEqual(HOSTILE_TEXTS);
  });

  test('each arrives unchanged when it is joined to text and quoted', async () => {
    installFakePorts();
    for (const text of HOSTILE_TEXTS.filter((_, index) => index % 40 === 0)) {
      expect(await $`${node} ${printArguments} --a=${text} "b ${text} c" 'd${text}'`.json()).toEqual([
        `--a=${text}`,
        `b ${text} c`,
        `d${text}`
      ]);
    }
  });

  test('the line for reading means the same to a POSIX shell', () => {
    const line = quoteCommand([node, printArguments, ...HOSTILE_TEXTS]);
    expect(JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' }))).toEqual(HOSTILE_TEXTS);
  });
});
