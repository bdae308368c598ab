// A run of a few steps in a folder of its own, executed by the command's own kernel: real executor, real journal on disk.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { openHeadlessRun, type HeadlessRun } from '../../kernel/host/headless/headless-run.js';

/** One notebook, its journal, and what its steps leave behind. */
export class HeadlessFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'launchbook-steps-'));

  /** `sources`: step id to text, in order. */
  constructor(
    sources: { readonly [step: string]: string },
    launchbookYml = 'environments: { staging: {} }\n'
  ) {
    const run = {
      id: '2.4.0-staging-0a1b2c',
      runbook: 'release.ipynb',
      commit: null,
      release: '2.4.0',
      environment: 'staging',
      mode: 'live',
      createdAt: '2026-11-22T08:00:00.000Z',
      createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
      parameters: {}
    };
    const cells = Object.entries(sources).map(([id, source]) => ({
      id,
      cell_type: 'code',
      metadata: {},
      source,
      outputs: [],
      execution_count: null
    }));
    const notebook = { cells, metadata: { launchbook: { run } }, nbformat: 4, nbformat_minor: 5 };
    writeFileSync(this.path('release.ipynb'), JSON.stringify(notebook));
    writeFileSync(this.path('launchbook.yml'), launchbookYml);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** What steps have written into a file with `echo … >> NAME`, line by line. */
  lines(name: string): string[] {
    try {
      return readFileSync(this.path(name), 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  records(): JournalRecord[] {
    return readFileSync(this.path('release.journal.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as JournalRecord);
  }

  /** The notebook as it is saved now. */
  notebook(): { readonly [key: string]: unknown } {
    return JSON.parse(readFileSync(this.path('release.ipynb'), 'utf8')) as {
      readonly [key: string]: unknown;
    };
  }

  /** Another text for a step, as an edit in the saved notebook. */
  edit(step: string, source: string): void {
    const notebook = JSON.parse(readFileSync(this.path('release.ipynb'), 'utf8')) as {
      cells: { id: string; source: string }[];
    };
    notebook.cells.find(({ id }) => id === step)!.source = source;
    writeFileSync(this.path('release.ipynb'), JSON.stringify(notebook));
  }

  /** Opens the run, and closes it afterwards. `onRecord` hears of each record when it is on disk. */
  async during<T>(
    act: (run: HeadlessRun) => Promise<T>,
    onRecord: (record: JournalRecord) => void = () => undefined
  ): Promise<T> {
    const run = await openHeadlessRun({
      path: this.path('release.ipynb'),
      nodePath: process.execPath,
      username: 'ann',
      log: () => undefined,
      onRecord
    });
    try {
      return await act(run);
    } finally {
      await run.close();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Ends the executors of this process, as a crash does. `folder`: those alone that work in it. */
export function killExecutors(folder?: string): void {
  const pids = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'executor-main'], {
    encoding: 'utf8'
  });
  pids
    .trim()
    .split('\n')
    .filter(pid => folder === undefined || folderOf(pid) === realpathSync(folder))
    .forEach(pid => process.kill(Number(pid), 'SIGKILL'));
}

/** The folder that a process works in; null: it has ended meanwhile. */
function folderOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
