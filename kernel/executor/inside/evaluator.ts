// Evaluates JavaScript in the global scope of this process by an inspector session of its own, in REPL mode: top-level await,
// redeclaration, `const` that stays constant. Callback style throughout, because a terminated microtask takes the pending
// promise reactions with it. Results come back as the real values, handed over by a function called on them.
// The promise of a running evaluation is kept alive here: when it is collected (nothing but the evaluation waits for it), V8 answers
// from inside the garbage collection, and Node 24 aborts the process because its answer is a JavaScript call.
import { Session, type Runtime } from 'node:inspector';
import { promiseHooks } from 'node:v8';
import { disposeResources, suppress } from './cell-resources.js';
import { currentCell } from './cell-scope.js';
import type { Place } from './describe-error.js';
import { Symbol } from '../intrinsics.js';
import { withoutToJson } from '../wire/without-to-json.js';
import { STRICT } from './author-texts.js';

/** How an evaluation ended. `place` is known for errors that have no stack, such as syntax errors. */
export type Evaluation =
  | { readonly isThrown: false; readonly value: unknown }
  | { readonly isThrown: true; readonly value: unknown; readonly place: Place | undefined };

const GROUP = 'launchbook';
const HANDOVER = Symbol.for('launchbook.handover');

/** One inspector session on the main thread. */
export class Evaluator {
  readonly #session = new Session();
  readonly #received: { value: unknown } = { value: undefined };
  readonly #pinned: Record<number, Promise<unknown>> = {};
  #evaluations = 0;
  #handoverId = '';

  /** Connects and learns how to receive values. Synchronous, as an in-process session answers at once. */
  connect(): void {
    this.#session.connect();
    const name = HANDOVER as unknown as string;
    const holder = globalThis as unknown as Record<string, unknown>;
    holder[name] = (value: unknown): void => void (this.#received.value = value);
    this.#session.post(
      'Runtime.evaluate',
      { expression: `globalThis[Symbol.for('launchbook.handover')]` },
      (_error, answer) => {
        this.#handoverId = answer.result.objectId ?? '';
      }
    );
    delete holder[name];
  }

  /** Node waits at exit for sessions that are still connected. */
  disconnect(): void {
    this.#session.disconnect();
  }

  /** Calls `done` once, or never when the evaluation is terminated. */
  evaluate(js: string, sourceUrl: string, done: (evaluation: Evaluation) => void): void {
    const expression = `${STRICT}${js}\n//# sourceURL=${sourceUrl}`;
    const options: Runtime.EvaluateParameterType & { replMode: true } = {
      expression,
      replMode: true,
      awaitPromise: true,
      objectGroup: GROUP
    };
    const cell = currentCell();
    const unpin = this.#pinNextPromise();
    const receive = (error: Error | null, answer: Runtime.EvaluateReturnType): void => {
      unpin();
      if (error !== null) {
        return; // terminated: the interrupt that did it ends the cell
      }
      const details = answer.exceptionDetails;
      const value = this.#receive(details?.exception ?? answer.result);
      const evaluation: Evaluation =
        details === undefined
          ? { isThrown: false, value }
          : { isThrown: true, value, place: placeOf(details, sourceUrl) };
      const disposal = disposeResources(cell);
      if (disposal === null) {
        done(evaluation);
      } else {
        disposal.then(
          () => done(evaluation),
          (error: unknown) => done(failDisposal(evaluation, error))
        );
      }
      if ((details?.exception ?? answer.result).objectId !== undefined) {
        withoutToJson(() => this.#session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP }));
      }
    };
    withoutToJson(() => this.#session.post('Runtime.evaluate', options, receive));
  }

  /** Gives a constant of the global scope another value, as a cell does that declares it again. */
  redeclare(jsName: string, value: unknown): void {
    const name = '__launchbookValue';
    const holder = globalThis as unknown as Record<string, unknown>;
    holder[name] = value;
    this.#session.post('Runtime.evaluate', {
      expression: `const ${jsName} = ${name}`,
      replMode: true
    } as Runtime.EvaluateParameterType);
    delete holder[name];
  }

  // In REPL mode every evaluation is an async function; its promise is the first one made.
  #pinNextPromise(): () => void {
    this.#evaluations += 1;
    const id = this.#evaluations;
    const stop = promiseHooks.onInit(promise => {
      stop();
      this.#pinned[id] ??= promise;
    }) as () => void;
    return () => {
      stop();
      delete this.#pinned[id];
    };
  }

  #receive(remote: Runtime.RemoteObject): unknown {
    if (remote.objectId === undefined && remote.unserializableValue === undefined) {
      return remote.subtype === 'null' ? null : remote.value;
    }
    const argument =
      remote.objectId === undefined
        ? { unserializableValue: remote.unserializableValue! }
        : { objectId: remote.objectId };
    withoutToJson(() =>
      this.#session.post('Runtime.callFunctionOn', {
        objectId: this.#handoverId,
        functionDeclaration: 'function (value) { this(value); }',
        arguments: [argument]
      })
    );
    const { value } = this.#received;
    this.#received.value = undefined;
    return value;
  }
}

function failDisposal(evaluation: Evaluation, error: unknown): Evaluation {
  const value = evaluation.isThrown ? suppress(error, evaluation.value) : error;
  return { isThrown: true, value, place: undefined };
}

// Right for errors of the parser alone; for a thrown value that has no stack V8 tells a line of its own.
function placeOf(details: Runtime.ExceptionDetails, sourceUrl: string): Place | undefined {
  const isParserError = details.exception?.className === 'SyntaxError';
  return !isParserError
    ? undefined
    : {
        url: details.url ?? sourceUrl,
        line: details.lineNumber + 1,
        column: details.columnNumber + 1 - (details.lineNumber === 0 ? STRICT.length : 0)
      };
}
