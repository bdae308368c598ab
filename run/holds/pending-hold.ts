// A hold that a cell waits for, whatever its kind: asked, shown, answered and ended in one way. A record comes before what it announces,
// and what is done to one hold is done one after the other, so that nothing is changed while its end is being written.
import type { MimeBundle } from '../../contract/base/json.js';
import { isPending, type HoldState } from '../../contract/holds/pending.js';
import type { RecordBody } from '../../contract/journal/journal.js';
import type { RunState } from '../../contract/state/state.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { RunningStep } from '../keeper/step-register.js';
import { makeError } from '../make-error.js';
import type { OutputSink } from '../ports.js';

/** What differs between the kinds of hold. `A` is what the waiting cell gets; `step` is the step that waits. */
export interface HoldRules<H extends HoldState, A> {
  /** In the ids of this kind: `approval`. */
  readonly kind: string;
  readonly find: (state: RunState, id: string) => H | undefined;
  readonly bundle: (hold: H, run: string | null) => MimeBundle;
  /** What ends the wait as the hold stands now, null while it goes on. A `record` is on disk before the cell hears of the end. */
  readonly answerOf: (
    hold: H,
    step: string
  ) => { readonly record?: RecordBody; readonly value: A } | { readonly error: Error } | null;
  /** The record of an end without an answer. */
  readonly closing: (hold: H, status: 'expired' | 'withdrawn', reason: string, step: string) => RecordBody;
  /** How to go on when nobody can answer here. */
  readonly elsewhere: string;
}

/** What a cell asks for. */
export interface Asking<H> {
  readonly id: string;
  readonly running: RunningStep;
  /** Withdraws the request when it aborts. */
  readonly signal: AbortSignal;
  /** The record that asks; null when it stands in the journal already. */
  readonly record: RecordBody | null;
  /** True: it is shown already where it was made. */
  readonly isShown?: boolean;
  /** Starts what time does to it. Returns the way to stop it. */
  readonly startClock?: (hold: H) => () => void;
  /** It is on disk and on the screen. */
  readonly onAsked: (id: string) => void;
}

/** What holds work with. */
export interface PendingHoldParts {
  readonly keeper: RunKeeper;
  readonly outputs: OutputSink;
}

interface Entry<A> {
  /** The cell that shows it, so that it is shown anew when it changes later. */
  cellKey: string | undefined;
  turn: Promise<unknown>;
  readonly waits: Set<PromiseWithResolvers<A> & { readonly step: string }>;
}

/** All holds of one kind in this kernel. */
export class PendingHolds<H extends HoldState, A> {
  readonly #parts: PendingHoldParts;
  readonly #rules: HoldRules<H, A>;
  readonly #entries = new Map<string, Entry<A>>();
  #count = 0;

  constructor(parts: PendingHoldParts, rules: HoldRules<H, A>) {
    this.#parts = parts;
    this.#rules = rules;
  }

  /** An id that no other hold of the run has. */
  nextId({ step, attempt }: RunningStep): string {
    return `${step}:${attempt}:${this.#rules.kind}-${++this.#count}`;
  }

  find(id: string): H | undefined {
    return this.#rules.find(this.#parts.keeper.state, id);
  }

  /** Asks and waits. Resolves with the answer of people; every other end rejects. */
  async ask({ id, running, signal, record, isShown, startClock, onAsked }: Asking<H>): Promise<A> {
    const wait = { ...Promise.withResolvers<A>(), step: running.step };
    wait.promise.catch(() => undefined);
    const { waits } = this.#entryOf(id);
    waits.add(wait);
    const withdraw = (): void => void this.end(id, 'withdrawn', stopped);
    let stopClock: (() => void) | undefined;
    try {
      if (record) {
        await this.#parts.keeper.append(record);
      }
      if (!isShown) {
        this.show(id, running.cell.key);
      }
      stopClock = startClock?.(this.find(id)!);
      signal.addEventListener('abort', withdraw, { once: true });
      if (signal.aborted) {
        withdraw();
      }
      await this.inTurn(id, () => this.#settle(id));
      onAsked(id);
      return await wait.promise;
    } finally {
      stopClock?.();
      signal.removeEventListener('abort', withdraw);
      waits.delete(wait);
    }
  }

  /** Does `act` after everything that was asked of this hold before. `isAwaited`: a cell waited for it when `act` was asked for. */
  async inTurn<T>(id: string, act: (isAwaited: boolean) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(id);
    if (!entry) {
      return act(false);
    }
    const isAwaited = entry.waits.size > 0;
    const turn = entry.turn.then(() => act(isAwaited));
    entry.turn = turn.catch(() => undefined);
    return turn;
  }

  /** Somebody has changed it: it is shown anew, and the waiting cell goes on when that is an answer. To be called in its turn. */
  async changed(id: string): Promise<void> {
    this.show(id);
    await this.#settle(id);
  }

  /** Ends the wait when nobody can answer here. */
  giveUp(id: string, reason: string): Promise<void> {
    const { elsewhere } = this.#rules;
    return this.end(id, 'withdrawn', () =>
      makeError('HoldUnansweredError', 'hold.unanswered', reason, elsewhere)
    );
  }

  /** Ends the wait without an answer. The cell is told even when the journal cannot be written. */
  async end(id: string, status: 'expired' | 'withdrawn', errorOf: () => Error): Promise<void> {
    await this.inTurn(id, async () => {
      const entry = this.#entryOf(id);
      const [wait] = entry.waits;
      if (!wait) {
        return;
      }
      const error = errorOf();
      try {
        const hold = this.find(id);
        if (hold && isPending(hold)) {
          await this.#parts.keeper.append(this.#rules.closing(hold, status, error.message, wait.step));
          this.show(id);
        }
      } catch {
        // Not released is what the journal says anyway.
      }
      finish(entry, ({ reject }) => reject(error));
    });
  }

  /** Shows it below this cell, and below no other from now on; without a cell anew where it was shown. */
  show(id: string, cellKey?: string): void {
    const { keeper, outputs } = this.#parts;
    const entry = this.#entryOf(id);
    const kind = cellKey === undefined ? 'update' : 'display';
    entry.cellKey = cellKey ?? entry.cellKey;
    if (entry.cellKey !== undefined) {
      const data = this.#rules.bundle(this.find(id)!, keeper.state.run?.id ?? null);
      outputs.publish(entry.cellKey, { kind, data, metadata: {}, displayId: id });
    }
  }

  async #settle(id: string): Promise<void> {
    const hold = this.find(id);
    const entry = this.#entryOf(id);
    const [wait] = entry.waits;
    const answer = hold && wait && this.#rules.answerOf(hold, wait.step);
    if (!answer) {
      return;
    }
    if ('error' in answer) {
      finish(entry, ({ reject }) => reject(answer.error));
      return;
    }
    if (answer.record) {
      await this.#parts.keeper.append(answer.record);
      this.show(id);
    }
    finish(entry, ({ resolve }) => resolve(answer.value));
  }

  #entryOf(id: string): Entry<A> {
    const entry = this.#entries.get(id) ?? { cellKey: undefined, turn: Promise.resolve(), waits: new Set() };
    this.#entries.set(id, entry);
    return entry;
  }
}

function finish<A>({ waits }: Entry<A>, tell: (wait: PromiseWithResolvers<A>) => void): void {
  waits.forEach(tell);
  waits.clear();
}

function stopped(): Error {
  return makeError('HoldWithdrawnError', 'hold.withdrawn', 'The waiting cell was stopped.');
}
