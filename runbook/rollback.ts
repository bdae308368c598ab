// `rollback`: undo steps, registered beside the steps they undo, run in reverse order after the plan was shown.
import { toErrorRecord } from '../contract/base/error.js';
import type { Outcome } from '../contract/base/run.js';
import { ports } from './context.js';
import { readTable, tableBundle } from './display/table.js';
import { didYouMean } from '../contract/base/did-you-mean.js';
import { stopwatch } from './stopwatch.js';
import { RollbackFailedError } from './errors/rollback-failed-error.js';
import type { Ports } from './ports.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from './usage/check-options.js';
import { callback, required, text, textList } from './usage/rules.js';

/** One undo step of the plan. */
export interface PlannedRollback {
  /** As it was registered. */
  readonly name: string;
  /** `failed`: it was tried and did not succeed. */
  readonly status: 'registered' | 'failed';
}

/** How far to go back. */
export interface RollbackOptions {
  /** Name of the last undo step to run. @default all of them */
  readonly to?: string;
  /** Exactly these undo steps, in this order. Refused whole when one of them is not registered. @default none chosen */
  readonly steps?: readonly string[];
}

/** The type of {@link rollback}. */
export interface Rollback {
  /**
   * Registers how to undo what the cell is about to do. Repeated: on resume the cell registers it again.
   * It keeps the values that the names of the notebook have now, whatever later cells declare; functions that it calls are the newest.
   *
   * @param name - Of the undo step, for reading; not empty. The same name replaces the earlier one.
   * @param undo - What undoes. It may be called again after it failed or was interrupted.
   * @throws {@link UsageError} for an empty name or an undo that is not a function. Nothing is registered.
   * @example
   * await rollback('Schema back to 4', () => $`fleetctl migrate --to 4`) // undefined; rollback.plan() has it
   */
  (name: string, undo: () => unknown): Promise<void>;
  /**
   * What `run()` would do, in its order: the newest first.
   *
   * @example
   * rollback.plan() // [{ name: 'Schema back to 4', status: 'registered' }]
   */
  plan(): readonly PlannedRollback[];
  /**
   * Shows the plan, then runs the undo steps, the newest first, each recorded. Stops at the first that fails.
   * Never in a step that also does something else: a rollback is an act of its own.
   *
   * Recorded: on resume what had been undone is not undone again.
   * @param options - How far to go back. Without them everything is undone.
   * @throws {@link RollbackFailedError} naming what has not been undone.
   * @throws {@link UsageError} for a name that is not registered. Nothing is undone.
   * @example
   * await rollback.run({ to: 'Schema back to 4' }) // undefined; this one and all newer ones are undone
   */
  run(options?: RollbackOptions): Promise<void>;
}

/**
 * Registers how to undo what the cell is about to do. Register before acting, so that a half-done step can be undone too.
 * A name that is registered again replaces the earlier one. Names of the notebook that it reads keep the values that they have now, whatever
 * later cells declare; functions that it calls are the newest. The plan of a rollback shows these values.
 *
 * Repeated: on resume the cell registers it again.
 * @throws {@link UsageError} for an empty name or an undo that is not a function.
 * @example
 * await rollback('Schema back to 4', () => $`fleetctl migrate --to 4`)
 * rollback.plan() // [{ name: 'Schema back to 4', status: 'registered' }]
 * await rollback.run()
 */
export const rollback: Rollback = Object.assign(registerRollback, { plan: planRollback, run: runRollback });

interface Registered {
  readonly id: string;
  readonly name: string;
  readonly undo: () => unknown;
  isFailed: boolean;
}

const registers = new WeakMap<Ports, Registered[]>();

async function registerRollback(name: string, undo: () => unknown): Promise<void> {
  refuseFaults('rollback', [
    ...faultsOfValue('The name', name, required(text)),
    ...faultsOfValue('The undo', undo, required(callback))
  ]);
  const { run, values } = ports().keep(undo);
  const id = await ports().journal.registerRollback(name, values);
  if (id === null) {
    return;
  }
  const register = registerOf();
  const before = register.findIndex(entry => entry.name === name);
  if (before >= 0) {
    register.splice(before, 1);
  }
  register.push({ id, name, undo: run, isFailed: false });
}

