// What the pages and doc comments show is checked as a cell is, and every helper is explained: errors, resume, an example.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { INJECTED_NAMES } from '../../../contract/notebook/injected-names.js';
import { root } from '../../house/root.js';
import { LibrarySession } from './library-session.js';

const session = new LibrarySession();
beforeAll(() => session.start());
afterAll(() => session.close());

/** What the author of an example has from earlier cells. */
const EARLIER: readonly (readonly [string, string])[] = [
  ['url', 'declare const url: string;'],
  ['status', 'declare const status: string;'],
  ['tasks', 'declare const tasks: import("launchbook").AssignedTaskList;'],
  ['hosts', 'declare const hosts: string[];'],
  ['rows', 'declare const rows: object[];'],
  ['errors', 'declare const errors: import("launchbook").Search;'],
  ['restart', 'declare function restart(host: string): Promise<unknown>;'],
  ['openChange', 'declare function openChange(title?: string): Promise<string>;'],
  ['isReady', 'declare function isReady(): Promise<boolean>;'],
  ['changes', 'declare const changes: { open(change: { title: string }): Promise<string> };'],
  [
    'z',
    'declare const z: { string(): unknown; object(of: object): import("launchbook").StandardSchema<{ version: string }> };'
  ]
];

const PAGES = join(root, 'docs', 'helpers');
const pages = readdirSync(PAGES).map(name => [name, readFileSync(join(PAGES, name), 'utf8')] as const);

/** The doc comment of every exported helper, by its name. */
const comments = new Map(
  readdirSync(join(root, 'runbook'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.startsWith('usage'))
    .flatMap(file => docCommentsOf(readFileSync(join(root, 'runbook', file), 'utf8')))
    .filter(([name]) => (INJECTED_NAMES as readonly string[]).includes(name))
);

const examples: readonly (readonly [string, string])[] = [
  ...pages.flatMap(([name, text]) =>
    [...text.matchAll(/^```ts\n(.*?)^```/gms)].map((match, index): [string, string] => [
      `${name}, ${index + 1}`,
      match[1]!
    ])
  ),
  ...[...comments, ...memberComments()].flatMap(([name, comment]): [string, string][] => {
    const at = comment.indexOf('@example');
    return at < 0 ? [] : [[`doc comment of ${name}`, comment.slice(at + '@example'.length)]];
  })
];

test('there are examples on every page and in the doc comment of every helper', () => {
  const shown = examples.map(([name]) => name);
  const without = [
    ...pages.map(([name]) => `${name}, 1`),
    ...INJECTED_NAMES.map(name => `doc comment of ${name}`)
  ];
  expect(without.filter(name => !shown.includes(name))).toEqual([]);
});

describe('the example is a cell without faults:', () => {
  test.each(examples)('%s', async (_, code) => {
    const uses = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(code);
    const declares = (name: string): boolean => new RegExp(`\\b(const|let|function) ${name}\\b`).test(code);
    const before = EARLIER.filter(([name]) => uses(name) && !declares(name)).map(([, text]) => text);
    expect(await session.faultsOf([...before, code].join('\n'))).toEqual([]);
  });
});

test.each(INJECTED_NAMES.map(name => [name]))('the doc comment of %s says what happens on resume', name => {
  expect(comments.get(name)).toMatch(/\b(Recorded|Repeated)\b[^]*\bon resume\b/);
});

test.each(INJECTED_NAMES.map(name => [name]))(
  'a page explains %s, its errors, and what happens on resume',
  name => {
    const page = pages.find(([, text]) => text.split('\n')[0]!.includes(`\`${name}\``));
    expect(page?.[1]).toMatch(/\*\*Errors\.?\*\*|^## Errors$/m);
    expect(page?.[1]).toMatch(/\*\*On resume\*\*|^## On resume$/m);
  }
);

/** The doc comments of members in the files that `launchbook` exposes, by file and member. */
function memberComments(): [string, string][] {
  const index = readFileSync(join(root, 'runbook', 'index.ts'), 'utf8');
  const files = new Set([...index.matchAll(/from '(\.[^']+)\.js'/g)].map(([, path]) => `${path}.ts`));
  return [...files].flatMap(file => {
    const source = readFileSync(join(root, 'runbook', file), 'utf8');
    const found = source.matchAll(/^ {2}\/\*\*((?:(?!\*\/)[^])*)\*\/\n {2}(?:async |readonly )?([\w$]*)/gm);
    return [...found].map(([, comment, name]): [string, string] => [
      `${file} ${name}`,
      withoutStars(comment!)
    ]);
  });
}

function withoutStars(comment: string): string {
  return comment.replace(/^[ \t]*\* ?/gm, '');
}

/** Names and comments of exported functions and constants. */
function docCommentsOf(source: string): [string, string][] {
  const found = source.matchAll(
    /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport (?:const|(?:async )?function) ([\w$]+)/g
  );
  return [...found].map(([, comment, name]) => [name!, withoutStars(comment!)]);
}
