// What the documentation shows can be typed: its cells pass the check of the kernel, its files that of launchbook.yml, and every command,
// option and line command that it names is there. Its commands are typed in typed-commands.slow.test.ts, its cells run in
// dry-run-cells.slow.test.ts.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LINES } from '../../../run/line-commands/lines.js';
import { validateProfile } from '../../../record/profile/validate-profile.js';
import { callLaunchbook } from '../../cli/launchbook.js';
import { LibrarySession } from '../../runbook/types/library-session.js';
import { root } from '../root.js';
import { fencesIn, PAGES, type Fence } from './fences.js';

const session = new LibrarySession();
beforeAll(() => session.start());
afterAll(() => session.close());

const nameOf = ({ page, number }: Fence): string => `${page}, ${number}`;

test('a block is a cell, a file, commands or a drawing, or says why no test runs it', () => {
  const blocks = PAGES.flatMap(({ fences }) => fences);
  const untested = blocks.filter(
    ({ language, notRun }) => !['ts', 'sh', 'yaml', '', '{toctree}'].includes(language) && notRun === null
  );
  expect(untested.map(nameOf)).toEqual([]);
  // The pages say why. Another one is a decision.
  expect(blocks.filter(({ notRun }) => notRun !== null).map(nameOf)).toEqual([
    'CONTRIBUTING.md, 1',
    'README.md, 2',
    'docs/decision-page.md, 2',
    'docs/decision-page.md, 7',
    'docs/gateways.md, 1',
    'docs/guide/first-ten-minutes.md, 1',
    'docs/guide/first-ten-minutes.md, 2',
    'docs/guide/first-ten-minutes.md, 3',
    'docs/guide/first-ten-minutes.md, 4',
    'docs/identity.md, 1',
    'docs/jupyterlab.md, 1',
    'docs/upgrading.md, 1',
    'examples/README.md, 1',
    'examples/fleet/README.md, 1',
    'examples/fleet/README.md, 2'
  ]);
});

describe('the cell has no faults:', () => {
  // Those of the helpers are checked in tests/runbook/types/docs.test.ts.
  const cells = fencesIn('ts').filter(({ page }) => !page.startsWith('docs/helpers/'));
  test.each(cells.map(cell => [nameOf(cell), cell.text]))('%s', async (_, text) => {
    const parameters = text.includes('let release') ? '' : 'declare const release: string;\n';
    expect(await session.faultsOf(`${parameters}${text}`)).toEqual([]);
  });
});

describe('launchbook.yml has no faults:', () => {
  const files = fencesIn('yaml').filter(({ notRun }) => notRun === null);
  test.each(files.map(file => [nameOf(file), file.text]))('%s', (_, text) => {
    expect(validateProfile(parse(text))).toEqual([]);
  });
});

describe('what is named is there:', () => {
  const spans = PAGES.flatMap(({ path, prose }) =>
    [...prose.matchAll(/`` (.+?) ``|`([^`\n]+)`/g)].map(match => ({ path, code: (match[1] ?? match[2])! }))
  );
  const lines = [
    ...spans,
    ...fencesIn('sh').flatMap(({ page, text }) => text.split('\n').map(code => ({ path: page, code })))
  ];

  test('commands and their options', async () => {
    const helps = new Map<string, string>();
    const missing: string[] = [];
    for (const { path, code } of lines) {
      for (const [, called = ''] of code.matchAll(/(?:^|[;&|(] *)launchbook ([^;&|#)]+)/g)) {
        const [command = '', ...words] = called.trim().split(/\s+/);
        if (!/^[a-z]+$/.test(command)) {
          continue;
        }
        if (!helps.has(command)) {
          const { code: ending, stdout } = await callLaunchbook(root, [command, '--help'], {});
          helps.set(command, ending === 0 ? stdout : '');
        }
        const help = helps.get(command)!;
        const options = words
          .filter(word => word.startsWith('--'))
          .map(word => word.replace(/[=,.…].*$/, ''));
        missing.push(
          ...(help === '' ? [`${path}: launchbook ${command}`] : []),
          ...options
            .filter(option => !new RegExp(`${option}\\b`).test(help))
            .map(option => `${path}: launchbook ${command} ${option}`)
        );
      }
    }
    expect(helps.size).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });

  test('line commands', () => {
    const named = spans.flatMap(({ path, code }) => {
      const word = /^%([a-z-]+)/.exec(code)?.[1];
      return word === undefined ? [] : [{ path, word }];
    });
    expect(named.length).toBeGreaterThan(10);
    // Those of IPython are called so.
    expect(named.filter(({ word }) => word !== 'magic' && !Object.hasOwn(LINES, word))).toEqual([]);
  });

  test('scripts of npm, and proofs', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly scripts: { readonly [name: string]: string };
    };
    const missing = lines.flatMap(({ path, code }) =>
      [...code.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)(?: -- ([a-z][\w-]*))?/g)].flatMap(
        ([called, script, short, proof]) =>
          !Object.hasOwn(scripts, script ?? short ?? '') ||
          (script === 'prove' &&
            proof !== undefined &&
            !existsSync(join(root, 'scripts/proofs', `${proof}.mjs`)))
            ? [`${path}: ${called}`]
            : []
      )
    );
    expect(missing).toEqual([]);
  });
});