function planRollback(): readonly PlannedRollback[] {
  return registerOf()
    .map(entry => ({
      name: entry.name,
      status: entry.isFailed ? ('failed' as const) : ('registered' as const)
    }))
    .reverse();
}

async function runRollback(options: RollbackOptions = {}): Promise<void> {
  refuseFaults('rollback.run', faultsOfOptions(options, { to: text, steps: textList }));
  const chosen = options.steps ? chooseNamed(options.steps) : chooseSteps(options.to);
  const table = new PlanTable(chosen.map(entry => entry.name));
  const { journal, signal } = ports();
  const interrupt = signal();
  for (const [index, entry] of chosen.entries()) {
    await journal.startRollback(entry.id);
    table.set(index, 'running');
    const elapsedMs = stopwatch();
    try {
      await entry.undo();
    } catch (error) {
      entry.isFailed = true;
      const outcome = interrupt.aborted ? 'inconclusive' : 'failed';
      await journal.endRollback(entry.id, { outcome, error: toErrorRecord(error) });
      table.set(index, outcome, elapsedMs());
      const names = chosen.map(step => step.name);
      throw new RollbackFailedError(entry.name, names.slice(0, index), names.slice(index), error);
    }
    await journal.endRollback(entry.id, { outcome: 'passed' });
    registerOf().splice(registerOf().indexOf(entry), 1);
    table.set(index, 'passed', elapsedMs());
  }
}

function chooseSteps(to: string | undefined): readonly Registered[] {
  const newestFirst = [...registerOf()].reverse();
  if (to === undefined) {
    return newestFirst;
  }
  const last = newestFirst.findIndex(entry => entry.name === to);
  const names = newestFirst.map(entry => entry.name);
  refuseFaults(
    'rollback.run',
    last >= 0
      ? []
      : [`There is no undo step '${to}'.${didYouMean(to, names)} Registered: ${names.join(', ') || 'none'}.`]
  );
  return newestFirst.slice(0, last + 1);
}

function chooseNamed(names: readonly string[]): readonly Registered[] {
  const found = names.map(name => registerOf().findLast(entry => entry.name === name));
  const known = registerOf().map(entry => entry.name);
  refuseFaults(
    'rollback.run',
    names
      .filter((_, index) => !found[index])
      .map(name => `There is no undo step '${name}'. Registered: ${known.join(', ') || 'none'}.`)
  );
  return found.flatMap(entry => entry ?? []);
}

/** Undo steps that have run already, as the journal says: a resume registers them again. */
export function forgetRollbacks(ids: readonly string[]): void {
  const register = registerOf();
  const left = register.filter(entry => !ids.includes(entry.id));
  register.splice(0, register.length, ...left);
}

function registerOf(): Registered[] {
  const key = ports();
  const register = registers.get(key) ?? [];
  registers.set(key, register);
  return register;
}

let tables = 0;

/** The plan as a table that follows the steps. */
class PlanTable {
  readonly #rows: { '#': number; 'Undo step': string; Status: string }[];
  readonly #displayId = `launchbook-rollback-${++tables}`;

  constructor(names: readonly string[]) {
    this.#rows = names.map((name, index) => ({ '#': index + 1, 'Undo step': name, Status: 'planned' }));
    ports().display.show(this.#bundle(), { displayId: this.#displayId });
  }

  set(index: number, status: 'running' | Outcome, durationMs?: number): void {
    this.#rows[index]!.Status =
      durationMs === undefined ? status : `${status === 'passed' ? '☑' : '✗'} ${status} (${durationMs} ms)`;
    ports().display.update(this.#displayId, this.#bundle());
  }

  #bundle(): ReturnType<typeof tableBundle> {
    return tableBundle(
      readTable(this.#rows),
      this.#rows.length === 0 ? 'Nothing is registered to roll back.' : 'Rollback plan, in this order.'
    );
  }
}
