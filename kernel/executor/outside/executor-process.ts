// The executor as the supervisor uses it: start, run one cell at a time, interrupt, replace. It never leaves a caller waiting: when
// the process dies, the running cell ends with an error that says why, and a new process is started.
import type { Json, JsonObject } from '../../../contract/base/json.js';
import { toErrorRecord } from '../../../contract/base/error.js';
import { interruptedError, type CellError } from '../../../contract/base/cell-error.js';
import type { CellOutput } from '../../../contract/notebook/output.js';
import { describeDeath, explainDeath, type Death } from './describe-death.js';
import { ExecutorChannels, type ExecutorOptions } from './executor-channels.js';
import { CellInterrupt } from './cell-interrupt.js';
import type { Report, RunOutcome, Script } from '../wire/messages.js';

/** Why an executor process ended. */
export interface ExecutorExit {
  /** `exited`: code called process.exit. `died`: a signal or a crash. `replaced`: it could not be interrupted. `killed`: by `kill()`. */
  readonly reason: 'exited' | 'died' | 'replaced' | 'killed';
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A question of the helper library. */
export interface ExecutorCall {
  /** The cell that asks; null for set-up code. */
  readonly cell: string | null;
  /** The cell had ended before. */
  readonly isLate: boolean;
  readonly method: string;
  readonly params: Json;
}

/** What the executor tells and asks whoever listens. */
export interface ExecutorHandlers {
  /** The key is null for output of set-up code. */
  onOutput(cellKey: string | null, output: CellOutput): void;
  /** Answers a call of the helper library. The signal is aborted when its cell is interrupted or the executor has died. */
  onCall(call: ExecutorCall, signal: AbortSignal): Promise<Json>;
  /** Nothing of the cell lives any more; it will not print again. */
  onCellGone?(cellKey: string): void;
  onExit(exit: ExecutorExit): void;
}

const UNHEARD: ExecutorHandlers = {
  onOutput: () => undefined,
  onCall: () => Promise.reject(new Error('Nothing answers the calls of cells yet.')),
  onExit: () => undefined
};

interface RunningCell {
  readonly key: string;
  resolve(outcome: RunOutcome): void;
}

/** Of a cell that comes after the shutdown. */
const SHUT_DOWN: Death = {
  kind: 'end',
  reason: 'killed',
  exitCall: null,
  code: null,
  signal: null,
  stderrTail: '',
  spawnError: null,
  setupError: null,
  broken: null
};
const STDERR_TAIL = 4000;
const FAREWELL_MS = 500;

/** Owns the executor process, and its successors. */
export class ExecutorProcess {
  readonly #options: ExecutorOptions;
  #handlers: ExecutorHandlers = UNHEARD;
  #channels: ExecutorChannels | null = null;
  #ready: Promise<void> | null = null;
  #generation = 0;
  #running: RunningCell | null = null;
  #lastKey: string | null = null;
  #ladder: CellInterrupt | null = null;
  #isKilled = false;

  constructor(options: ExecutorOptions) {
    this.#options = options;
  }

  /** Tells everything to `handlers` from now on; before `start`. Not a part of it, because what answers a cell's calls runs cells itself. */
  listen(handlers: ExecutorHandlers): void {
    this.#handlers = handlers;
  }

  /** Grows by one with every process. Variables of an earlier generation are gone. */
  get generation(): number {
    return this.#generation;
  }

  /** True after `kill()`. */
  get isShutDown(): boolean {
    return this.#isKilled;
  }

  /** Starts the process unless it runs. Rejects with what the process printed when it ends before it is ready, and after `kill()`. */
  start(): Promise<void> {
    if (this.#isKilled) {
      return Promise.reject(new Error(explainDeath(SHUT_DOWN)));
    }
    this.#ready ??= this.#launch();
    return this.#ready;
  }

