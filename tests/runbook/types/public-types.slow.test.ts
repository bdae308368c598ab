// The types of the public surface, as the checker of cells sees them: exact types, expected errors, and what is offered.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DECLARATIONS, LibrarySession } from './library-session.js';

const session = new LibrarySession();
beforeAll(() => session.start());
afterAll(() => session.close());

const SAME = `type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;`;

/** A cell that has no fault when `expression` has exactly the type `type`. Every type of the library is imported. */
function cellOf(expression: string, type: string): string {
  const types = exportedNames().filter(name => /^[A-Z]/.test(name));
  return `import type { ${types.join(', ')} } from 'launchbook';\n${SAME}
const probe = ${expression};
const same: Same<typeof probe, ${type}> = true;`;
}

const SCHEMA = `({} as StandardSchema<{ version: string }>)`;

// An expression of a cell, and its exact type.
const TYPES: readonly (readonly [string, string])[] = [
  ['$', 'Shell'],
  ['$`ls ${1} ${["a", true, 3n]}`', 'Command'],
  ['await $`ls`', 'CommandResult'],
  ['await $`ls`.text()', 'string'],
  ['await $`ls`.lines()', 'string[]'],
  ['await $`ls`.json()', 'ParsedJson'],
  ['await $`ls`.json<{ a: 1 }>()', '{ a: 1 }'],
  ['$`a`.pipe`b`', 'Command'],
  ['$`a`.pipe($`b`)', 'Command'],
  ['$({ timeout: "5s" })', 'Shell'],
  ['$.ssh', '(host: string, options?: SshOptions) => Shell'],
  ['$.on(["a"])`uptime`', 'HostsCommand'],
  ['await $.on(["a"], {} as HostsOptions)`uptime`', 'readonly HostResult[]'],
  ['({} as Parameters<typeof $.on>[1])', 'HostsOptions | undefined'],
  ['({} as ShellOptions)["env"]', '{ readonly [name: string]: string | Secret } | undefined'],
  ['({} as ShellValue)', 'ShellWord | readonly ShellWord[]'],
  ['(await $`ls`).exitCode', 'number | null'],
  ['http', 'Http'],
  ['http.get', 'SendRequest'],
  ['http.get("http://x")', 'HttpRequest<ParsedJson>'],
  ['await http.post("http://x")', 'HttpResult<ParsedJson>'],
  ['await http.get("http://x").text()', 'string'],
  ['await http.get("http://x").json()', 'ParsedJson'],
  ['await http.get("http://x").json<{ a: 1 }>()', '{ a: 1 }'],
  [`await http.get("http://x", { schema: ${SCHEMA} }).json()`, '{ version: string }'],
  [`(await http.put("http://x", { schema: ${SCHEMA} })).json()`, '{ version: string }'],
  ['await http.head("http://x").until(() => true, { timeout: "1s" })', 'HttpResult<ParsedJson>'],
  ['({} as UntilPredicate)', '(result: HttpResult) => boolean | PromiseLike<boolean>'],
  ['({} as UntilOptions).timeout', 'Duration'],
  ['({} as HttpOptions).limit', 'ByteSize | undefined'],
  ['({} as ExchangeFacts).status', 'number | null'],
  ['({} as StandardVerdict<string>).issues', 'readonly StandardIssue[] | undefined'],
  ['({} as StandardSchema<1>)["~standard"]["version"]', '1'],
  ['secret', 'SecretReader'],
  ['await secret("TOKEN")', 'Secret'],
  ['(await secret.text`Bearer ${await secret.file("t")}`).reveal()', 'string'],
  ['await secret.command`op read x`', 'Secret'],
  ['splunk', 'Splunk'],
  ['splunk.search()', 'Search'],
  ['splunk.search().where({ a: [1, "x"], b: { above: 3 } })', 'Search'],
  ['({} as Conditions)["a"]', 'SplValue | readonly SplValue[] | Comparisons'],
  ['splunk.search().stats({ errors: "count()" }, { by: ["service"] })', 'Search'],
  ['({} as Aggregations)', '{ readonly [name: string]: string }'],
  ['splunk.search().earliest', '(time: SearchTime) => Search'],
  ['splunk.search().toSpl()', 'string'],
  ['await splunk.search().run()', 'SearchResult'],
  ['(await splunk.search().run()).rows', 'readonly SearchRow[]'],
  ['[...await splunk.search().expectNone()]', 'SearchRow[]'],
  ['({} as Parameters<Search["run"]>[0])', 'RunOptions | undefined'],
  ['({} as Parameters<Search["expectNone"]>[0])', 'CheckOptions | undefined'],
  ['(await splunk.search().run()).messages', 'readonly SplunkMessage[]'],
  ['({} as Parameters<Search["expectBelow"]>[1])', 'ExpectOptions | undefined'],
  ['({} as RunOptions).onStop', 'StopStrategy | undefined'],
  ['splunk.search().beforeAfter("Deploy")', 'BeforeAfter<Search>'],
  ['await splunk.search().beforeAfter("Deploy").run()', 'BeforeAfterResult'],
  ['await approval("QA")', 'ApprovalRelease'],
  ['(await approval("QA")).decisions', 'readonly ApprovalDecision[]'],
  ['({} as NonNullable<ApprovalOptions["form"]>)["window"]', 'FieldOption'],
  ['({} as Parameters<typeof approval>[1])', 'ApprovalOptions | undefined'],
  ['(await approval("QA")).by', 'Person'],
  ['await checklist("Closing", ["a", { text: "b", required: false }])', 'void'],
  ['({} as Parameters<typeof checklist>[1])', 'readonly ChecklistEntry[]'],
  ['await assign("Smoke tests", [{ task: "Order a tea", owner: "ann" }])', 'AssignedTaskList'],
  ['({} as Parameters<typeof assign>[1])', 'readonly TaskOptions[]'],
  ['await gather({} as AssignedTaskList)', 'readonly TaskState[]'],
  ['({} as GatherOptions).wait', 'GatherRule | undefined'],
  ['({} as Parameters<typeof gather>[1])', 'GatherOptions | undefined'],
  ['await checkpoint("here")', 'void'],
  ['await note("slow")', 'void'],
  ['await record("x", () => 5)', 'number'],
  ['await record("x", async () => ({ a: "b" }))', '{ a: string }'],
  ['({} as Parameters<typeof record>[2])', 'RecordOptions | undefined'],
  ['await poll(async () => ("2.4.0" as string | false))', 'string'],
  ['({} as Exclude<5 | 0 | "" | null, NotYet>)', '5'],
  ['({} as Parameters<typeof poll>[1])', 'PollOptions | undefined'],
  ['({} as Parameters<Parameters<typeof poll>[0]>[0])', 'Check'],
  ['await soak("15m", { check: () => true })', 'SoakResult'],
  ['background', 'Background'],
  ['await background("forward", () => $`true`)', 'BackgroundWork'],
  ['await guard("Canary", () => 7, { while: () => true })', 'number'],
  ['({} as Parameters<typeof guard>[2])', 'GuardOptions'],
  ['({} as Parameters<typeof soak>[1])', 'SoakOptions | undefined'],
  ['rollback', 'Rollback'],
  ['rollback.plan()', 'readonly PlannedRollback[]'],
  ['({} as Parameters<typeof rollback.run>[0])', 'RollbackOptions | undefined'],
  ['await scatter(["a"], async host => host.length)', 'ScatterResult<string, number>'],
  ['(await scatter([1], n => `${n}`)).items', 'readonly ScatterItem<number, string>[]'],
  ['({} as ScatterOptions<number>).name', '((item: number) => string) | undefined'],
  ['slack', 'Slack'],
  ['await slack.post("x")', 'SlackMessage'],
  ['({} as SlackOptions).channel', 'string | undefined'],
  ['environment', 'Environment'],
  ['environment.vars', 'EnvironmentVars'],
  ['environment.parameters', 'EnvironmentParameters'],
  ['environment.mode', '"live" | "rehearsal" | "dry-run"'],
  ['environment.release', 'string | null'],
  ['display', 'Display'],
  ['display.table', '(rows: Iterable<object>, options?: { readonly columns?: readonly string[] }) => void'],
  ['({} as Parameters<typeof display.lineChart>[1])', 'LineChartOptions | undefined'],
  ['({} as Parameters<typeof display.barChart>[1])', 'BarChartOptions | undefined'],
  ['({} as Parameters<typeof display.timeline>[0])', 'Iterable<TimelineEntry>'],
  ['({} as Parameters<typeof display.status>[0])', 'BadgeStatus']
];

