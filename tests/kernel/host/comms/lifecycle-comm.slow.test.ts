// What the command does with whole runs, over a comm, with real files and git.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../../../contract/base/json.js';
import {
  LIFECYCLE_COMM,
  isLifecycleRequest,
  type LifecycleAnswer
} from '../../../../contract/comms/lifecycle-comm.js';
import type { Comm } from '../../../../kernel/core/ports/ports.js';
import { LifecycleComm } from '../../../../kernel/host/comms/lifecycle-comm.js';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'launchbook-lifecycle-')));
  const cell = (cell_type: string, id: string, source: string, tags?: string[]): object => ({
    cell_type,
    id,
    metadata: tags ? { tags } : {},
    source,
    ...(cell_type === 'code' ? { outputs: [], execution_count: null } : {})
  });
  const cells = [
    cell('markdown', 'title', '# Release'),
    cell('code', 'values', "const release = '1.0';\nconst batch = 2;", ['parameters']),
    cell('markdown', 'deploy', '## Deploy'),
    cell('code', 'go', 'release')
  ];
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(folder, 'release.ipynb'), JSON.stringify(notebook));
  writeFileSync(
    join(folder, 'launchbook.yml'),
    'environments:\n  staging: {}\n  production:\n    production: true\n'
  );
  git('init', '--template=', '-q');
  git('add', '.');
  git('-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', 'commit', '-qm', 'Begin');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): void {
  execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
}

const NEW = {
  template: 'release.ipynb',
  release: '2.4.0',
  environment: 'staging',
  parameters: ['batch=5'],
  branch: false,
  uncommitted: false
};
const RUN = 'runs/2.4.0-staging/release.ipynb';

/** The answers to messages that are sent one after the other. */
async function talk(...messages: Json[]): Promise<LifecycleAnswer[]> {
  const answers: LifecycleAnswer[] = [];
  let receive: (data: Json) => void = () => undefined;
  let arrived: () => void = () => undefined;
  const comm: Comm = {
    id: 'one',
    target: LIFECYCLE_COMM,
    session: 'page',
    send: data => {
      answers.push(data as unknown as LifecycleAnswer);
      arrived();
    },
    tellAll: () => undefined,
    close: () => undefined,
    forget: () => undefined,
    onMessage: handle => (receive = handle),
    onClose: () => undefined
  };
  new LifecycleComm(folder).open(comm);
  for (const message of messages) {
    const answered = new Promise<void>(resolve => (arrived = resolve));
    receive(message);
    await answered;
  }
  return answers;
}

test('a template is described by its environments and parameters, without the release itself', async () => {
  const [answer] = await talk({ request: 'a', verb: 'describe', input: { template: 'release.ipynb' } });
  expect(answer).toEqual({
    request: 'a',
    result: {
      template: 'release.ipynb',
      environments: [
        { name: 'staging', isProduction: false },
        { name: 'production', isProduction: true }
      ],
      parameters: [{ name: 'batch', text: '2' }],
      guesses: 0
    },
    error: null
  });
});

test('a run is described by its runbook, and by nothing when that is gone', async () => {
  const describe = { request: 'b', verb: 'describe', input: { template: RUN } };
  const [made, answer] = await talk({ request: 'a', verb: 'new', input: NEW }, describe);
  expect(made).toMatchObject({ error: null });
  expect(answer).toMatchObject({ result: { template: 'release.ipynb', parameters: [{ name: 'batch' }] } });
  rmSync(join(folder, 'release.ipynb'));
  const [gone] = await talk(describe);
  expect(gone?.error).toMatchObject({ code: 'template.missing' });
});

test('a run is made as the command makes it, and its path is told as the front end writes paths', async () => {
  const [answer] = await talk({ request: 'a', verb: 'new', input: NEW });
  expect(answer).toMatchObject({ result: { path: RUN, notes: [] }, error: null });
  const made = JSON.parse(readFileSync(join(folder, RUN), 'utf8')) as {
    metadata: { launchbook: { run: object } };
  };
  expect(made.metadata.launchbook.run).toMatchObject({
    mode: 'rehearsal',
    parameters: { release: '2.4.0', batch: 5 }
  });
});

