// What the helper library may ask of the supervisor: calls with an answer, notices, displays, text, and the abort signal of the
// cell it runs in. A call ends when its cell is interrupted, whatever the supervisor does.
import { fromErrorRecord, type ErrorRecord } from '../../../contract/base/error.js';
import type { Json, JsonObject, MimeBundle } from '../../../contract/base/json.js';
import { asCell, currentCell, printingTo, type WriteText } from './cell-scope.js';
import { AbortController, Map, Promise } from '../intrinsics.js';
import type { KeptWork } from '../../../contract/base/kept-text.js';
import type { KeptNames } from './kept-values.js';
import type { Reporter } from '../wire/reporter.js';

/** The executor's side of the supervisor, for code that lives in the executor. */
export interface HostLink {
  /** Rejects with the supervisor's error under its own name and code, or with the signal's reason when the cell is interrupted. */
  call(method: string, params: Json): Promise<Json>;
  /** The same, but it neither fails nor ends with an interrupt: for the end of what has begun already. */
  tell(method: string, params: Json): Promise<Json>;
  /** Notices come in the order they were sent. An error of the handler is reported as a late error. */
  onNotify(handle: (method: string, params: Json) => void): void;
  /** Aborted when the caller's cell is interrupted or has failed. Never aborted outside a cell. */
  signal(): AbortSignal;
  /** Aborted when the caller's cell is interrupted alone. */
  interruptSignal(): AbortSignal;
  /** The caller's cell does not end before `work` has; a failure that nobody awaits makes it fail under this name. */
  during<T>(label: string, work: () => Promise<T>, outlastsFailure?: boolean): Promise<T>;
  /** Calls `work`; what it prints by itself goes to `write`. What the link is told to write does not. */
  printing<T>(write: WriteText, work: () => T): T;
  /** Runs `work` as a part of the caller's cell that can be ended by itself, and that may go on after the cell has ended. */
  branch<T>(work: () => Promise<T>, options: { readonly outlivesCell: boolean }): Branch<T>;
  /** Work to be called later, with the values that the names of the notebook hold now. */
  keep<T>(work: () => T): KeptWork<T>;
  /** The process group that `pid` leads ends with this process, and with the kernel. Gives the way to forget it. */
  ownGroup(pid: number): () => void;
  display(data: MimeBundle, options?: { readonly displayId?: string; readonly metadata?: JsonObject }): void;
  update(displayId: string, data: MimeBundle, metadata?: JsonObject): void;
  clear(wait: boolean): void;
  write(name: 'stdout' | 'stderr', text: string): void;
}

/** A part of a cell. */
export interface Branch<T> {
  readonly result: Promise<T>;
  /** Aborts its signal with the reason; what it has begun ends. */
  stop(reason: Error): void;
}

interface PendingCall {
  resolve(value: Json): void;
  reject(reason: unknown): void;
}

/** The link itself, fed by the executor's main loop. */
export class SupervisorLink implements HostLink {
  readonly #reporter: Reporter;
  readonly #names: Pick<KeptNames, 'keep'>;
  readonly #pending = new Map<number, PendingCall>();
  readonly #handlers: ((method: string, params: Json) => void)[] = [];
  readonly #outsideCells = new AbortController().signal;
  #calls = 0;

  constructor(reporter: Reporter, names: Pick<KeptNames, 'keep'>) {
    this.#reporter = reporter;
    this.#names = names;
  }

  call(method: string, params: Json): Promise<Json> {
    const signal = currentCell()?.signal;
    return signal?.aborted === true
      ? Promise.reject(signal.reason as Error)
      : this.#send(method, params, signal);
  }

  tell(method: string, params: Json): Promise<Json> {
    return this.#send(method, params, undefined);
  }

  onNotify(handle: (method: string, params: Json) => void): void {
    this.#handlers.push(handle);
  }

  signal(): AbortSignal {
    return currentCell()?.signal ?? this.#outsideCells;
  }

