// Checklists in the kernel: the cell waits until every required item is ticked; each tick has who and when.
import { randomUUID } from 'node:crypto';
import type { ChecklistState, DecisionSignature } from '../../contract/holds/hold.js';
import { isPending } from '../../contract/holds/pending.js';
import { checklistBundle } from '../../contract/holds/fallback.js';
import { phaseOfStep } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import { makeError } from '../make-error.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { RunningStep } from '../keeper/step-register.js';
import { PendingHolds, type HoldRules, type PendingHoldParts } from './pending-hold.js';

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
export interface ChecklistParts extends PendingHoldParts {
  readonly outline: OutlineSource;
}

/** A checklist waits until every required item is ticked, and is closed then. */
const CHECKLIST: HoldRules<ChecklistState, void> = {
  kind: 'checklist',
  find: (state, id) => state.checklists[id],
  bundle: checklistBundle,
  answerOf: ({ id, items }) =>
    items.every(item => item.ticked !== null || !item.required)
      ? { record: { kind: 'checklist-closed', checklist: id, status: 'done' }, value: undefined }
      : null,
  closing: ({ id }) => ({ kind: 'checklist-closed', checklist: id, status: 'withdrawn' }),
  elsewhere: 'Open the run in JupyterLab with the Launchbook extension and run this step again.'
};

/** All checklists of this kernel. */
export class Checklists {
  readonly #parts: ChecklistParts;
  readonly #holds: PendingHolds<ChecklistState, void>;

  constructor(parts: ChecklistParts) {
    this.#parts = parts;
    this.#holds = new PendingHolds(parts, CHECKLIST);
  }

  /** Shows the list and waits until it is done. */
  ask(
    running: RunningStep,
    params: ChecklistParams,
    signal: AbortSignal,
    onAsked: (id: string) => void
  ): Promise<void> {
    const { step, attempt } = running;
    const phase = phaseOfStep(this.#parts.outline.current(), step)?.title ?? '';
    const id = this.#holds.nextId(running);
    return this.#holds.ask({
      id,
      running,
      signal,
      record: {
        kind: 'checklist-requested',
        checklist: id,
        step,
        attempt,
        phase,
        ...params,
        nonce: randomUUID()
      },
      onAsked
    });
  }

  /** Takes a tick. Resolves when it is on disk; rejects, with the reason, when it does not count. */
  async tick(params: TickParams, by: Person, signature?: DecisionSignature): Promise<void> {
    const { checklist: id, item } = params;
    await this.#holds.inTurn(id, async isAwaited => {
      const fault = faultOfTick(params, isAwaited ? this.#holds.find(id) : undefined);
      if (fault) {
        throw fault;
      }
      const ticked = params.ticked === true;
      await this.#parts.keeper.append({
        kind: 'checklist-ticked',
        checklist: id,
        item,
        ticked,
        by,
        ...(signature && { signature })
      });
      await this.#holds.changed(id);
    });
  }

  /** Ends a checklist that nobody can tick here. */
  giveUp(id: string, reason: string): Promise<void> {
    return this.#holds.giveUp(id, reason);
  }
}

/** Why a tick does not count, or null. `checklist` is undefined when no cell waits for it. */
function faultOfTick({ item }: TickParams, checklist: ChecklistState | undefined): Error | null {
  const refuse = (code: string, message: string): Error => makeError('TickRefusedError', code, message);
  if (!checklist) {
    return refuse('checklist.not_waiting', 'No cell waits for this checklist; the tick was not counted.');
  }
  if (!isPending(checklist)) {
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