test('every fault of a refused run is in the answer, and nothing was made', async () => {
  const input = { ...NEW, environment: 'stagign', parameters: ['size=1'], mode: 'alive' };
  const [answer] = await talk({ request: 'a', verb: 'new', input });
  expect(answer!.result).toBeNull();
  expect(answer!.error).toMatchObject({ code: 'run.refused' });
  const faults = answer!.error!.fields!['faults'] as { field: string | null }[];
  expect(faults.map(fault => fault.field)).toEqual(expect.arrayContaining(['environment', 'mode', null]));
  expect(existsSync(join(folder, 'runs'))).toBe(false);
});

describe('a document', () => {
  const IMPORT = { request: 'a', verb: 'import', input: { file: 'deploy.md', force: false } };

  test('becomes a runbook beside it, and is never imported over what is there without being asked', async () => {
    writeFileSync(join(folder, 'deploy.md'), '# Deploy\n\n## Deploy\n\n```sh\nls <folder>\n```\n');
    const [made, again, forced] = await talk(IMPORT, IMPORT, {
      ...IMPORT,
      input: { file: 'deploy.md', force: true }
    });
    expect(made!.result).toEqual({
      path: 'deploy.ipynb',
      report: 'deploy.import.md',
      head: expect.stringMatching(/^1 phase, 1 step: /)
    });
    expect(again).toMatchObject({ result: null, error: { code: 'import.exists' } });
    expect(forced!.result).toEqual(made!.result);
  });

  test('with guesses left is refused by live production, or makes a run that records the reason', async () => {
    writeFileSync(join(folder, 'deploy.md'), '# Deploy\n\n## Deploy\n\n```sh\nls <folder>\n```\n');
    const [, described] = await talk(IMPORT, {
      request: 'b',
      verb: 'describe',
      input: { template: 'deploy.ipynb' }
    });
    expect(described!.result).toMatchObject({ guesses: 1 });
    git('add', '.');
    git('-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', 'commit', '-qm', 'Import');
    const input = { ...NEW, template: 'deploy.ipynb', environment: 'production', parameters: ['folder=a'] };
    const [refused, short, made] = await talk(
      { request: 'c', verb: 'new', input },
      { request: 'd', verb: 'new', input: { ...input, guesses: 'late' } },
      { request: 'e', verb: 'new', input: { ...input, guesses: 'Nobody is awake to look' } }
    );
    const faultsOf = (answer: LifecycleAnswer | undefined): unknown => answer!.error!.fields!['faults'];
    expect(faultsOf(refused)).toEqual([
      { field: null, text: expect.stringContaining('1 guess of an import is left: parameters (') }
    ]);
    expect(faultsOf(short)).toEqual([{ field: 'guesses', text: expect.stringContaining('is "late"') }]);
    const { path } = made!.result as { path: string };
    expect(JSON.parse(readFileSync(join(folder, path), 'utf8'))).toMatchObject({
      metadata: { launchbook: { run: { guesses: { count: 1, reason: 'Nobody is awake to look' } } } }
    });
  });
});

test('a run is set back and keeps its old attempt', async () => {
  const [made, reset] = await talk(
    { request: 'a', verb: 'new', input: NEW },
    { request: 'b', verb: 'reset', input: { run: RUN, latest: false } }
  );
  expect(reset).toMatchObject({ request: 'b', result: { path: RUN }, error: null });
  expect(reset!.result).not.toMatchObject({ id: (made!.result as { id: string }).id });
  expect(existsSync(join(folder, 'runs/2.4.0-staging/release.attempt-1.ipynb'))).toBe(true);
});

test('a status is the text that the command prints', async () => {
  const [, status] = await talk(
    { request: 'a', verb: 'new', input: NEW },
    { request: 'b', verb: 'status', input: { run: RUN } }
  );
  expect((status!.result as { text: string }).text).toContain('Deploy');
});

test('a run of which nothing has run is not archived, with the reason', async () => {
  const [, archive] = await talk(
    { request: 'a', verb: 'new', input: NEW },
    { request: 'b', verb: 'archive', input: { run: RUN, unfinished: false } }
  );
  expect(archive).toMatchObject({ result: null, error: { code: 'archive.refused' } });
});

