// The language server dies, hangs, is missing, or finds a tsconfig.json: a cell is checked properly or does not run.
import { afterEach, expect, test } from '@jest/globals';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { queryObjects } from 'node:v8';
import type { CellDocument } from '../../../kernel/language/documents/cell-document.js';
import { DeclaredDocuments } from '../../../kernel/language/documents/declared-documents.js';
import { serverEnvironment } from '../../../kernel/language/server/server-environment.js';
import { findTypeScriptServer } from '../../../kernel/language/server/server-path.js';
import { CellByCell } from './cell-by-cell.js';

const PACKAGE = '{ "dependencies": { "lodash": "4" } }';
let cells: CellByCell;
afterEach(() => cells.close());

test('a server that died is started again and still knows the earlier cells', async () => {
  cells = new CellByCell();
  await cells.session.start();
  await cells.valueOf('const base = { n: 1 }', 'const derived = { ...base, m: 2 }', 'const plain = 1');
  const first = cells.session.serverPid!;
  process.kill(first, 'SIGKILL');
  expect(await cells.faultsOf('const wrong: string = derived.n + plain')).toEqual(['TS2322']);
  expect(cells.session.serverPid).not.toBe(first);
  expect(await cells.valueOf('derived.m')).toBe(2);
});

test('a server that dies while it checks is asked once more', async () => {
  cells = new CellByCell();
  await cells.session.start();
  const prepared = cells.session.prepare('key', 'const n: number = "x"');
  process.kill(cells.session.serverPid!, 'SIGKILL');
  expect((await prepared).diagnostics.map(one => one.code)).toEqual(['TS2322']);
  expect(cells.logs.join('\n')).toContain('SIGKILL');
});

test('a server that nobody needs is ended, and the next cell finds everything in another one', async () => {
  cells = new CellByCell({ idleMs: 500 });
  await cells.session.start();
  await cells.valueOf('class Host { n = 1 }', 'const host = new Host(); console.log(host.n)');
  const first = cells.session.serverPid!;
  while (cells.session.serverPid === first) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  expect(await cells.faultsOf('const wrong: string = host.n; Buffer.from([]).nothing')).toEqual([
    'TS2322',
    'TS2339'
  ]);
  expect(cells.session.serverPid).not.toBe(first);
  expect(cells.logs).toEqual([]);
});

test('a server that does not answer fails the cell instead of leaving it unchecked, and is replaced', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hanging-'));
  const path = join(folder, 'hangs-once');
  writeFileSync(
    path,
    `#!/bin/sh\n[ -e hung ] && exec "${findTypeScriptServer()}" "$@"\ntouch hung\nexec sleep 600\n`
  );
  chmodSync(path, 0o755);
  cells = new CellByCell({ tscPath: path, timeoutMs: 6_000 });
  await expect(cells.session.prepare('key', '1 + 1')).rejects.toMatchObject({
    code: 'language.unanswered',
    message: 'The TypeScript language server did not answer textDocument/diagnostic within 6 s.'
  });
  expect(await cells.valueOf('1 + 1')).toBe(2);
  rmSync(folder, { recursive: true });
});

test('a server that cannot be started fails the cell', async () => {
  cells = new CellByCell({ tscPath: '/nowhere/tsc' });
  await cells.session.start();
  expect(cells.logs.join()).toContain('could not be started');
  await expect(cells.session.prepare('key', '1 + 1')).rejects.toMatchObject({ code: 'language.ended' });
});

test('a server that ends at once fails the cell', async () => {
  cells = new CellByCell();
  const path = join(cells.folder, 'ends');
  writeFileSync(path, '#!/bin/sh\nexit 3\n');
  chmodSync(path, 0o755);
  const ends = new CellByCell({ tscPath: path });
  await expect(ends.session.prepare('key', '1 + 1')).rejects.toMatchObject({
    code: 'language.ended',
    message: expect.stringContaining('exit code 3')
  });
  await ends.close();
});

test('a request that was answered leaves nothing behind in memory', async () => {
  cells = new CellByCell();
  const timer = setTimeout(() => undefined, 0);
  const timers = (): number => Number(queryObjects(timer.constructor));
  await cells.session.check('0');
  const before = timers();
  for (let i = 1; i <= 12; i += 1) {
    await cells.session.check(`${i}`);
  }
  expect(timers() - before).toBeLessThan(5);
});

