// What the finder sees in a cell's text, and what it is not deceived by.
import { describe, expect, test } from '@jest/globals';
import { sourceFactsOf } from '../../../record/source/source-facts.js';

const holds = (text: string): (string | null)[] => sourceFactsOf(text).holds.map(({ name }) => name);
const unawaited = (text: string): string[] => sourceFactsOf(text).unawaited.map(({ helper }) => helper);

describe('hold points', () => {
  test.each([
    [`await approval('Go')`, ['Go']],
    [`const a = '/var/log/*'; await approval('Go'); const b = '*/5 * * * *';`, ['Go']],
    ['const u = `https://x`; await approval("Go")', ['Go']],
    [`await approval?.('Go')`, ['Go']],
    [`await (approval)('Go')`, ['Go']],
    [`await (approval as any)('Go')`, ['Go']],
    [`await approval!('Go')`, ['Go']],
    [`await appro\\u0076al('Go')`, ['Go']],
    ['await approval(`Go`)', ['Go']],
    ['await approval(`Go ${n}`)', [null]],
    [`await approval(name)`, [null]],
    [`for (const s of list) { await approval('Go ' + s) }`, [null]],
    [`await scatter(list, async s => { await approval('Each') })`, ['Each']],
    [`import { approval as ask } from 'launchbook'; await ask('Go')`, ['Go']],
    [`async function gate() { await approval('Go') } await gate()`, ['Go']],
    [`if (x) { await approval('A') } else { await approval('B') }`, ['A', 'B']],
    [`await checklist('Closing', ['Mail'])`, ['Closing']],
    [`await gather(tasks)`, [null]],
    [
      `const outer = () => inner(); const inner = async () => { await approval('Go') }; await outer()`,
      ['Go']
    ],
    [`class Gates { static answer = approval('Go') }`, ['Go']],
    [`class Gates { answer = approval('Go') } new Gates()`, ['Go']],
    [`const gates = { go: async () => approval('Go') }; await gates.go()`, ['Go']],
    [`let gate; gate = async () => { await approval('Go') }; await gate()`, ['Go']],
    [`export default (async () => { await approval('Go') })()`, ['Go']]
  ])('%s', (text, names) => expect(holds(text)).toEqual(names));

  test.each([
    `// await approval('Go')`,
    `/* await approval('Go') */`,
    `console.log("approval('Go')")`,
    'console.log(`approval("Go")`)',
    `async function gate() { await approval('Go') }`,
    `const gate = async () => { await approval('Go') }`,
    `class Gates { async go() { await approval('Go') } }`,
    `const approval = (x: string) => x; approval('Go')`,
    `import { approval } from './mine.ts'; await approval('Go')`,
    `people.approval('Go')`,
    `const o = { approval: 1 }`,
    `function f(approval: any) { approval('Go') } f(1)`,
    `type approval = string`,
    `async function gate(n: number) { if (n > 0) await gate(n - 1); await approval('Go') }`,
    `const inner = async () => { await approval('Go') }; const outer = () => inner()`,
    `class Gates { answer = approval('Go') }`,
    `const gates = { go: async () => approval('Go'), list: [() => approval('Go')] }`,
    `let gate; gate = async () => { await approval('Go') }`,
    `export const gate = async () => { await approval('Go') }`
  ])('none in %s', text => expect(holds(text)).toEqual([]));

  test('a name that is used otherwise than by a call is told', () => {
    expect(sourceFactsOf(`const ask = approval; await ask('Go')`).indirect).toMatchObject([
      { helper: 'approval', line: 1 }
    ]);
    expect(sourceFactsOf(`[1].map(checklist)`).indirect).toHaveLength(1);
    for (const text of [
      `await approval.call(null, 'Go')`,
      `await (0, approval)('Go')`,
      `new (approval as any)('Go')`,
      'await approval`Go`',
      `const all = { approval }`,
      `const all = { [approval.name]: 1 }`,
      `await globalThis.approval('Go')`,
      `await globalThis['approval']('Go')`,
      `await globalThis['\\x61pproval']('Go')`,
      `await globalThis.\\u0061pproval('Go')`,
      `import * as launchbook from 'launchbook'; await launchbook.approval('Go')`,
      `approval = async () => ({})`,
      `export default approval`
    ]) {
      expect([text, sourceFactsOf(text).indirect.length]).toEqual([text, 1]);
    }
    expect(sourceFactsOf(`await approval('Go')`).indirect).toEqual([]);
  });

  test('a name that the cell declares as something of its own is told', () => {
    for (const text of [
      `const approval = (x: string) => x; approval('Go')`,
      `import { approval } from './mine.ts'; await approval('Go')`,
      `import { note as approval } from 'launchbook'; await approval('Go')`,
      `if (true) { var gather = 1 }`,
      `function checklist() {}`,
      `const { approval } = globalThis as any`
    ]) {
      expect([text, sourceFactsOf(text).redeclared.length]).toEqual([text, 1]);
    }
    expect(sourceFactsOf(`import { approval } from 'launchbook'`).redeclared).toEqual([]);
    expect(sourceFactsOf(`{ const approval = 1 }`).redeclared).toEqual([]);
    expect(sourceFactsOf(`type approval = string`).redeclared).toEqual([]);
  });

  test('a text that cannot be parsed is told as such, and holds by its words', () => {
    expect(sourceFactsOf(`// approval('No')\nawait approval('Go'`)).toMatchObject({
      isReadable: false,
      holds: [{ helper: 'approval', name: 'Go', line: 2, start: 24 }]
    });
  });
});

