// Effects of cells in the journal: announced before they happen, ended after. Also rollbacks, checkpoints and notes.
import type { ErrorRecord } from '../../contract/error.js';
import type { Json } from '../../contract/json.js';
import type { Outcome } from '../../contract/run.js';
import type { RunState } from '../../contract/state.js';
import { makeError } from './cell-error.js';
import type { People } from './people.js';
import type { RunKeeper } from './run-keeper.js';
import type { RunningStep } from './step-register.js';

/** Writes what the helper library announces. Every method resolves when the record is on disk. */
export class Effects {
  readonly #keeper: RunKeeper;
  readonly #people: People;
  #count = 0;

  constructor(keeper: RunKeeper, people: People) {
    this.#keeper = keeper;
    this.#people = people;
  }

  /** The state of the run. */
  get state(): RunState {
    return this.#keeper.state;
  }

  async start(
    running: RunningStep,
    effect: { helper: string; label: string; request: Json }
  ): Promise<string> {
    if (this.#keeper.state.run?.mode === 'dry-run') {
      throw makeError(
        'DryRunError',
        'run.dry_run',
        `“${effect.label}” was not begun: this is a dry run, in which nothing may be performed.`
      );
    }
    const id = this.#newId(running, 'effect');
    const { step, attempt } = running;
    await this.#keeper.append({
      kind: 'effect-started',
      effect: id,
      step,
      attempt,
      helper: effect.helper,
      label: effect.label,
      request: effect.request
    });
    return id;
  }

  /** What a dry run would have done. */
  async plan(running: RunningStep, effect: { helper: string; label: string; request: Json }): Promise<void> {
    const { step, attempt } = running;
    await this.#keeper.append({
      kind: 'effect-planned',
      effect: this.#newId(running, 'effect'),
      step,
      attempt,
      helper: effect.helper,
      label: effect.label,
      request: effect.request
    });
  }

  async end(effect: string, end: { outcome: Outcome; durationMs: number; result: Json }): Promise<void> {
    await this.#keeper.append({
      kind: 'effect-ended',
      effect,
      outcome: end.outcome,
      durationMs: Math.max(0, end.durationMs), // a clock may be set back
      result: end.result
    });
  }

  async checkpoint(running: RunningStep, name: string): Promise<void> {
    await this.#keeper.append({ kind: 'checkpoint', name, step: running.step });
  }

  async note(running: RunningStep, text: string): Promise<void> {
    await this.#keeper.append({
      kind: 'note',
      text,
      step: running.step,
      by: this.#people.of(running.cell.session, running.cell.username)
    });
  }

  async registerRollback(running: RunningStep, name: string): Promise<string> {
    const id = this.#newId(running, 'rollback');
    await this.#keeper.append({ kind: 'rollback-registered', rollback: id, name, step: running.step });
    return id;
  }

  async startRollback(running: RunningStep, rollback: string): Promise<void> {
    await this.#keeper.append({ kind: 'rollback-started', rollback, step: running.step });
  }

  async endRollback(rollback: string, end: { outcome: Outcome; error?: ErrorRecord }): Promise<void> {
    await this.#keeper.append({
      kind: 'rollback-ended',
      rollback,
      outcome: end.outcome,
      ...(end.error === undefined ? {} : { error: end.error })
    });
  }

  #newId(running: RunningStep, word: string): string {
    return `${running.step}:${running.attempt}:${word}-${++this.#count}`;
  }
}
