// The interpreter of this kernel: the language server checks and completes, the executor runs. The order of a cell:
// check, and stop there on a type error; make its names known; run.
import type { JsonObject, MimeBundle } from '../../contract/json.js';
import type {
  Cell,
  CellError,
  CellOutput,
  Completeness,
  Completions,
  ExecuteOutcome,
  Interpreter
} from '../core/ports.js';
import { describeDeath } from '../executor/describe-death.js';
import type { ExecutorProcess } from '../executor/executor-process.js';
import type { CellDiagnostic } from '../language/check.js';
import type { Prepared, TypeScriptSession } from '../language/session.js';
import { cellErrorOf } from './cell-error.js';

/** Stops a waiting helper of a cell: approvals, effects. */
export interface CellScopes {
  /** Begins a cell; its signal aborts at `end` or `abort`. */
  begin(cellKey: string): void;
  end(cellKey: string): void;
  signalOf(cellKey: string | null): AbortSignal;
}

/** What the interpreter is made of. */
export interface InterpreterParts {
  readonly session: TypeScriptSession;
  readonly executor: ExecutorProcess;
  readonly scopes: CellScopes;
  readonly publish: (cellKey: string, output: CellOutput) => void;
  /** True when the executor that the cell was admitted to has ended: the variables it builds on are gone. */
  readonly isCutOff: (cellKey: string) => boolean;
}

/** Checks with TypeScript 7, runs in the executor. */
export class TypeScriptInterpreter implements Interpreter {
  readonly #parts: InterpreterParts;
  #interrupted = new Set<string>();
  #checking: string | undefined;

  constructor(parts: InterpreterParts) {
    this.#parts = parts;
  }

  async execute(cell: Cell, userExpressions: JsonObject): Promise<ExecuteOutcome> {
    const { session, executor, scopes } = this.#parts;
    const startedAt = new Date().toISOString();
    const prepared = await this.#check(cell);
    if (this.#interrupted.delete(cell.key)) {
      return { status: 'error', startedAt, error: interruptedError() };
    }
    if ('error' in prepared) {
      // A check that the shutdown cut off says nothing against the cell, which can be gone on with.
      const error = executor.isShutDown ? describeDeath({ kind: 'before' }) : prepared.error;
      return { status: 'error', startedAt, error };
    }
    if (!prepared.script) {
      return { status: 'error', startedAt, error: checkError(prepared.diagnostics) };
    }
    // Looked at when nothing is awaited any more before it runs.
    if (this.#parts.isCutOff(cell.key)) {
      return { status: 'error', startedAt, error: describeDeath({ kind: 'before' }) };
    }
    for (const warning of prepared.diagnostics) {
      this.#parts.publish(cell.key, { kind: 'stream', name: 'stderr', text: `${warning.frame}\n` });
    }
    session.commit(cell.key);
    scopes.begin(cell.key);
    try {
      const outcome = await executor.run(cell.key, prepared.script, userExpressions);
      for (const warning of (await prepared.lateDiagnostics) ?? []) {
        this.#parts.publish(cell.key, { kind: 'stream', name: 'stderr', text: `${warning.frame}\n` });
      }
      return { startedAt, ...outcome };
    } finally {
      scopes.end(cell.key);
    }
  }

  foresee(code: string): void {
    this.#parts.session.foresee(code);
  }

  complete(code: string, offset: number): Promise<Completions> {
    return this.#parts.session.complete(code, offset);
  }

  inspect(code: string, offset: number, detail: 0 | 1): Promise<MimeBundle | null> {
    return this.#parts.session.inspect(code, offset, detail);
  }

  isComplete(code: string): Promise<Completeness> {
    return this.#parts.session.isComplete(code);
  }

  async interrupt(): Promise<void> {
    if (this.#checking !== undefined) {
      this.#interrupted.add(this.#checking);
      return;
    }
    await this.#parts.executor.interrupt();
  }

  /** The variables of earlier cells are gone: later cells must not be checked against them. */
  forgetVariables(): void {
    this.#parts.session.reset();
  }

  async shutdown(): Promise<void> {
    await Promise.all([this.#parts.executor.kill(), this.#parts.session.dispose()]);
  }

  /** A cell that cannot be checked does not run. */
  async #check(cell: Cell): Promise<Prepared | { readonly error: CellError }> {
    this.#checking = cell.key;
    try {
      return await this.#parts.session.prepare(cell.key, cell.code);
    } catch (error) {
      return { error: cellErrorOf(error) };
    } finally {
      this.#checking = undefined;
    }
  }
}

function checkError(diagnostics: readonly CellDiagnostic[]): CellError {
  const errors = diagnostics.filter(diagnostic => diagnostic.severity === 'error');
  const first = errors[0];
  const what = kindOf(errors);
  const count =
    errors.length === 1 ? `This cell has ${what.one}` : `This cell has ${errors.length} ${what.several}`;
  const evalue = `${first?.code ?? ''} ${first?.message ?? ''}`.trim();
  return {
    ename: 'TypeScriptError',
    evalue,
    traceback: [...errors.map(diagnostic => diagnostic.frame), `${count}; nothing of it has run.`],
    record: {
      name: 'TypeScriptError',
      code: 'typescript.errors',
      message: evalue,
      fields: { count: errors.length }
    }
  };
}

/** TypeScript numbers the faults of its grammar from 1000 to 1999; ours are what TypeScript allows and a cell cannot do. */
function kindOf(errors: readonly CellDiagnostic[]): { readonly one: string; readonly several: string } {
  const isEach = (pattern: RegExp): boolean => errors.every(({ code }) => pattern.test(code));
  return KINDS.find(({ pattern }) => isEach(pattern)) ?? { one: 'a fault', several: 'faults' };
}

const KINDS = [
  { pattern: /^(TS1\d{3}|cell\.syntax)$/, one: 'a syntax error', several: 'syntax errors' },
  { pattern: /^TS(?!1\d{3}$)/, one: 'a type error', several: 'type errors' },
  { pattern: /^cell\.magic$/, one: 'a magic of another kernel', several: 'magics of another kernel' },
  { pattern: /^cell\./, one: 'a line that cannot run here', several: 'lines that cannot run here' }
];

function interruptedError(): CellError {
  const message = 'The cell was interrupted before it began to run.';
  return {
    ename: 'KeyboardInterrupt',
    evalue: message,
    traceback: [`KeyboardInterrupt: ${message}`],
    record: { name: 'KeyboardInterrupt', code: 'cell.interrupted', message }
  };
}
