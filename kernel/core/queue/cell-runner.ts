// Runs one cell from its request to its reply: input, admission, execution, outputs, settlement, reply. Whatever goes
// wrong on the way becomes the cell's error; nothing that failed is ever reported as done.
import { LaunchbookError } from '../../../contract/base/error.js';
import type { JsonObject } from '../../../contract/base/json.js';
import { runOfRequest } from '../../../contract/comms/request-run.js';
import { cellErrorOf } from '../../../contract/base/cell-error.js';
import { errorReplyOf } from './error-reply.js';
import type { OutputRouter } from '../outputs/output-router.js';
import type { Cell, ExecuteOutcome, Gatekeeper, HistoryStore, Interpreter } from '../ports/ports.js';
import type { CellError } from '../../../contract/base/cell-error.js';
import type { RequestContext } from './request-context.js';
import type { Stdin } from '../messages/stdin.js';

type CellContext = RequestContext<'execute_request'>;

export interface CellRunnerParts {
  readonly interpreter: Interpreter;
  readonly gatekeeper: Gatekeeper;
  readonly history: HistoryStore;
  readonly outputs: OutputRouter;
  readonly stdin: Stdin;
  readonly onLog: (line: string) => void;
}

/** What was asked of the running cell meanwhile. */
interface Progress {
  isInterrupted: boolean;
  isShutDown: boolean;
}

/** Runs cells, one at a time; the queue sees to that. */
export class CellRunner {
  readonly #parts: CellRunnerParts;
  #executionCount = 0;
  #lastKey = 0;
  #running: Progress | null = null;

  constructor(parts: CellRunnerParts) {
    this.#parts = parts;
  }

  /** Runs the cell and replies. Resolves with whether the queue may go on. */
  async run(context: CellContext): Promise<'continue' | 'stop'> {
    const { content } = context.request;
    const cell = this.#cellOf(context);
    const progress: Progress = { isInterrupted: false, isShutDown: false };
    this.#running = progress;
    this.#parts.outputs.begin(cell, context.request.header);
    this.#parts.stdin.begin(cell, context.request);
    if (!cell.isSilent) {
      context.publish('execute_input', { code: cell.code, execution_count: cell.executionCount });
    }
    const outcome = await this.#runAdmitted(cell, content.user_expressions ?? {}, progress);
    this.#running = null;
    this.#parts.stdin.end(cell.key);
    if (cell.storesHistory) {
      this.#parts.history.append({ session: 0, line: cell.executionCount, source: cell.code });
    }
    await this.#parts.outputs.flush(cell.key);
    replyWith(outcome, cell, context);
    return outcome.status === 'error' && content.stop_on_error !== false ? 'stop' : 'continue';
  }

  /** Answers a cell that will not run. Without a count, as ipykernel does: front ends would write it beside a cell that never ran. */
  abort(context: CellContext): void {
    context.reply({ status: 'aborted' });
  }

  /** Stops the running cell, also when it waits for input or for its admission. */
  async interrupt(): Promise<void> {
    if (this.#running) {
      this.#running.isInterrupted = true;
    }
    this.#parts.stdin.interrupt();
    await this.#parts.interpreter.control.interrupt();
  }

  /** The kernel ends: a cell that waits for its admission does not begin any more. */
  shutDown(): void {
    if (this.#running) {
      this.#running.isShutDown = true;
    }
  }

  #cellOf(context: CellContext): Cell {
    const { content, header, metadata } = context.request;
    const isSilent = content.silent ?? false;
    const storesHistory = !isSilent && (content.store_history ?? true);
    const cellId = metadata['cellId'];
    this.#executionCount += storesHistory ? 1 : 0;
    this.#lastKey += 1;
    return {
      key: `cell-${this.#lastKey}`,
      code: content.code,
      executionCount: this.#executionCount,
      isSilent,
      storesHistory,
      cellId: typeof cellId === 'string' ? cellId : null,
      queuedAt: new Date(context.receivedAtMs).toISOString(),
      session: header.session,
      username: header.username,
      allowsStdin: content.allow_stdin ?? true,
      expressions: Object.values(content.user_expressions ?? {}).map(String),
      isFromPage: Array.isArray(metadata['deletedCells']),
      shownRun: runOfRequest(metadata)
    };
  }

  async #runAdmitted(
    cell: Cell,
    userExpressions: JsonObject,
    progress: Readonly<Progress>
  ): Promise<ExecuteOutcome> {
    const startedAt = new Date().toISOString();
    const refusal = await this.#askForAdmission(cell);
    if (refusal) {
      await this.#parts.outputs.end(cell.key, false);
      return this.#showError(cell, { status: 'error', startedAt, error: refusal, isRefused: true });
    }
    const stop = whyNotBegun(progress);
    const outcome = stop ? failure(startedAt, stop) : await this.#execute(cell, userExpressions, startedAt);
    await this.#parts.outputs.end(cell.key, progress.isInterrupted);
    this.#showError(cell, outcome);
    await this.#parts.outputs.complete(cell);
    try {
      await this.#parts.gatekeeper.settle(cell, outcome);
    } catch (thrown) {
      this.#parts.onLog(`The outcome of ${cell.key} was not recorded: ${String(thrown)}`);
      if (outcome.status === 'ok') {
        return this.#showError(cell, failure(outcome.startedAt, thrown));
      }
    }
    return outcome;
  }

  async #askForAdmission(cell: Cell): Promise<CellError | null> {
    try {
      return (await this.#parts.gatekeeper.admit(cell)).refusal;
    } catch (thrown) {
      return cellErrorOf(thrown);
    }
  }

  async #execute(cell: Cell, userExpressions: JsonObject, startedAt: string): Promise<ExecuteOutcome> {
    try {
      return await this.#parts.interpreter.run(cell, userExpressions);
    } catch (thrown) {
      return failure(startedAt, thrown);
    }
  }

  #showError(cell: Cell, outcome: ExecuteOutcome): ExecuteOutcome {
    if (outcome.status === 'error') {
      this.#parts.outputs.showError(cell.key, errorOf(outcome));
    }
    return outcome;
  }
}

function replyWith(outcome: ExecuteOutcome, cell: Cell, context: CellContext): void {
  const execution_count = cell.executionCount;
  const payload = outcome.payload ?? [];
  const metadata = { started: outcome.startedAt, ...(outcome.isRefused ? { refused: true } : {}) };
  if (outcome.status === 'ok') {
    const user_expressions = outcome.userExpressions ?? {};
    context.reply({ status: 'ok', execution_count, payload, user_expressions }, metadata);
  } else {
    const error = errorOf(outcome);
    const code = error.record.code;
    context.reply({ ...errorReplyOf(error), execution_count, payload }, { ...metadata, code });
  }
}

function errorOf(outcome: ExecuteOutcome): CellError {
  return outcome.error ?? cellErrorOf(new Error('The cell failed without giving a reason.'));
}

function failure(startedAt: string, thrown: unknown): ExecuteOutcome {
  return { status: 'error', startedAt, error: cellErrorOf(thrown) };
}

function whyNotBegun({ isInterrupted, isShutDown }: Progress): LaunchbookError | null {
  if (isShutDown) {
    // The code of a death, not of an interruption: the next attempt then continues what this one was to continue.
    return new LaunchbookError('The kernel was shut down before the cell began; nothing of it has run', {
      code: 'executor.died',
      hint: 'Run the cell again.'
    });
  }
  return isInterrupted
    ? new LaunchbookError('The cell was interrupted before it began to run', {
        code: 'cell.interrupted',
        hint: 'Run the cell again.'
      })
    : null;
}
