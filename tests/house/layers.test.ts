// The lint rule that keeps the layers one-way: it must catch each kind of violation and leave good imports alone.
import { describe, expect, test } from '@jest/globals';
import { ESLint } from 'eslint';
import { root } from './root.js';

const eslint = new ESLint({ cwd: root });

/** Messages of the layer rule for `code` as if it stood in `path`, with the checkout's own configuration. */
async function faultsIn(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${root}/${path}` });
  return result!.messages
    .filter(message => message.ruleId === 'launchbook/layers')
    .map(message => message.message);
}

describe('The layer rule', () => {
  test.each([
    [
      'contract/run.ts',
      "import { readFileSync } from 'node:fs';\nreadFileSync;",
      /contract may not import "node:fs"/
    ],
    ['runbook/ports.ts', "import '../kernel/core/ports.js';", /runbook may not import kernel\/core/],
    [
      'runbook/ports.ts',
      "import { spawn } from 'node:child_process';\nspawn;",
      /may be imported in runbook\/shell\/, runbook\/secret\/, runbook\/signature\/ only/
    ],
    [
      'kernel/core/ports.ts',
      "import type { Ports } from '../../runbook/ports.js';\nexport type P = Ports;",
      /kernel\/core may not import runbook/
    ],
    [
      'kernel/core/ports.ts',
      "export * from '../transport/zeromq.js';",
      /kernel\/core may not import kernel\/transport/
    ],
    [
      'kernel/core/ports.ts',
      "export const load = () => import('zeromq');",
      /kernel\/core may not import "zeromq"/
    ],
    [
      'kernel/core/ports.ts',
      "export type P = import('../../runbook/ports.js').Ports;",
      /kernel\/core may not import runbook/
    ],
    ['labextension/index.ts', "import '../runbook/ports.js';", /labextension may not import runbook/],
    [
      'labextension/index.ts',
      "import { join } from 'node:path';\njoin;",
      /labextension may not import "node:path"/
    ],
    [
      'labextension/index.ts',
      "import '@jupyterlab/notebook/lib/panel';",
      /labextension may not import "@jupyterlab\/notebook\/lib\/panel"/
    ],
    ['cli/main.ts', "import '../kernel/core/kernel.js';", /cli may not import kernel\/core/],
    ['lifecycle/index.ts', "import '../kernel/host/compose.js';", /lifecycle may not import kernel\/host/],
    [
      'lifecycle/index.ts',
      "import { spawn } from 'node:child_process';\nspawn;",
      /may be imported in lifecycle\/git\/ only/
    ],
    ['contract/run.ts', "import '../package.json';", /belongs to no layer/]
  ])('refuses in %s: %s', async (path, code, reason) => {
    expect(await faultsIn(path, code)).toEqual([expect.stringMatching(reason)]);
  });

  test.each([
    ['contract/run.ts', "import type { Json } from './json.js';\nexport type J = Json;"],
    ['runbook/ports.ts', "export * from '../contract/run.js';\nexport { join } from 'node:path';"],
    ['kernel/core/ports.ts', "export * from '../protocol/messages.js';"],
    ['labextension/index.ts', "export * from '../contract/index.js';\nexport * from '@lumino/signaling';"],
    ['cli/main.ts', "export * from '../kernel/kernelspec/install.js';\nexport * from 'commander';"]
  ])('accepts in %s: %s', async (path, code) => {
    expect(await faultsIn(path, code)).toEqual([]);
  });

  test('is an error in every layer of the checkout', async () => {
    for (const path of [
      'contract/run.ts',
      'runbook/ports.ts',
      'lifecycle/index.ts',
      'kernel/main.ts',
      'cli/main.ts',
      'labextension/index.ts'
    ]) {
      const config = (await eslint.calculateConfigForFile(`${root}/${path}`)) as {
        rules: { [rule: string]: unknown[] };
      };
      expect(config.rules['launchbook/layers']?.[0]).toBe(2);
    }
  });
});
