// A notebook as the kernel runs it, without the protocol: each cell is checked by the real language server and run by the real
// executor process, with the helper library in it.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CellOutput } from '../../../contract/notebook/output.js';
import { ExecutorProcess } from '../../../kernel/executor/outside/executor-process.js';
import { INJECTED_NAMES } from '../../../contract/notebook/injected-names.js';
import type { CellDiagnostic } from '../../../kernel/language/answers/check.js';
import { TypeScriptSession, type Typecheck } from '../../../kernel/language/session.js';

const lib = resolve(import.meta.dirname, '../../..');

/** What a cell has come to. */
export interface LiveOutcome {
  /** Codes of the faults; the cell has run when `ran`. */
  readonly faults: readonly string[];
  readonly diagnostics: readonly CellDiagnostic[];
  readonly ran: boolean;
  /** The result as text, when the cell showed one. */
  readonly shown?: string;
  readonly stdout: string;
  readonly outputs: readonly CellOutput[];
  /** Name and message of the error that ended it. */
  readonly error?: string;
  readonly traceback: readonly string[];
}

/** A notebook in a new folder. */
export class LiveNotebook {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'live-')));
  readonly session: TypeScriptSession;
  readonly executor: ExecutorProcess;
  typecheck: Typecheck = 'error';
  #outputs: CellOutput[] = [];
  #count = 0;
  #writes = 0;

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) {
      this.write(name, text);
    }
    this.session = new TypeScriptSession({
      folder: this.folder,
      libraryPath: join(lib, 'runbook/index.d.ts'),
      injectedNames: [...INJECTED_NAMES],
      typecheck: () => this.typecheck,
      onLog: () => undefined
    });
    this.executor = new ExecutorProcess({
      nodePath: process.execPath,
      entry: join(lib, 'kernel/host/executor/executor-main.js'),
      folder: this.folder,
      env: process.env,
      settings: {
        mode: 'live',
        folder: this.folder,
        profile: null,
        fault: { name: 'Error', code: 'profile.none', message: 'None.' }
      }
    });
    this.executor.listen({
      onOutput: (_cell, output) => this.#outputs.push(output),
      onCall: () => Promise.resolve(null),
      onExit: () => undefined
    });
  }

  /** Writes a file beside the notebook, later than the last one by a full second of its clock. */
  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    this.#writes += 1;
    const time = Date.now() / 1000 + this.#writes;
    utimesSync(path, time, time);
  }

  async start(): Promise<void> {
    await Promise.all([this.session.start(), this.executor.start()]);
  }

  /** Checks a cell, and runs it when it may. */
  async run(code: string): Promise<LiveOutcome> {
    this.#count += 1;
    const key = `live ${this.#count}`;
    this.#outputs = [];
    const { diagnostics, script, lateDiagnostics } = await this.session.prepare(key, code);
    const faults = diagnostics.map(one => one.code);
    if (script === null) {
      return { faults, diagnostics, ran: false, stdout: '', outputs: [], traceback: [] };
    }
    this.session.commit(key);
    const { error } = await this.executor.run(key, script, {});
    const late = (await lateDiagnostics) ?? [];
    const outputs = this.#outputs;
    const result = outputs.find(output => output.kind === 'result');
    return {
      faults: [...faults, ...late.map(one => one.code)],
      diagnostics: [...diagnostics, ...late],
      ran: true,
      stdout: outputs
        .map(output => (output.kind === 'stream' && output.name === 'stdout' ? output.text : ''))
        .join(''),
      outputs,
      traceback: error?.traceback ?? [],
      ...(result === undefined ? {} : { shown: String(result.data['text/plain']) }),
      ...(error === undefined ? {} : { error: `${error.ename}: ${error.evalue}` })
    };
  }

  /** Waits until the running cell has printed a text; the test's own time limit is the limit. */
  async untilPrinted(text: string): Promise<void> {
    while (!this.#outputs.some(output => output.kind === 'stream' && output.text.includes(text))) {
      await sleep(5);
    }
  }

  /** The shown value of the last of several cells; or what stopped one of them. */
  async shown(...cells: readonly string[]): Promise<string | undefined> {
    let last: LiveOutcome | undefined;
    for (const code of cells) {
      last = await this.run(code);
      if (!last.ran || last.error !== undefined) {
        return [...last.diagnostics.map(one => one.frame), ...last.traceback].join('\n');
      }
    }
    return last?.shown;
  }

  async close(): Promise<void> {
    await Promise.all([this.session.dispose(), this.executor.kill()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