test('a report is the text that the command prints, and a page', async () => {
  const [, report] = await talk(
    { request: 'a', verb: 'new', input: NEW },
    { request: 'b', verb: 'report', input: { run: RUN } }
  );
  const { title, markdown, html } = report!.result as { title: string; markdown: string; html: string };
  expect(markdown).toContain(`# ${title}`);
  expect(html).toContain(`<title>${title}</title>`);
});

test('without earlier runs nothing is usual', async () => {
  const [, habits] = await talk(
    { request: 'a', verb: 'new', input: NEW },
    { request: 'b', verb: 'habits', input: { run: RUN } }
  );
  expect(habits).toEqual({ request: 'b', result: { steps: {} }, error: null });
});

test('what was changed in a run becomes a branch, and a second time nothing new', async () => {
  await talk({ request: 'a', verb: 'new', input: NEW });
  const learn = { request: 'b', verb: 'learn', input: { run: RUN } };
  const [before] = await talk(learn);
  expect(before).toMatchObject({ result: { changes: [], branch: null }, error: null });
  const path = join(folder, RUN);
  writeFileSync(path, readFileSync(path, 'utf8').replace('"release"', '"release + 1"'));
  const [once, twice] = await talk(learn, learn);
  expect(once).toMatchObject({
    result: { changes: [{ kind: 'edited' }], branch: 'redlines/2.4.0-staging' },
    error: null
  });
  expect(twice!.result).toEqual(once!.result);
});

describe('a path', () => {
  test.each(['../elsewhere.ipynb', '/etc/passwd', 'runs/../../elsewhere.ipynb'])(
    '%s leads out of the folder and is refused',
    async template => {
      const [answer] = await talk({ request: 'a', verb: 'describe', input: { template } });
      expect(answer).toMatchObject({ result: null, error: { code: 'lifecycle.bad_path' } });
    }
  );
});

test.each<[Json]>([
  [null],
  ['x'],
  [{ request: 'a', verb: 'delete', input: {} }],
  [{ request: 'a', verb: 'toString', input: {} }],
  [{ request: 'a', verb: 'status', input: null }],
  [{ request: 'a', verb: 'status', input: { run: 7 } }],
  [{ request: 'a', verb: 'new', input: { ...NEW, parameters: [1] } }],
  [{ request: 'a', verb: 'new', input: { ...NEW, mode: 1 } }],
  [{ verb: 'status', input: { run: RUN } }]
])('what is no request is left alone: %j', message => {
  expect(isLifecycleRequest(message)).toBe(false);
});

test('the rules that a project has switched off are told with its environments and the phases of their policies', async () => {
  writeFileSync(
    join(folder, 'launchbook.yml'),
    'environments:\n  staging: {}\n  production: { policy: { phases: { Deploy: { required: 2 } } } }\nlint: { off: { cell-too-long: the table of hosts } }\n'
  );
  const [answer] = await talk({ request: 'a', verb: 'rules', input: {} });
  expect(answer).toEqual({
    request: 'a',
    result: {
      names: { groups: [], people: [], doubtful: [] },
      environments: ['staging', 'production'],
      unmetPolicies: [],
      policyPhases: [{ environment: 'production', title: 'Deploy' }],
      off: { 'cell-too-long': 'the table of hosts' }
    },
    error: null
  });
});

test('a rule that does not exist is told as a fault of launchbook.yml', async () => {
  writeFileSync(join(folder, 'launchbook.yml'), 'lint: { off: { cell-to-long: x } }\n');
  const [answer] = await talk({ request: 'a', verb: 'rules', input: {} });
  expect(answer!.result).toBeNull();
  expect(answer!.error!.message).toMatch(/no rule "cell-to-long".*Did you mean 'cell-too-long'/);
});

test('what texts say of helpers is told in the order of the texts', async () => {
  const texts = ["await approval('Go')", '$`true`', 'approval('];
  const [answer] = await talk({ request: 'a', verb: 'facts', input: { texts } });
  expect(answer!.result).toMatchObject({
    facts: [
      { isReadable: true, holds: [{ name: 'Go' }], unawaited: [] },
      { isReadable: true, holds: [], unawaited: [{ helper: '$', line: 1 }] },
      { isReadable: false }
    ]
  });
});
