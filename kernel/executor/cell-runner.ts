// Runs one cell at a time and says how it ended. A cell ends once: by its own result, by its error, or by an interrupt that does
// not wait for it. Whatever it still does afterwards keeps its own key.
import { setImmediate } from 'node:timers';
import type { Json, JsonObject } from '../../contract/json.js';
import type { CellError, CellOutput } from '../core/ports.js';
import { asCell, CellScope, InterruptedError } from './cell-scope.js';
import type { ErrorPrinter } from './describe-error.js';
import type { Evaluation, Evaluator } from './evaluator.js';
import { FinalizationRegistry, Object, String } from './intrinsics.js';
import type { RunOutcome, Script } from './messages.js';
import { endTerminatedTimers } from './own-timers.js';
import type { Reporter } from './reporter.js';
import { printValue, showValue } from './show-value.js';

const later = setImmediate;

/** The executor's one lane of cells. */
export class CellRunner {
  readonly #evaluator: Evaluator;
  readonly #reporter: Reporter;
  readonly #printer: ErrorPrinter;
  // Timers and pending promises of a cell hold its scope; when they are gone, it is collected.
  readonly #scopes = new FinalizationRegistry<string>(cell => this.#reporter.report({ kind: 'gone', cell }));
  #running: CellScope | null = null;

  constructor(evaluator: Evaluator, reporter: Reporter, printer: ErrorPrinter) {
    this.#evaluator = evaluator;
    this.#reporter = reporter;
    this.#printer = printer;
  }

  run(key: string, script: Script, userExpressions: JsonObject): void {
    const cell = new CellScope(key);
    this.#scopes.register(cell, key);
    this.#running = cell;
    asCell(cell, () =>
      this.#evaluator.evaluate(script.js, script.sourceUrl, evaluation =>
        asCell(cell, () => this.#finishSafely(cell, script, evaluation, userExpressions))
      )
    );
  }

  /** Ends the running cell now, and calls `done` when its end has been reported. */
  interrupt(done: () => void): void {
    endTerminatedTimers();
    const cell = this.#running;
    if (cell === null) {
      done();
      return;
    }
    const end = (): void => {
      const error = { ...this.#printer.describe(new InterruptedError()), ename: 'KeyboardInterrupt' };
      this.#settle(cell, {
        status: 'error',
        error: { ...error, traceback: [`KeyboardInterrupt: ${error.evalue}`] }
      });
      done();
    };
    if (cell.isInterrupted) {
      end();
      return;
    }
    later(end); // what the abort listeners print still belongs before the end
    asCell(cell, () => cell.interrupt());
  }

  // A cell may have broken what we stand on; it still has to end.
  #finishSafely(cell: CellScope, script: Script, evaluation: Evaluation, userExpressions: JsonObject): void {
    try {
      this.#finish(cell, script, evaluation, userExpressions);
    } catch (thrown) {
      this.#end(cell, { status: 'error', error: this.#printer.describe(thrown) });
    }
  }

  #finish(cell: CellScope, script: Script, evaluation: Evaluation, userExpressions: JsonObject): void {
    if (evaluation.isThrown) {
      this.#end(cell, { status: 'error', error: this.#printer.describe(evaluation.value, evaluation.place) });
      return;
    }
    const fail = (thrown: unknown): void =>
      this.#end(cell, { status: 'error', error: this.#printer.describe(thrown) });
    const proceed = (result?: CellOutput): void =>
      this.#answerExpressions(Object.entries(userExpressions), {}, answers =>
        this.#end(cell, { status: 'ok', userExpressions: answers }, result)
      );
    if (!script.showsResult || evaluation.value === undefined) {
      proceed();
      return;
    }
    showValue(evaluation.value).then(data => {
      proceed(data === null ? undefined : { kind: 'result', data, metadata: {} });
    }, fail);
  }

  #answerExpressions(
    expressions: readonly (readonly [string, Json | undefined])[],
    answers: JsonObject,
    done: (answers: JsonObject) => void
  ): void {
    const [first, ...rest] = expressions;
    if (first === undefined) {
      done(answers);
      return;
    }
    const [name, expression] = first;
    this.#evaluator.evaluate(`(${String(expression)}\n)`, 'user-expression', evaluation => {
      const answer = evaluation.isThrown
        ? asErrorAnswer(this.#printer.describe(evaluation.value, evaluation.place))
        : { status: 'ok', data: { 'text/plain': printValue(evaluation.value) }, metadata: {} };
      this.#answerExpressions(rest, { ...answers, [name]: answer }, done);
    });
  }

  // One turn later, so that a promise which the cell left rejected is reported before the cell ends.
  #end(cell: CellScope, outcome: RunOutcome, result?: CellOutput): void {
    later(() => this.#settle(cell, outcome, result));
  }

  #settle(cell: CellScope, outcome: RunOutcome, result?: CellOutput): void {
    if (cell.isOver) {
      return;
    }
    cell.isOver = true;
    this.#running = null;
    const shown = result === undefined ? {} : { result };
    this.#reporter.reportBehindBarrier({ kind: 'settled', key: cell.key, outcome, ...shown });
  }
}

function asErrorAnswer(error: CellError): JsonObject {
  return { status: 'error', ename: error.ename, evalue: error.evalue, traceback: error.traceback };
}
