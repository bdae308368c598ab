// Runs one cell at a time and says how it ended. A cell ends once: by its own result, by its error, or by an interrupt, and not before
// everything that it has begun has ended. Whatever it still does afterwards, as in a timer, keeps its own key.
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import type { Json, JsonObject } from '../../../contract/base/json.js';
import { LaunchbookError, toErrorRecord } from '../../../contract/base/error.js';
import type { CellError } from '../../../contract/base/cell-error.js';
import type { CellOutput } from '../../../contract/notebook/output.js';
import { asCell, CellScope, InterruptedError } from './cell-scope.js';
import type { ErrorPrinter } from './describe-error.js';
import type { Evaluation, Evaluator } from './evaluator.js';
import { FinalizationRegistry, Object, String } from '../intrinsics.js';
import type { RunOutcome, Script } from '../wire/messages.js';
import { notAwaitedError, notAwaitedWarning, waitingText } from './not-awaited.js';
import { endTerminatedTimers } from './own-timers.js';
import type { Reporter } from '../wire/reporter.js';
import { printValue, showValue } from './show-value.js';

const later = setImmediate;
const setTimer = setTimeout;
const clearTimer = clearTimeout;

/** After this time a cell says what it waits for. */
const NOTICE_MS = 300;
/** What was told to end has ended by then: a command is killed 3 s after it was asked to end. */
const GIVE_UP_MS = 5000;

/** The executor's one lane of cells. */
export class CellRunner {
  readonly #evaluator: Evaluator;
  readonly #reporter: Reporter;
  readonly #printer: ErrorPrinter;
  // Timers and pending promises of a cell hold its scope; when they are gone, it is collected.
  readonly #scopes = new FinalizationRegistry<string>(cell => this.#reporter.report({ kind: 'gone', cell }));
  #running: CellScope | null = null;
  /** Who waits for the end of an interrupted cell. */
  readonly #interrupted: (() => void)[] = [];

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

  /** Ends the running cell with all that it has begun, and calls `done` when its end has been reported. */
  interrupt(done: () => void): void {
    endTerminatedTimers();
    const cell = this.#running;
    if (cell === null) {
      done();
      return;
    }
    this.#interrupted.push(done);
    if (!cell.isInterrupted) {
      later(() => this.#endInterrupted(cell)); // what the abort listeners print still belongs before the end
      asCell(cell, () => cell.interrupt());
    }
  }

  #endInterrupted(cell: CellScope): void {
    if (!cell.isOver) {
      const error = { ...this.#printer.describe(new InterruptedError()), ename: 'KeyboardInterrupt' };
      const outcome: RunOutcome = {
        status: 'error',
        error: { ...error, traceback: [`KeyboardInterrupt: ${error.evalue}`] }
      };
      this.#whenWorkHasEnded(cell, 'Interrupted', () => this.#settle(cell, outcome));
    }
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

  // One turn later, so that a promise which the cell left rejected is reported before the cell ends. A cell that failed ends what still
  // runs of it; one whose code has passed waits for what it did not await.
  #end(cell: CellScope, outcome: RunOutcome, result?: CellOutput): void {
    later(() => {
      if (cell.isInterrupted) {
        return; // the interrupt ends it
      }
      const open = cell.works.labels();
      if (outcome.status === 'error' && !cell.works.isEmpty) {
        asCell(cell, () => cell.fail());
      }
      const why = outcome.status === 'ok' ? 'The code of this step has ended' : 'The step has failed';
      this.#whenWorkHasEnded(cell, why, () => this.#settleHeard(cell, outcome, open, result));
    });
  }

  /** Calls `proceed` when nothing of the cell runs any more. What does not end although it was told to is given up after a while. */
  #whenWorkHasEnded(cell: CellScope, why: string, proceed: () => void): void {
    if (cell.works.isEmpty) {
      proceed();
      return;
    }
    const notice = setTimer(() => this.#reporter.text('stderr', cell.key, waitingText(cell, why)), NOTICE_MS);
    let isDone = false;
    const finish = (): void => {
      if (!isDone) {
        isDone = true;
        clearTimer(notice);
        proceed();
      }
    };
    // One turn later: what comes next in the same function begins then, and belongs to the cell too.
    const check = (): void =>
      cell.works.whenEmpty(() => later(() => (cell.works.isEmpty ? finish() : check())));
    check();
    const giveUp = (): void =>
      void setTimer(
        () => (cell.works.hasToFinish && !cell.isInterrupted ? giveUp() : finish()),
        GIVE_UP_MS
      ).unref();
    if (cell.signal.aborted) {
      giveUp();
    } else {
      cell.signal.addEventListener('abort', giveUp, { once: true });
    }
  }

  #settleHeard(cell: CellScope, outcome: RunOutcome, open: readonly string[], result?: CellOutput): void {
    if (cell.isInterrupted) {
      return;
    }
    const [first, ...others] = cell.unheard.splice(0);
    if (outcome.status === 'ok' && first !== undefined) {
      this.#printUnheard(cell, others);
      const error = this.#printer.describe(notAwaitedError(cell, first));
      this.#settle(cell, { ...outcome, status: 'error', error }, result);
      return;
    }
    this.#printUnheard(cell, first === undefined ? [] : [first, ...others]);
    if (outcome.status === 'ok' && open.length > 0) {
      this.#reporter.text('stderr', cell.key, notAwaitedWarning(open));
    }
    this.#settle(cell, outcome, result);
  }

  #printUnheard(cell: CellScope, unheard: readonly unknown[]): void {
    for (const thrown of unheard) {
      if (cell.signal.reason !== thrown) {
        const { traceback } = this.#printer.describe(notAwaitedError(cell, thrown));
        this.#reporter.text('stderr', cell.key, `${traceback.join('\n')}\n`);
      }
    }
  }

  #settle(cell: CellScope, outcome: RunOutcome, result?: CellOutput): void {
    if (cell.isOver) {
      return;
    }
    cell.isOver = true;
    this.#running = null;
    const shown = result === undefined ? {} : { result };
    try {
      this.#reporter.report({ kind: 'settled', key: cell.key, outcome, ...shown });
    } catch (thrown) {
      const error = this.#printer.describe(unsayable(thrown));
      this.#reporter.report({
        kind: 'settled',
        key: cell.key,
        outcome: { status: 'error', error }
      });
    }
    this.#interrupted.splice(0).forEach(done => done());
  }
}

/** What the cell was to end with cannot leave this process. */
function unsayable(thrown: unknown): LaunchbookError {
  return new LaunchbookError(
    `The result or error of the cell cannot be written as JSON: ${toErrorRecord(thrown).message}`,
    { code: 'cell.unsayable', hint: 'End the cell with a smaller value, or with one that is plain data.' }
  );
}

function asErrorAnswer(error: CellError): JsonObject {
  return { status: 'error', ename: error.ename, evalue: error.evalue, traceback: error.traceback };
}
