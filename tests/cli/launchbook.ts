// The `launchbook` command in a folder of its own: called in this process, which takes milliseconds, or as a process of its own, as a
// person does in a terminal. Each command has at least one test of the second kind.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { launchbook } from '../../cli/launchbook.js';
import { Terminal } from '../../cli/terminal.js';
import { root } from '../house/root.js';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that is removed by `remove`, with files and the command in it. */
export interface Sandbox {
  readonly folder: string;
  write(path: string, content: string | object): string;
  /** Calls the command in this process; one call at a time. */
  launchbook(...args: string[]): Promise<Ended>;
  /** Runs the command as a process. */
  spawn(...args: string[]): Ended;
  git(...args: string[]): string;
  /** Commits everything in the folder. */
  commit(message?: string): void;
  remove(): void;
}

export function makeSandbox(environment: NodeJS.ProcessEnv = {}): Sandbox {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'launchbook-cli-')));
  const run = (program: string, args: string[]) =>
    spawnSync(program, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...environment } });
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=Ann Lee', '-c', 'user.email=ann@example.com'];
    return run('git', [...identity, ...args]).stdout.trim();
  };
  return {
    folder,
    write(path, content) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
    launchbook: (...args) => callLaunchbook(folder, args, environment),
    spawn: (...args) => spawnLaunchbook(folder, args, environment),
    git,
    commit(message = 'Add the runbook') {
      git('add', '.');
      git('commit', '--quiet', '--message', message);
    },
    remove: () => rmSync(folder, { recursive: true, force: true })
  };
}

/** Calls the command in this process, in `folder` and with these variables over the present ones; one call at a time. */
export async function callLaunchbook(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {}
): Promise<Ended> {
  const before = { folder: process.cwd(), environment: { ...process.env } };
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  process.chdir(folder);
  Object.assign(process.env, environment);
  try {
    const streams = [stdout, stderr] as unknown as [NodeJS.WriteStream, NodeJS.WriteStream];
    const code = await launchbook(args, new Terminal(...streams));
    stdout.end();
    stderr.end();
    return { code, stdout: await text(stdout), stderr: await text(stderr) };
  } finally {
    process.chdir(before.folder);
    Object.keys(environment).forEach(name => delete process.env[name]);
    Object.assign(process.env, before.environment);
  }
}

/** Runs the command as a process in `folder`. */
export function spawnLaunchbook(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {}
): Ended {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'lib', 'cli', 'main.js'), ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, ...environment } }
  );
  return { code: status, stdout, stderr };
}

/** A template that somebody executed before it was committed. */
export const TEMPLATE = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' },
    widgets: { 'application/vnd.jupyter.widget-state+json': {} }
  },
  cells: [
    { cell_type: 'markdown', id: 'prepare', metadata: {}, source: '## Prepare' },
    {
      cell_type: 'code',
      id: 'parameters',
      metadata: { tags: ['parameters'], execution: { 'iopub.execute_input': '2026-11-22T08:00:00Z' } },
      execution_count: 7,
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'old' }],
      source: [
        "const release = '2.3.0'\n",
        'const batch: number = 2;\n',
        'const isQuick = false; // for rehearsals\n'
      ]
    },
    { cell_type: 'markdown', id: 'deploy', metadata: {}, source: '## Deploy' },
    {
      cell_type: 'code',
      id: 'deploy-all',
      metadata: { collapsed: true, launchbook: { attempts: [] } },
      execution_count: 8,
      outputs: [],
      source: 'await $`true`'
    }
  ]
};

export const ENVIRONMENTS = 'environments:\n  staging: {}\n  production:\n    production: true\n';