/** Errors of the library by class, and a field that a `catch` of theirs can read. */
const ERRORS: readonly (readonly [string, string, string])[] = [
  ['LaunchbookError', 'code', 'string'],
  ['UsageError', 'hint', 'string | undefined'],
  ['CheckFailedError', 'code', 'string'],
  ['CommandFailedError', 'exitCode', 'number | null'],
  ['HostsFailedError', 'hosts', 'readonly HostResult[]'],
  ['RequestFailedError', 'status', 'number | null'],
  ['RollbackFailedError', 'remaining', 'readonly string[]'],
  ['ScatterFailedError', 'result', 'ScatterResult<unknown, unknown>'],
  ['SearchFailedError', 'spl', 'string'],
  ['SecretUnavailableError', 'code', 'string'],
  ['SlackFailedError', 'code', 'string'],
  ['WaitFailedError', 'checks', 'number'],
  ['GuardBreachedError', 'isRolledBack', 'boolean']
];

/** Cells that the checker must refuse: the code of the fault, and the text that it points at. */
const REFUSED: readonly (readonly [string, string, string])[] = [
  ['await $`echo ${{ a: 1 }}`', 'TS2353', 'a'],
  ['await $`echo ${undefined}`', 'TS2345', 'undefined'],
  ['await $`echo ${Promise.resolve("x")}`', 'TS2345', 'Promise.resolve("x")'],
  ['$({ tiemout: "5s" })', 'TS2769', 'tiemout'],
  ['$({ retry: "2" })', 'TS2769', 'retry'],
  ['$.on("web-1")`uptime`', 'TS2345', '"web-1"'],
  ['$.ssh("web-1", { prot: 22 })', 'TS2353', 'prot'],
  ['http.get("http://x").until(() => true, {})', 'TS2741', '{}'],
  ['http.get("http://x").until(() => true)', 'TS2554', 'until'],
  ['http.get("http://x", { schema: { parse: () => 1 } })', 'TS2769', 'parse'],
  ['http.get("http://x", { timeout: true })', 'TS2769', 'timeout'],
  ['http.fetch("http://x")', 'TS2339', 'fetch'],
  ['splunk.search().where({ a: { bigger: 1 } })', 'TS2353', 'bigger'],
  ['splunk.search().where({ a: new Date() })', 'TS2322', 'a'],
  ['await splunk.search().run({ via: "jobs" })', 'TS2820', 'via'],
  ['await splunk.search().run({ onStop: "drop" })', 'TS2322', 'onStop'],
  ['const search = await splunk.search(); search.then', 'TS2339', 'then'],
  ['await record("x")', 'TS2554', 'record'],
  ['await poll(() => true, { evry: "1s" })', 'TS2561', 'evry'],
  ['await soak()', 'TS2554', 'soak'],
  ['await approval("QA", { approver: ["ann"] })', 'TS2561', 'approver'],
  ['await checklist("Closing", [{ txt: "a" }])', 'TS2561', 'txt'],
  ['await rollback("back")', 'TS2554', 'rollback'],
  ['await scatter([1], () => 1, { name: item => item })', 'TS2322', 'name'],
  ['await slack.post("x", { chanel: "#a" })', 'TS2561', 'chanel'],
  ['display.status("done", "x")', 'TS2345', '"done"'],
  ['display.table([1, 2])', 'TS2345', '[1, 2]'],
  ['environment.mode = "dry-run"', 'TS2540', 'mode'],
  ['environment.vars.url = "x"', 'TS2542', 'environment.vars.url'],
  ['(await $`ls`).exitCode = 0', 'TS2540', 'exitCode'],
  ['import { performEffect } from "launchbook"', 'TS2305', 'performEffect'],
  ['await note(5)', 'TS2345', '5'],
  ['await checkpoint()', 'TS2554', 'checkpoint'],
  ['await secret(5)', 'TS2345', '5']
];