test('the collector of the server runs less often than by default, unless somebody has set it', () => {
  expect(serverEnvironment({ PATH: '/bin' })).toEqual({ PATH: '/bin', GOGC: '300', GOMEMLIMIT: '1GiB' });
  expect(serverEnvironment({ GOGC: '50', GOMEMLIMIT: '90MiB' })).toEqual({ GOGC: '50', GOMEMLIMIT: '90MiB' });
});

test('after dispose no process is left', async () => {
  cells = new CellByCell();
  await cells.session.start();
  const pid = cells.session.serverPid!;
  await cells.session.dispose();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await expect(cells.session.prepare('key', '1')).rejects.toMatchObject({ code: 'language.ended' });
});

test('a tsconfig.json beside the notebook is respected, and the helper library is known with it', async () => {
  const config = {
    compilerOptions: {
      strict: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      noUnusedLocals: true,
      module: 'esnext',
      target: 'esnext'
    }
  };
  cells = new CellByCell({}, { 'tsconfig.json': JSON.stringify(config) });
  await cells.session.start();
  expect(await cells.faultsOf('const list = [1]; const n: number = list[0]')).toEqual(['TS2322']);
  expect(
    await cells.faultsOf('interface Shape { n: number } const shape: Shape = { n: 1 }; const unread = 1')
  ).toEqual([]);
  expect(await cells.faultsOf('const other: Shape = shape; other.n.toFixed()')).toEqual([]);
  const typed =
    'import { type Pair } from "launchbook"; const p: Pair<number> = { first: 1, second: 2 }; process.cwd(); $`ls`; p';
  expect((await cells.session.prepare('key', typed)).diagnostics).toEqual([]);
});

test.each([
  ['without a tsconfig.json', {}],
  ['with one', { 'tsconfig.json': '{ "compilerOptions": { "allowJs": true } }' }]
])('the server installs no packages by itself, %s', async (_case, files) => {
  const programs = mkdtempSync(join(tmpdir(), 'programs-'));
  const path = join(programs, 'server');
  writeFileSync(path, `#!/bin/sh\nPATH="${programs}:$PATH" exec "${findTypeScriptServer()}" "$@"\n`);
  writeFileSync(join(programs, 'npm'), `#!/bin/sh\necho "$@" >> "${join(programs, 'called')}"\n`);
  chmodSync(path, 0o755);
  chmodSync(join(programs, 'npm'), 0o755);
  cells = new CellByCell(
    { tscPath: path },
    { ...files, 'local.js': 'export const n = 1;', 'package.json': PACKAGE }
  );
  await cells.session.start();
  await cells.session.prepare(
    'key',
    'import { n } from "./local.js"; import lodash from "lodash"; lodash; n'
  );
  await cells.session.complete('pro', 3);
  await sleep(300);
  expect(readdirSync(programs)).toEqual(['npm', 'server']);
  rmSync(programs, { recursive: true });
});

test('a document is closed when its last name is declared again and nobody takes from it', () => {
  const open = new Map<string, string>();
  cells = new CellByCell();
  const documents = new DeclaredDocuments({
    isOpen: file => open.has(file),
    open: (file, text) => open.set(file, text),
    close: file => open.delete(file)
  });
  documents.add(1, documentOf('one', 'ts', []), 2);
  documents.add(2, documentOf('two', 'tsx', [1]), 1);
  documents.need(documentOf('', 'ts', [2]));
  expect([...open.keys()]).toEqual(['__cell_1.ts', '__cell_2.tsx']);
  documents.release(1);
  documents.release(1);
  expect([...open.keys()]).toEqual(['__cell_1.ts', '__cell_2.tsx']);
  documents.release(2);
  expect(open.size).toBe(0);
  expect(documents.size).toBe(0);
});

/** A document that reads others whole. */
function documentOf(text: string, lang: 'ts' | 'tsx', cells: readonly number[]): CellDocument {
  return { text, lang, dependencies: new Set(cells), inFull: new Set(cells), taken: [] };
}

test('no more than 64 documents are open, and a closed one is opened again when it is needed', () => {
  const open = new Map<string, string>();
  cells = new CellByCell();
  const documents = new DeclaredDocuments({
    isOpen: file => open.has(file),
    open: (file, text) => open.set(file, text),
    close: file => open.delete(file)
  });
  for (let number = 1; number <= 200; number += 1) {
    documents.add(number, documentOf(`text ${number}`, 'ts', []), 1);
    documents.need(documentOf('', 'ts', [number]));
  }
  expect(open.size).toBe(64);
  documents.need(documentOf('', 'ts', [1]));
  expect(open.get('__cell_1.ts')).toBe('text 1');
  expect(open.size).toBe(64);
});
