// Checklists in the kernel: the cell waits until every required item is ticked; each tick has who and when.
import type { ChecklistState } from '../../contract/hold.js';
import { checklistBundle } from '../../contract/fallback.js';
import { phaseOfStep } from '../../contract/outline.js';
import type { Person } from '../../contract/person.js';
import type { OutputSink } from '../core/ports.js';
import { makeError } from './cell-error.js';
import type { OutlineSource } from './outline-source.js';
import type { RunKeeper } from './run-keeper.js';
import type { RunningStep } from './step-register.js';
import { Waiting } from './waiting.js';

/** What `checklist()` in a cell asks for. */
export interface ChecklistParams {
  readonly name: string;
  readonly items: readonly { readonly text: string; readonly required: boolean }[];
}

/** What a person ticked. */
export interface TickParams {
  readonly checklist: string;
  readonly item: number;
  readonly ticked: boolean;
}

/** What the checklists work with. */
export interface ChecklistParts {
  readonly keeper: RunKeeper;
  readonly outline: OutlineSource;
  readonly outputs: () => OutputSink;
}

interface Pending {
  readonly wait: Waiting<void>;
  readonly cellKey: string;
  /** What is done to this checklist is done one after the other: nothing is unticked while its end is being written. */
  turn: Promise<unknown>;
}

/** All checklists of this kernel. */
export class Checklists {
  readonly #parts: ChecklistParts;
  #count = 0;
  readonly #waiting = new Map<string, Pending>();

  constructor(parts: ChecklistParts) {
    this.#parts = parts;
  }

  /** Shows the list and waits until it is done. */
  async ask(
    running: RunningStep,
    params: ChecklistParams,
    signal: AbortSignal,
    onAsked: (id: string) => void
  ): Promise<void> {
    const { keeper, outline } = this.#parts;
    const id = `${running.step}:${running.attempt}:checklist-${++this.#count}`;
    const wait = new Waiting<void>();
    this.#waiting.set(id, { wait, cellKey: running.cell.key, turn: Promise.resolve() });
    const withdraw = (): void => void this.#withdraw(id);
    try {
      const { step, attempt } = running;
      const phase = phaseOfStep(outline.current(), step)?.title ?? '';
      await keeper.append({ kind: 'checklist-requested', checklist: id, step, attempt, phase, ...params });
      this.#show(id, 'display');
      signal.addEventListener('abort', withdraw, { once: true });
      if (signal.aborted) {
        withdraw();
      }
      await this.#inTurn(id, pending => this.#settleWhenDone(id, pending));
      onAsked(id);
      await wait.promise;
    } finally {
      signal.removeEventListener('abort', withdraw);
      this.#waiting.delete(id);
    }
  }

  /** Takes a tick. Resolves when it is on disk; rejects, with the reason, when it does not count. */
  async tick(params: TickParams, by: Person): Promise<void> {
    const { checklist: id, item } = params;
    await this.#inTurn(id, async pending => {
      const fault = faultOfTick(params, pending && this.#parts.keeper.state.checklists[id]);
      if (fault) {
        throw fault;
      }
      const ticked = params.ticked === true;
      await this.#parts.keeper.append({ kind: 'checklist-ticked', checklist: id, item, ticked, by });
      this.#show(id, 'update');
      await this.#settleWhenDone(id, pending);
    });
  }

  /** Ends a checklist that nobody can tick here. */
  async giveUp(id: string, reason: string): Promise<void> {
    await this.#end(id, () =>
      makeError(
        'HoldUnansweredError',
        'hold.unanswered',
        reason,
        'Open the run in JupyterLab with the Launchbook extension and run this step again.'
      )
    );
  }

  async #settleWhenDone(id: string, pending: Pending | undefined): Promise<void> {
    const checklist = this.#parts.keeper.state.checklists[id];
    if (
      checklist?.status === 'pending' &&
      checklist.items.every(item => item.ticked !== null || !item.required)
    ) {
      await this.#close(id, 'done');
      pending?.wait.resolve();
    }
  }

  async #withdraw(id: string): Promise<void> {
    await this.#end(id, () =>
      makeError('HoldWithdrawnError', 'hold.withdrawn', 'The waiting cell was stopped.')
    );
  }

  /** Ends a pending checklist that is not done. The cell is told even when the journal cannot be written. */
  async #end(id: string, errorOf: () => Error): Promise<void> {
    await this.#inTurn(id, async pending => {
      try {
        await this.#close(id, 'withdrawn');
      } catch {
        // Not done is what the journal says anyway.
      }
      pending?.wait.reject(errorOf());
    });
  }

  async #inTurn<T>(id: string, act: (pending: Pending | undefined) => Promise<T>): Promise<T> {
    const pending = this.#waiting.get(id);
    const turn = (pending?.turn ?? Promise.resolve()).then(() => act(pending));
    if (pending) {
      pending.turn = turn.catch(() => undefined);
    }
    return turn;
  }

  async #close(id: string, status: 'done' | 'withdrawn'): Promise<void> {
    if (this.#parts.keeper.state.checklists[id]?.status === 'pending') {
      await this.#parts.keeper.append({ kind: 'checklist-closed', checklist: id, status });
      this.#show(id, 'update');
    }
  }

  #show(id: string, kind: 'display' | 'update'): void {
    const checklist: ChecklistState | undefined = this.#parts.keeper.state.checklists[id];
    const waiting = this.#waiting.get(id);
    if (checklist && waiting) {
      const data = checklistBundle(checklist, this.#parts.keeper.state.run?.id ?? null);
      this.#parts.outputs().publish(waiting.cellKey, { kind, data, metadata: {}, displayId: id });
    }
  }
}

/** Why a tick does not count, or null. `checklist` is undefined when no cell waits for it. */
function faultOfTick({ item }: TickParams, checklist: ChecklistState | undefined): Error | null {
  const refuse = (code: string, message: string): Error => makeError('TickRefusedError', code, message);
  if (!checklist) {
    return refuse('checklist.not_waiting', 'No cell waits for this checklist; the tick was not counted.');
  }
  if (checklist.status !== 'pending') {
    return refuse(
      'checklist.settled',
      `“${checklist.name}” is ${checklist.status} already; the tick was not counted.`
    );
  }
  if (!Number.isInteger(item) || !checklist.items[item]) {
    return refuse(
      'checklist.no_item',
      `“${checklist.name}” has ${checklist.items.length} items; item ${item} does not exist.`
    );
  }
  return null;
}