  /** Runs a cell. Resolves after every output of the cell's own course has been handed to `onOutput`; rejects only while another cell runs. */
  async run(cellKey: string, script: Script, userExpressions: JsonObject): Promise<RunOutcome> {
    if (this.#running !== null) {
      throw new Error(
        `Cell ${cellKey} was sent to the executor while cell ${this.#running.key} was still running.`
      );
    }
    if (this.#isKilled) {
      return { status: 'error', error: describeDeath(SHUT_DOWN) };
    }
    return await new Promise<RunOutcome>(resolve => {
      this.#running = { key: cellKey, resolve };
      this.#lastKey = cellKey;
      this.start()
        .then(() => this.#channels?.order({ kind: 'run', key: cellKey, script, userExpressions }))
        .catch((error: unknown) =>
          this.#settle({ status: 'error', error: describeDeath({ kind: 'start', error }) })
        );
    });
  }

  /** Stops the running cell, or whatever keeps the loop busy. `replaced` means that the variables are lost. */
  async interrupt(): Promise<'stopped' | 'replaced'> {
    await this.#ready?.catch(() => {});
    if (this.#channels === null) {
      return 'stopped';
    }
    this.#ladder ??= new CellInterrupt(this.#channels, () => (this.#ladder = null));
    return await this.#ladder.climb();
  }

  /** Tells code in the executor something; nothing is answered. Lost when no process runs. */
  notify(method: string, params: Json): void {
    this.#channels?.order({ kind: 'notice', method, params });
  }

  /** Ends the process and its children for good: no other one is started, and a cell that comes later does not run. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    const channels = this.#channels;
    if (channels === null) {
      return;
    }
    const timer = setTimeout(() => channels.killGroup(), FAREWELL_MS);
    channels.hangUp();
    await channels.ended;
    clearTimeout(timer);
  }

  #launch(): Promise<void> {
    return new Promise((resolve, reject) => {
      const calls = new Map<number, AbortController>();
      let stderrTail = '';
      let isReady = false;
      let exitCall: number | null = null;
      let setupError: CellError | null = null;
      this.#generation += 1;
      const channels = new ExecutorChannels(this.#options, {
        onText: (cell, name, text) => {
          stderrTail = name === 'stderr' ? (stderrTail + text).slice(-STDERR_TAIL) : stderrTail;
          this.#handlers.onOutput(cell === undefined ? this.#lastKey : cell, { kind: 'stream', name, text });
        },
        onTerminated: id => this.#ladder?.acceptTermination(id),
        onReport: report => {
          if (report.kind === 'ready') {
            isReady = true;
            resolve();
          } else if (report.kind === 'unprepared') {
            setupError = report.error;
          } else if (report.kind === 'exiting') {
            exitCall = report.code;
          } else {
            this.#accept(report, channels, calls);
          }
        },
        onEnd: (code, signal, spawnError) => {
          calls.forEach(call => call.abort());
          const reason = this.#reasonOf(exitCall);
          const death: Death = {
            kind: 'end',
            reason,
            exitCall,
            code,
            signal,
            stderrTail,
            spawnError,
            setupError,
            broken: channels.broken
          };
          if (!isReady) {
            reject(new Error(explainDeath(death)));
          }
          this.#afterEnd(death, isReady);
        }
      });
      this.#channels = channels;
    });
  }

  #accept(report: Report, channels: ExecutorChannels, calls: Map<number, AbortController>): void {
    switch (report.kind) {
      case 'output':
        this.#handlers.onOutput(report.cell, report.output);
        break;
      case 'call':
        void this.#answer(report, channels, calls);
        break;
      case 'cancel':
        calls.get(report.id)?.abort();
        break;
      case 'child':
        channels.ownChildren.add(report.pid);
        break;
      case 'childGone':
        channels.ownChildren.delete(report.pid);
        break;
      case 'settled':
        if (report.result !== undefined) {
          this.#handlers.onOutput(report.key, report.result);
        }
        if (report.key === this.#running?.key) {
          // It passed while it was being interrupted, perhaps because its loop was cut off: nobody knows what of it was left out.
          const isCutOff = this.#ladder !== null && report.outcome.status === 'ok';
          this.#settle(
            isCutOff
              ? { status: 'error', error: interruptedError('The cell was interrupted before it had ended.') }
              : report.outcome
          );
        }
        break;
      case 'gone':
        this.#handlers.onCellGone?.(report.cell);
        break;
      case 'group':
        channels.guardian?.add(report.pid);
        break;
      case 'groupGone':
        channels.guardian?.remove(report.pid);
        break;
      case 'stopping':
        this.#ladder?.acceptStopping(report.id);
        break;
      case 'interrupted':
        this.#ladder?.acceptStop(report.id);
        break;
      default:
        break;
    }
  }

  async #answer(
    call: Extract<Report, { kind: 'call' }>,
    channels: ExecutorChannels,
    calls: Map<number, AbortController>
  ): Promise<void> {
    const abort = new AbortController();
    calls.set(call.id, abort);
    try {
      const value = await this.#handlers.onCall(call, abort.signal);
      channels.order({ kind: 'answer', id: call.id, value });
    } catch (error) {
      channels.order({ kind: 'refusal', id: call.id, error: toErrorRecord(error) });
    } finally {
      calls.delete(call.id);
    }
  }

  #afterEnd(death: Extract<Death, { kind: 'end' }>, wasReady: boolean): void {
    this.#channels = null;
    this.#ready = null;
    if (wasReady && !this.#isKilled) {
      this.start().catch(() => {}); // the next run tries again, and says what was wrong
    }
    if (wasReady) {
      this.#settle({ status: 'error', error: describeDeath(death) });
    }
    this.#handlers.onExit({ reason: death.reason, code: death.code, signal: death.signal });
    this.#ladder?.acceptEnd();
  }

  #reasonOf(exitCall: number | null): ExecutorExit['reason'] {
    if (this.#isKilled) {
      return 'killed';
    }
    if (this.#ladder?.hasReplaced === true) {
      return 'replaced';
    }
    return exitCall === null ? 'died' : 'exited';
  }

  #settle(outcome: RunOutcome): void {
    const running = this.#running;
    this.#running = null;
    running?.resolve(outcome);
  }
}