  interruptSignal(): AbortSignal {
    return currentCell()?.interruptSignal ?? this.#outsideCells;
  }

  during<T>(label: string, work: () => Promise<T>, outlastsFailure = false): Promise<T> {
    return track(label, work, outlastsFailure);
  }

  printing<T>(write: WriteText, work: () => T): T {
    return printingTo(write, work);
  }

  branch<T>(work: () => Promise<T>, { outlivesCell }: { readonly outlivesCell: boolean }): Branch<T> {
    const cell = currentCell();
    if (cell === null) {
      throw new Error('A part of a cell was begun outside of every cell.');
    }
    const scope = cell.branch(outlivesCell);
    return { result: asCell(scope, work), stop: reason => asCell(scope, () => scope.stop(reason)) };
  }

  keep<T>(work: () => T): KeptWork<T> {
    return this.#names.keep(work);
  }

  ownGroup(pid: number): () => void {
    this.#reporter.report({ kind: 'group', pid });
    return () => this.#reporter.report({ kind: 'groupGone', pid });
  }

  display(data: MimeBundle, options: { displayId?: string; metadata?: JsonObject } = {}): void {
    const id = options.displayId === undefined ? {} : { displayId: options.displayId };
    this.#output({ kind: 'display', data, metadata: options.metadata ?? {}, ...id });
  }

  update(displayId: string, data: MimeBundle, metadata: JsonObject = {}): void {
    this.#output({ kind: 'update', data, metadata, displayId });
  }

  clear(wait: boolean): void {
    this.#output({ kind: 'clear', wait });
  }

  write(name: 'stdout' | 'stderr', text: string): void {
    this.#reporter.text(name, currentCell()?.key ?? null, text);
  }

  acceptAnswer(id: number, value: Json): void {
    this.#pending.get(id)?.resolve(value);
  }

  acceptRefusal(id: number, error: ErrorRecord): void {
    this.#pending.get(id)?.reject(fromErrorRecord(error));
  }

  acceptNotice(method: string, params: Json): void {
    for (const handle of this.#handlers) {
      handle(method, params);
    }
  }

  #send(method: string, params: Json, signal: AbortSignal | undefined): Promise<Json> {
    return track(null, () => this.#ask(method, params, signal));
  }

  #ask(method: string, params: Json, signal: AbortSignal | undefined): Promise<Json> {
    this.#calls += 1;
    const id = this.#calls;
    const cell = currentCell();
    return new Promise<Json>((resolve, reject) => {
      const cancel = (): void => {
        this.#pending.delete(id);
        this.#reporter.report({ kind: 'cancel', id });
        reject(signal?.reason as Error);
      };
      const end = (): void => {
        this.#pending.delete(id);
        signal?.removeEventListener('abort', cancel);
      };
      signal?.addEventListener('abort', cancel);
      this.#pending.set(id, {
        resolve: value => (end(), resolve(value)),
        reject: reason => (end(), reject(reason))
      });
      try {
        const isLate = cell?.hasEnded === true;
        this.#reporter.report({ kind: 'call', id, cell: cell?.key ?? null, isLate, method, params });
      } catch (error) {
        end();
        reject(error); // what cannot be written as JSON cannot be asked
      }
    });
  }

  #output(output: Parameters<Reporter['output']>[1]): void {
    this.#reporter.output(currentCell()?.key ?? null, output);
  }
}

/** Counts `work` among what the running cell has begun, until it has ended. */
function track<T>(label: string | null, begin: () => Promise<T>, outlastsFailure = false): Promise<T> {
  const cell = currentCell();
  if (cell === null || cell.hasEnded) {
    return begin();
  }
  const work = cell.works.begin(label, outlastsFailure);
  return begin().then(
    value => {
      cell.works.end(work);
      return value;
    },
    (error: unknown) => {
      work.hasFailed = true;
      work.error = error;
      cell.works.end(work);
      throw error;
    }
  );
}
