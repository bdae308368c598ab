// The order of steps. Where it is kept, a step before which others are open begins only with a reason that somebody gave for this one
// attempt; where it is noted, the record says what was open.
import type { OrderRule } from '../../contract/holds/policy.js';
import { stepNamed, type Outline } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import { openStepsBefore, type OpenStep } from '../../contract/plans/open-steps.js';
import { formatCount, formatFew } from '../../contract/base/format.js';
import { outlineChanges } from '../../contract/notebook/outline-changes.js';
import { isWayBack } from '../../contract/notebook/way-back.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import { makeError } from '../make-error.js';
import type { PolicyInForce } from '../profile/policy-in-force.js';
import { refuseWithoutReason } from '../refuse-without-reason.js';
import type { AskedStep } from './check.js';

/** What it looks at. */
export interface StepOrderParts {
  readonly keeper: RunKeeper;
  readonly outline: OutlineSource;
  readonly policy: PolicyInForce;
}

/** The order of the steps of a run. */
export class StepOrder {
  readonly #parts: StepOrderParts;

  constructor(parts: StepOrderParts) {
    this.#parts = parts;
  }

  /** Why the step may not begin now, or null. What is said about its order goes into the record of its attempt. */
  refusalOf(asked: AskedStep): Error | null {
    delete asked.outOfOrder;
    const { step } = asked;
    const open = isWayBack(asked.code) ? [] : this.#openBefore(step);
    // The policy is asked last, because launchbook.yml is looked at for it.
    const rule = open.length === 0 ? 'free' : this.#rule();
    if (rule === 'free') {
      return null;
    }
    const ids = open.map(({ id }) => id);
    if (rule === 'noted') {
      asked.outOfOrder = { open: ids };
      return null;
    }
    const waiver = this.#parts.keeper.state.orderWaivers[step];
    // A reason covers what was open when it was given, and nothing that was opened since.
    if (!waiver || ids.some(id => !waiver.open.includes(id))) {
      return outOfOrder(this.#named(open), nameFor(this.#parts.outline.current(), step));
    }
    const { by, reason } = waiver;
    asked.outOfOrder = { open: ids, waived: { by, reason } };
    return null;
  }

  /** Lets the next attempt of a step begin out of order. @throws code `reason.missing`, `order.unknown`, `order.not_needed`. */
  async waive(step: string, reason: string, by: Person): Promise<void> {
    const { keeper, outline } = this.#parts;
    await keeper.open();
    refuseWithoutReason(reason, 'Running a step out of order');
    const found = stepNamed(outline.current(), step) ?? stepNamed(outline.saved(), step);
    if (!found) {
      throw refuse('order.unknown', `The notebook has no step ${step}.`);
    }
    const open = this.#rule() === 'kept' ? this.#openBefore(found.id).map(({ id }) => id) : [];
    if (open.length === 0) {
      throw refuse('order.not_needed', `“${found.title}” waits for no step before it.`, 'Run it as usual.');
    }
    await keeper.append({ kind: 'order-waived', step: found.id, open, by, reason: reason.trim() });
  }

  /** Of a live run whose launchbook.yml is faulty it is not known, so the order is kept. A dry run does nothing that could be too early. */
  #rule(): OrderRule {
    const { keeper, policy } = this.#parts;
    const mode = keeper.state.run?.mode;
    const rule = policy.last?.order ?? (mode === 'live' ? 'kept' : 'noted');
    return rule === 'kept' && mode === 'dry-run' ? 'noted' : rule;
  }

  /** In the open document and in the file, so that a page cannot hide what the file holds, and as the journal has it, which is verified. */
  #openBefore(step: string): readonly OpenStep[] {
    const { keeper, outline } = this.#parts;
    const found = [outline.current(), outline.saved(), keeper.state.outline].flatMap(each =>
      openStepsBefore(keeper.state, each, step)
    );
    return [...new Map(found.map(open => [open.id, open])).values()];
  }

  /** With what was done to the cell of a step since the run began, where it would not be found by its name. */
  #named(open: readonly OpenStep[]): string[] {
    const { keeper, outline } = this.#parts;
    const changes = outlineChanges(keeper.state.outlineAtStart ?? outline.current(), outline.current());
    return open.map(({ id, title, phase }) => {
      const how = changes.filter(change => change.id === id).map(change => change.how);
      return `“${title}” (${[phase, ...how].join(', ')})`;
    });
  }
}

function outOfOrder(names: readonly string[], name: string): Error {
  const isOne = names.length === 1;
  return makeError(
    'StepOutOfOrderError',
    'order.kept',
    `This step is out of order: ${formatCount(names.length, 'step')} before it ${isOne ? 'is' : 'are'} not done: ${formatFew(names, 'step')}. Nothing of the cell has run.`,
    `Run them first, or leave one out: %skip STEP REASON. To run this step all the same, give a reason: %out-of-order ${name} REASON, then run it.`
  );
}

/** A step as a line command takes it: its title where that is enough, else its id. */
export function nameFor(outline: Outline, step: string): string {
  const title = outline.phases.flatMap(({ steps }) => steps).find(({ id }) => id === step)?.title ?? step;
  return stepNamed(outline, title)?.id === step && !title.includes('"') ? `"${title}"` : step;
}

function refuse(code: string, message: string, hint?: string): Error {
  return makeError('OrderError', code, message, hint);
}
