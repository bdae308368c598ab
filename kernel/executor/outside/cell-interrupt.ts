// The four rungs of an interrupt, each with its time: the main thread stops the cell itself; after 100 ms the executor's worker
// terminates what keeps the loop busy; after 400 ms the child that blocks it gets SIGINT, 1.5 s later SIGKILL; after 5 s the
// process is replaced. Variables survive all but the last.
import { listDescendants } from './descendants.js';
import type { ExecutorChannels } from './executor-channels.js';

const SIGNAL_CHILDREN_MS = 400;
const KILL_CHILDREN_MS = 1900;
const REPLACE_MS = 5000;
/** From when the main thread has heard it: it waits 5 s at most for what the cell has begun. */
const REPLACE_STOPPING_MS = 8000;

let lastId = 0;

/** One interrupt of one executor process. */
export class CellInterrupt {
  readonly #channels: ExecutorChannels;
  readonly #onEnd: () => void;
  readonly #id = (lastId += 1);
  readonly #timers: NodeJS.Timeout[] = [];
  #result: Promise<'stopped' | 'replaced'> | null = null;
  #resolve: (result: 'stopped' | 'replaced') => void = () => {};
  #hasReplaced = false;

  constructor(channels: ExecutorChannels, onEnd: () => void) {
    this.#channels = channels;
    this.#onEnd = onEnd;
  }

  get hasReplaced(): boolean {
    return this.#hasReplaced;
  }

  /** A second call while the first is under way waits for the same end. */
  climb(): Promise<'stopped' | 'replaced'> {
    this.#result ??= new Promise(resolve => {
      this.#resolve = resolve;
      this.#timers.push(
        setTimeout(() => this.#signalChildren('SIGINT'), SIGNAL_CHILDREN_MS),
        setTimeout(() => this.#signalChildren('SIGKILL'), KILL_CHILDREN_MS),
        setTimeout(() => this.#replace(), REPLACE_MS)
      );
      this.#channels.order({ kind: 'interrupt', id: this.#id });
      this.#channels.control({ kind: 'interrupt', id: this.#id });
    });
    return this.#result;
  }

  /** The main thread has heard it, and waits for the end of what the cell has begun. */
  acceptStopping(id: number): void {
    if (id === this.#id && !this.#hasReplaced) {
      this.#timers.splice(0).forEach(clearTimeout);
      this.#timers.push(setTimeout(() => this.#replace(), REPLACE_STOPPING_MS));
    }
  }

  /** The executor's main thread answered. */
  acceptStop(id: number): void {
    if (id === this.#id) {
      this.#end('stopped');
    }
  }

  /** The worker stopped the main thread, perhaps just while it was reading the order: said once more. */
  acceptTermination(id: number): void {
    if (id === this.#id) {
      this.#channels.order({ kind: 'interrupt', id });
    }
  }

  /** The process is gone. */
  acceptEnd(): void {
    this.#end('replaced');
  }

  #signalChildren(signal: NodeJS.Signals): void {
    if (this.#channels.pid === undefined) {
      return;
    }
    for (const pid of listDescendants(this.#channels.pid, this.#channels.ownChildren)) {
      try {
        process.kill(pid, signal);
      } catch {
        // it has ended meanwhile
      }
    }
  }

  #replace(): void {
    this.#hasReplaced = true;
    this.#channels.killGroup();
  }

  #end(result: 'stopped' | 'replaced'): void {
    this.#timers.forEach(clearTimeout);
    this.#resolve(result);
    this.#onEnd();
  }
}
