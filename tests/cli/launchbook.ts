// Runs the real command in a folder of its own, as a person does in a terminal.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
  launchbook(...args: string[]): Ended;
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
    launchbook(...args) {
      const { status, stdout, stderr } = run(process.execPath, [
        join(root, 'lib', 'cli', 'main.js'),
        ...args
      ]);
      return { code: status, stdout, stderr };
    },
    git,
    commit(message = 'Add the runbook') {
      git('add', '.');
      git('commit', '--quiet', '--message', message);
    },
    remove: () => rmSync(folder, { recursive: true, force: true })
  };
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
