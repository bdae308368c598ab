// Cells in TypeScript: the language server checks, the executor runs. The order of a cell: check, and stop there on a type error; make
// its names known; run.
import type { JsonObject } from '../../../contract/base/json.js';
import { CHECK_ERROR } from '../../../contract/comms/check-comm.js';
import type { Cell, CellControl, ExecuteOutcome } from '../../core/ports/ports.js';
import type { CellError } from '../../../contract/base/cell-error.js';
import type { CellOutput } from '../../../contract/notebook/output.js';
import { describeDeath } from '../../executor/outside/describe-death.js';
import type { ExecutorProcess } from '../../executor/outside/executor-process.js';
import type { CellDiagnostic } from '../../language/answers/check.js';
import type { Prepared, TypeScriptSession } from '../../language/session.js';
import { cellErrorOf, interruptedError } from '../../../contract/base/cell-error.js';

/** What cells are checked and run with. */
export interface TypeScriptCellsParts {
  readonly session: TypeScriptSession;
  readonly executor: ExecutorProcess;
  readonly publish: (cellKey: string, output: CellOutput) => void;
  /** True when the executor that the cell was admitted to has ended: the variables it builds on are gone. */
  readonly isCutOff: (cellKey: string) => boolean;
}

// Made once: a reason of its own, with its stack, would cost each cell 50 µs.
const ENDED = new DOMException('The cell has ended.', 'AbortError');

/** Checks with TypeScript 7, runs in the executor. */
export class TypeScriptCells implements CellControl {
  readonly #parts: TypeScriptCellsParts;
  /** By key; made when somebody first asks for its signal, which most cells need not. */
  readonly #running = new Map<string, AbortController | null>();
  #interrupted = new Set<string>();
  #checking: string | undefined;

  constructor(parts: TypeScriptCellsParts) {
    this.#parts = parts;
  }

  /** Aborts when the cell ends, so that what waits for people ends with it. One that does not run has ended. */
  signalOf(cellKey: string | null): AbortSignal {
    const key = cellKey ?? '';
    const known = this.#running.get(key);
    if (known === undefined) {
      return AbortSignal.abort(ENDED);
    }
    const scope = known ?? new AbortController();
    this.#running.set(key, scope);
    return scope.signal;
  }

  async run(cell: Cell, userExpressions: JsonObject): Promise<ExecuteOutcome> {
    const { session, executor } = this.#parts;
    const startedAt = new Date().toISOString();
    const prepared = await this.#check(cell);
    if (this.#interrupted.delete(cell.key)) {
      return {
        status: 'error',
        startedAt,
        error: interruptedError('The cell was interrupted before it began to run.')
      };
    }
    if ('error' in prepared) {
      // A check that the shutdown cut off says nothing against the cell, which can be continued.
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
    this.#running.set(cell.key, null);
    try {
      const outcome = await executor.run(
        cell.key,
        { ...prepared.script, count: cell.executionCount },
        userExpressions
      );
      for (const warning of (await prepared.lateDiagnostics) ?? []) {
        this.#parts.publish(cell.key, { kind: 'stream', name: 'stderr', text: `${warning.frame}\n` });
      }
      return { startedAt, ...outcome };
    } finally {
      this.#running.get(cell.key)?.abort(ENDED);
      this.#running.delete(cell.key);
    }
  }

  async interrupt(): Promise<void> {
    if (this.#checking !== undefined) {
      this.#interrupted.add(this.#checking);
      return;
    }
    await this.#parts.executor.interrupt();
  }

  async shutdown(): Promise<void> {
    await Promise.all([this.#parts.executor.kill(), this.#parts.session.dispose()]);
  }

  /** A cell that cannot be checked does not run. */
  async #check(cell: Cell): Promise<Prepared | { readonly error: CellError }> {
    this.#checking = cell.key;
    try {
      return await this.#parts.session.prepare(cell.key, cell.code, cell.cellId);
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
    ename: CHECK_ERROR,
    evalue,
    traceback: [...errors.map(diagnostic => diagnostic.frame), `${count}; nothing of it has run.`],
    record: {
      name: CHECK_ERROR,
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
