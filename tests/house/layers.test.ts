// The lint rule that keeps the layers one-way: it must catch each kind of violation and leave good imports alone.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ESLint, type Rule } from 'eslint';
import { faultsIn, loadRule } from './lint-with-rule.js';
import { root } from './root.js';

let layers: Rule.RuleModule;

beforeAll(async () => {
  layers = await loadRule('layers');
});

describe('The layer rule', () => {
  test.each([
    [
      'contract/base/run.ts',
      "import { readFileSync } from 'node:fs';\nreadFileSync;",
      /contract may not import "node:fs"/
    ],
    ['runbook/ports.ts', "import '../kernel/core/ports/ports.js';", /runbook may not import kernel\/core/],
    [
      'runbook/ports.ts',
      "import { spawn } from 'node:child_process';\nspawn;",
      /may be imported in runbook\/shell\/ only/
    ],
    [
      'kernel/core/ports/ports.ts',
      "import type { Ports } from '../../../runbook/ports.js';\nexport type P = Ports;",
      /kernel\/core may not import runbook/
    ],
    [
      'kernel/core/ports/ports.ts',
      "export * from '../../transport/zeromq.js';",
      /kernel\/core may not import kernel\/transport/
    ],
    [
      'kernel/core/ports/ports.ts',
      "export const load = () => import('zeromq');",
      /kernel\/core may not import "zeromq"/
    ],
    [
      'kernel/core/ports/ports.ts',
      "export type P = import('../../../runbook/ports.js').Ports;",
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
    ['run/ports.ts', "import '../kernel/core/ports/ports.js';", /run may not import kernel\/core/],
    ['record/hash.ts', "import '../lifecycle/git/git.js';", /record may not import lifecycle/],
    ['runbook/ports.ts', "import '../record/hash.js';", /runbook may not import record/],
    ['lifecycle/new/new-run.ts', "import '../../run/ports.js';", /lifecycle may not import run;/],
    [
      'lifecycle/new/new-run.ts',
      "import '../../kernel/host/compose/compose.js';",
      /lifecycle may not import kernel\/host/
    ],
    [
      'lifecycle/new/new-run.ts',
      "import { spawn } from 'node:child_process';\nspawn;",
      /may be imported in lifecycle\/git\/, lifecycle\/import\/file\/reading-process\.ts only/
    ],
    ['contract/base/run.ts', "import '../../package.json';", /belongs to no layer/]
  ])('refuses in %s: %s', (path, code, reason) => {
    expect(faultsIn(layers, path, code)).toEqual([expect.stringMatching(reason)]);
  });

  test.each([
    ['contract/base/run.ts', "import type { Json } from './json.js';\nexport type J = Json;"],
    ['runbook/ports.ts', "export * from '../contract/base/run.js';\nexport { join } from 'node:path';"],
    ['kernel/core/ports/ports.ts', "export * from '../../protocol/messages.js';"],
    ['labextension/index.ts', "export * from '../contract/base/run.js';\nexport * from '@lumino/signaling';"],
    ['cli/main.ts', "export * from '../kernel/kernelspec/install.js';\nexport * from 'commander';"]
  ])('accepts in %s: %s', (path, code) => {
    expect(faultsIn(layers, path, code)).toEqual([]);
  });
});

test('every rule of the house is an error in every room', async () => {
  const eslint = new ESLint({ cwd: root });
  for (const path of [
    'contract/base/run.ts',
    'runbook/ports.ts',
    'record/hash.ts',
    'lifecycle/new/new-run.ts',
    'run/ports.ts',
    'kernel/main.ts',
    'cli/main.ts',
    'labextension/index.ts'
  ]) {
    const { rules } = (await eslint.calculateConfigForFile(`${root}/${path}`)) as {
      rules: { [rule: string]: unknown[] };
    };
    const house = ['layers', 'circles', 'folder-size', 'doc-comments'].map(name => `launchbook/${name}`);
    expect([...house, 'max-lines'].map(rule => [rule, rules[rule]?.[0]])).toEqual(
      [...house, 'max-lines'].map(rule => [rule, 2])
    );
  }
});