describe('calls that nobody awaits', () => {
  test.each([
    ['$`true`', ['$']],
    ['$({ timeout: "5s" })`true`', ['$']],
    ['$`true`.text()', ['$']],
    ['$.ssh("web-1")`true`', ['$.ssh']],
    ['void $`true`', ['$']],
    ['const forward = $`kubectl port-forward`', ['$']],
    [`http.get(url)`, ['http.get']],
    [`http.get(url).until(x => x.ok)`, ['http.get']],
    [`checklist('Closing', ['Mail'])`, ['checklist']],
    [`approval('Go')`, ['approval']],
    [`splunk.search().index('a').expectNone()`, ['splunk']],
    ['list.forEach(s => $`deploy ${s}`)', ['$']],
    ['list.forEach(async s => { $`deploy ${s}` })', ['$']],
    ['ready && $`deploy`', ['$']],
    ['$`a`, await $`b`', ['$']],
    ['$`a`.then(() => $`b`)', ['$']],
    [`rollback('undo', () => $\`undo\`)`, ['rollback']]
  ])('%s', (text, helpers) => expect(unawaited(text)).toEqual(helpers));

  test.each([
    'await $`true`',
    'const text = await $`true`.text()',
    'await Promise.all([$`a`, $`b`])',
    'const a = $`a`; const b = $`b`; await Promise.all([a, b])',
    'await scatter(list, s => $`deploy ${s}`)',
    `await rollback('undo', () => $\`undo\`)`,
    'const run = () => $`true`; await run()',
    'async function f() { return $`true` } await f()',
    `const query = splunk.search().index('a')`,
    `const shell = $({ timeout: '5s' })`,
    'display.table([])',
    'for await (const line of $`tail`.lines()) {}',
    `const $ = (x: any) => x; $\`true\``
  ])('none in %s', text => expect(unawaited(text)).toEqual([]));

  test('line and place are those of the call', () => {
    const [call] = sourceFactsOf('const a = 1\n  $`true`\n').unawaited;
    expect(call).toMatchObject({ helper: '$', line: 2, start: 14, end: 21 });
  });
});

test('what changes the world is told apart from what only looks', () => {
  const changes = (text: string): string[] => sourceFactsOf(text).changes.map(({ helper }) => helper);
  expect(changes("await $`deploy`; await http.get(u); await http.post(u); await record('a', f)")).toEqual([
    '$',
    'http.post',
    'record'
  ]);
  expect(changes('await poll(() => http.get(u))')).toEqual([]);
});

describe('calls that change the world', () => {
  const changes = (text: string): string[] => sourceFactsOf(text).changes.map(({ helper }) => helper);

  test.each([
    ['await $`deploy`', ['$']],
    ['await $({ timeout: "5s" })`deploy`.text()', ['$']],
    ['await $({ changes: true })`deploy`', ['$']],
    ['await $.on(hosts)`restart`', ['$.on']],
    ['await poll("ready", () => $({ changes: true })`nudge`)', ['$']],
    ['await scatter(list, x => $`deploy ${x}`)', ['$']],
    ['await poll("ready", () => http.post("/x"))', ['http.post']],
    [
      "await record('id', () => 1); await slack('x'); await http.delete('/x')",
      ['record', 'slack', 'http.delete']
    ]
  ])('%s', (text, helpers) => expect(changes(text)).toEqual(helpers));

  test.each([
    'await $({ changes: false })`status`.pipe`head`.text()',
    'await poll("ready", () => $`status`)',
    'await soak("calm", { check: async () => (await $`status`).stdout })',
    'rollback("undo", () => $`undo`)',
    'const deploy = () => $`deploy`',
    "await http.get('/x')",
    'await splunk`x`.run()',
    '// $`deploy`'
  ])('none in %s', text => expect(changes(text)).toEqual([]));
});