const OF_PROMISES = ['catch', 'finally', 'then'];
const OF_FUNCTIONS = [
  '[Symbol]',
  'apply',
  'arguments',
  'bind',
  'call',
  'caller',
  'length',
  'name',
  'prototype',
  'toString'
];

/** What is offered behind a dot, and nothing else. */
const OFFERED: readonly (readonly [string, readonly string[]])[] = [
  ['http.|', ['delete', 'get', 'head', 'patch', 'post', 'put']],
  ['http.get("http://x").|', [...OF_PROMISES, 'json', 'text', 'until']],
  ['$`ls`.|', [...OF_PROMISES, 'json', 'lines', 'pipe', 'text']],
  ['$.|', [...OF_FUNCTIONS, 'on', 'ssh']],
  ['secret.|', [...OF_FUNCTIONS, 'command', 'file', 'text']],
  ['(await secret("T")).|', ['[Symbol]', 'name', 'reveal', 'toJSON', 'toString']],
  ['splunk.|', ['quote', 'search']],
  ['splunk.search().beforeAfter("x").|', ['resolve', 'run']],
  ['rollback.|', [...OF_FUNCTIONS, 'plan', 'run']],
  ['slack.|', ['escape', 'post']],
  ['(await slack.post("x")).|', ['channel', 'edit', 'reply', 'ts']],
  ['environment.|', ['isProduction', 'mode', 'name', 'parameters', 'release', 'vars']],
  ['display.|', ['barChart', 'json', 'lineChart', 'markdown', 'status', 'table', 'timeline']],
  ['(await soak("1s")).|', ['checks', 'durationMs']],
  ['(await scatter([1], n => n)).|', ['durationMs', 'failed', 'items', 'retryFailed', 'values']],
  [
    'splunk.search().|',
    [
      ...[
        'beforeAfter',
        'contains',
        'earliest',
        'eval',
        'expectBelow',
        'expectNone',
        'head',
        'index',
        'latest'
      ],
      ...['link', 'raw', 'resolve', 'run', 'sort', 'stats', 'table', 'timechart', 'toSpl', 'where', 'window']
    ]
  ]
];

