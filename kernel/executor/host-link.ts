// What the helper library may ask of the supervisor: calls with an answer, notices, displays, text, and the abort signal of the
// cell it runs in. A call ends when its cell is interrupted, whatever the supervisor does.
import { fromErrorRecord, type ErrorRecord } from '../../contract/error.js';
import type { Json, JsonObject, MimeBundle } from '../../contract/json.js';
import { currentCell } from './cell-scope.js';
import { AbortController, Map, Promise } from './intrinsics.js';
import type { Reporter } from './reporter.js';

/** The executor's side of the supervisor, for code that lives in the executor. */
export interface HostLink {
  /** Rejects with the supervisor's error under its own name and code, or with the signal's reason when the cell is interrupted. */
  call(method: string, params: Json): Promise<Json>;
  /** The same, but it neither fails nor ends with an interrupt: for the end of what has begun already. */
  tell(method: string, params: Json): Promise<Json>;
  /** Notices come in the order they were sent. An error of the handler is reported as a late error. */
  onNotify(handle: (method: string, params: Json) => void): void;
  /** Aborted when the caller's cell is interrupted. Never aborted outside a cell. */
  signal(): AbortSignal;
  display(data: MimeBundle, options?: { readonly displayId?: string; readonly metadata?: JsonObject }): void;
  update(displayId: string, data: MimeBundle, metadata?: JsonObject): void;
  clear(wait: boolean): void;
  write(name: 'stdout' | 'stderr', text: string): void;
}

interface PendingCall {
  resolve(value: Json): void;
  reject(reason: unknown): void;
}

/** The link itself, fed by the executor's main loop. */
export class SupervisorLink implements HostLink {
  readonly #reporter: Reporter;
  readonly #pending = new Map<number, PendingCall>();
  readonly #handlers: ((method: string, params: Json) => void)[] = [];
  readonly #outsideCells = new AbortController().signal;
  #calls = 0;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
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
    this.#calls += 1;
    const id = this.#calls;
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
      this.#reporter.report({ kind: 'call', id, cell: currentCell()?.key ?? null, method, params });
    });
  }

  #output(output: Parameters<Reporter['output']>[1]): void {
    this.#reporter.output(currentCell()?.key ?? null, output);
  }
}
