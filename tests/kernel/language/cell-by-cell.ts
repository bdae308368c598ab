// A notebook for tests: each cell is checked by the real language server, and evaluated by a real inspector session in REPL
// mode, in a process of its own.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import {
  TypeScriptSession,
  type Prepared,
  type Script,
  type TypeScriptSessionOptions
} from '../../../kernel/language/session.js';

const FIXTURES = resolve(import.meta.dirname, '../../../../tests/fixtures/language');

/** The type definitions of the small library of these tests. */
export const LIBRARY = join(FIXTURES, 'library.d.ts');

/** What a cell has come to. */
export interface CellOutcome extends Prepared {
  /** What V8 said; undefined when the cell did not run. */
  readonly value?: unknown;
  readonly error?: string;
}

/** A notebook in a new folder. */
export class CellByCell {
  readonly folder = mkdtempSync(join(tmpdir(), 'cells-'));
  readonly logs: string[] = [];
  readonly session: TypeScriptSession;
  #evaluator: ChildProcessWithoutNullStreams | undefined;
  #lines: Interface | undefined;
  #count = 0;

  constructor(options: Partial<TypeScriptSessionOptions> = {}, files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(this.folder, name), text);
    }
    this.session = new TypeScriptSession({
      folder: this.folder,
      libraryPath: LIBRARY,
      injectedNames: ['$', 'http'],
      onLog: text => this.logs.push(text),
      ...options
    });
  }

  /** Checks a cell and runs it when it has no errors. */
  async run(code: string): Promise<CellOutcome> {
    this.#count += 1;
    const key = `cell ${this.#count}`;
    const prepared = await this.session.prepare(key, code);
    if (prepared.script === null) {
      return prepared;
    }
    this.session.commit(key);
    return { ...prepared, ...(await this.#evaluate(prepared.script)) };
  }

  /** The value of the last of several cells. Throws when one of them has a fault or throws. */
  async valueOf(...cells: string[]): Promise<unknown> {
    let value: unknown;
    for (const code of cells) {
      const outcome = await this.run(code);
      const fault = outcome.diagnostics.find(one => one.severity === 'error')?.frame ?? outcome.error;
      if (fault !== undefined) {
        throw new Error(fault);
      }
      value = outcome.value;
    }
    return value;
  }

  /** The codes of the faults of a cell. */
  async faultsOf(code: string): Promise<string[]> {
    return (await this.run(code)).diagnostics.map(one => one.code);
  }

  async close(): Promise<void> {
    await this.session.dispose();
    this.#evaluator?.kill();
    this.#lines?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #evaluate(script: Script): Promise<{ value?: unknown; error?: string }> {
    this.#evaluator ??= spawn(process.execPath, [join(FIXTURES, 'evaluator.mjs')], { cwd: this.folder });
    this.#lines ??= createInterface({ input: this.#evaluator.stdout });
    const lines = this.#lines;
    const answer = new Promise<string>(answered => lines.once('line', answered));
    this.#evaluator.stdin.write(`${JSON.stringify(script)}\n`);
    return JSON.parse(await answer) as { value?: unknown; error?: string };
  }
}