describe('the exact type of', () => {
  test.each(TYPES)('%s is %s', async (expression, type) => {
    expect(await session.faultsOf(cellOf(expression, type))).toEqual([]);
  });

  test.each(ERRORS)('a %s has %s: %s', async (name, field, type) => {
    const cell = cellOf(`(({} as unknown) as ${name}).${field}`, type);
    expect(await session.faultsOf(cell)).toEqual([]);
  });

  test('anything else is found to be different', async () => {
    const codes = (await session.faultsOf(cellOf('await $`ls`.text()', 'string | null'))).map(
      one => one.code
    );
    expect(codes).toEqual(['TS2322']);
    expect(await session.faultsOf(cellOf('await $`ls`.text()', 'any'))).toHaveLength(1);
  });
});

describe('a wrong call is refused where it is wrong:', () => {
  test.each(REFUSED)('%s', async (cell, code, place) => {
    const faults = await session.faultsOf(cell);
    expect(faults.map(fault => fault.code)).toEqual([code]);
    expect(markedText(faults[0]!.frame)).toBe(place);
  });
});

describe('completion offers the public surface alone behind', () => {
  test.each(OFFERED)('%s', async (marked, names) => {
    expect(await session.completionsAt(marked)).toEqual([...names].sort());
  });

  test('the name of the library', async () => {
    const offered = await session.completionsAt('import { | } from "launchbook"');
    expect(offered.filter(name => name !== 'type')).toEqual(exportedNames().sort());
  });
});

test('every name of the public surface has its type held here', () => {
  const held = [...TYPES.flat(), ...ERRORS.flat(), SCHEMA, 'isLaunchbookError'].join(' ');
  expect(
    exportedNames().filter(name => !new RegExp(`(?<!\\w)${name.replace('$', '\\$')}(?!\\w)`).test(held))
  ).toEqual([]);
});

test('an error of ours narrows in a catch', async () => {
  const cell = `import { isLaunchbookError } from 'launchbook';
try { await $\`false\` } catch (error) { if (isLaunchbookError(error)) { const code: string = error.code; } }`;
  expect(await session.faultsOf(cell)).toEqual([]);
});

function exportedNames(): string[] {
  const text = readFileSync(DECLARATIONS, 'utf8');
  return [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(match =>
    match[1]!
      .split(',')
      .map(name => name.trim())
      .filter(name => name !== '')
  );
}

/** What the carets under a line of a frame point at. */
function markedText(frame: string): string {
  const lines = frame.split('\n');
  const carets = lines.findIndex(line => /^[ |]*\^+$/.test(line));
  const from = lines[carets]!.indexOf('^');
  return lines[carets - 1]!.slice(from, lines[carets]!.length);
}
