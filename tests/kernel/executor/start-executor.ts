// A real executor process in an empty folder, and cells given as JavaScript. Every test that needs one closes it again.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Json, JsonObject, MimeBundle } from '../../../contract/base/json.js';
import type { CellOutput } from '../../../contract/notebook/output.js';
import {
  ExecutorProcess,
  type ExecutorExit,
  type ExecutorHandlers
} from '../../../kernel/executor/outside/executor-process.js';
import type { RunOutcome } from '../../../kernel/executor/wire/messages.js';

const fixtures = resolve(import.meta.dirname, '../../../../tests/fixtures/executor');

/** One published output and the cell it came for. */
export interface Published {
  readonly cell: string | null;
  readonly output: CellOutput;
}

/** How a cell ended and what had been published for it by then. */
export interface Finished extends RunOutcome {
  readonly key: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly result: MimeBundle | undefined;
  readonly outputs: readonly CellOutput[];
}

/** An executor with a record of everything it told. */
export class TestExecutor {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'executor-')));
  readonly published: Published[] = [];
  readonly exits: ExecutorExit[] = [];
  /** Keys of cells of which nothing lives any more. */
  readonly gone: string[] = [];
  readonly process: ExecutorProcess;
  onCall: ExecutorHandlers['onCall'] = ({ cell, method, params }) =>
    Promise.resolve({ cell, method, params });
  #cells = 0;

  constructor(entry = 'plain-entry.mjs', nodePath = process.execPath, env: NodeJS.ProcessEnv = {}) {
    this.process = new ExecutorProcess({
      nodePath,
      entry: join(fixtures, entry),
      folder: this.folder,
      env: { ...process.env, ...env }
    });
    this.process.listen({
      onOutput: (cell, output) => this.published.push({ cell, output }),
      onCall: (call, signal) => this.onCall(call, signal),
      onCellGone: key => this.gone.push(key),
      onExit: exit => this.exits.push(exit)
    });
  }

  /** The next cell's key is `cell-N`, its file `cell-N.ts` in the folder. */
  async run(
    js: string,
    options: { showsResult?: boolean; userExpressions?: JsonObject } = {}
  ): Promise<Finished> {
    this.#cells += 1;
    const key = `cell-${this.#cells}`;
    const sourceUrl = pathToFileURL(join(this.folder, `${key}.ts`)).href;
    const script = { js, showsResult: options.showsResult ?? true, sourceUrl, declares: [], later: [] };
    const outcome = await this.process.run(key, script, options.userExpressions ?? {});
    const outputs = this.outputsOf(key);
    return { ...outcome, key, ...summarize(outputs), outputs };
  }

  /** The result's text; fails with the cell's error when it has none. */
  async value(js: string): Promise<Json | undefined> {
    const { error, result } = await this.run(js);
    return error === undefined ? result?.['text/plain'] : error.traceback.join('\n');
  }

  /** Runs a cell that does not end by itself and interrupts it once it has printed `started`. */
  async interrupted(js: string): Promise<Finished & { readonly how: 'stopped' | 'replaced' }> {
    const running = this.run(js);
    await until(() => this.outputsOf(`cell-${this.#cells}`).some(isStarted));
    const how = await this.process.interrupt();
    return { ...(await running), how };
  }

  outputsOf(key: string | null): CellOutput[] {
    return this.published.filter(({ cell }) => cell === key).map(({ output }) => output);
  }

  async close(): Promise<void> {
    await this.process.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits for a condition; the test's own time limit is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await sleep(5);
  }
}

/** True while a process with this id exists and is no zombie's empty shell. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function isStarted(output: CellOutput): boolean {
  return output.kind === 'stream' && output.text.includes('started');
}

function summarize(outputs: readonly CellOutput[]): Pick<Finished, 'stdout' | 'stderr' | 'result'> {
  const text = (name: 'stdout' | 'stderr'): string =>
    outputs.map(output => (output.kind === 'stream' && output.name === name ? output.text : '')).join('');
  const result = outputs.find(output => output.kind === 'result');
  return { stdout: text('stdout'), stderr: text('stderr'), result: result?.data };
}
