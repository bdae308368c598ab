// Second runs: in live production a step that has passed, or of which nobody can tell, is asked about before it does again what it did. A
// page asks before it sends the cells; whoever sends them otherwise is asked by input request; who can be asked in neither way is refused.
import { formatFew } from '../../contract/base/format.js';
import type { Person } from '../../contract/base/person.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { EffectStarted } from '../../contract/journal/effects.js';
import { NO_FACTS } from '../../contract/notebook/source-facts.js';
import { isWayBack } from '../../contract/notebook/way-back.js';
import { attemptChain } from '../../contract/plans/resume-plan.js';
import { changesOf, repeatedAttempt, type SecondRun } from '../../contract/plans/second-run.js';
import { sourceFactsOf } from '../../record/source/source-facts.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import { makeError } from '../make-error.js';
import type { Cell, StdinPort } from '../ports.js';
import type { Profile } from '../profile/profile.js';
import type { AskedStep } from './check.js';
import { nameFor } from './step-order.js';

/** What they are asked about with. */
export interface SecondRunParts {
  readonly keeper: RunKeeper;
  readonly outline: OutlineSource;
  readonly run: () => RunInfo | null;
  readonly profile: Pick<Profile, 'mayBeProduction'>;
  readonly stdin: StdinPort;
  readonly now: () => number;
}

/** Asks once for what one gesture runs again. */
export class SecondRuns {
  readonly #parts: SecondRunParts;
  /** Until when a client had sent what its last yes covers, in milliseconds of the clock. */
  readonly #coveredMs = new Map<string, number>();

  constructor(parts: SecondRunParts) {
    this.#parts = parts;
  }

  /**
   * Returns when the step does nothing again, or when a person wants it to.
   *
   * @throws code `again.unanswered` when nobody can be asked, `again.refused` when the answer is not yes.
   */
  async pass(cell: Cell, asked: AskedStep): Promise<void> {
    const { step, code, by } = asked;
    if (asked.entry?.continuation || !this.#isAsked()) {
      return;
    }
    const [again] = await this.#repeated({ [step]: code });
    if (!again || this.#isAllowed(again)) {
      return;
    }
    // What was sent before the answer belongs to the same gesture, such as Run All; in the same millisecond nobody can tell, so it is asked.
    if (Date.parse(cell.queuedAt) >= (this.#coveredMs.get(cell.session) ?? -1)) {
      await this.#ask(cell, again);
      this.#coveredMs.set(cell.session, this.#parts.now());
    }
    if (!this.#isAllowed(again)) {
      await this.#allow(again, by);
    }
  }

  /** Which of these texts would do something again that a person has not allowed yet. */
  async plan(texts: { readonly [step: string]: string }): Promise<readonly SecondRun[]> {
    await this.#parts.keeper.open();
    const repeated = this.#isAsked() ? await this.#repeated(texts) : [];
    return repeated.filter(again => !this.#isAllowed(again));
  }

  /** Lets the next attempt of each step do again what its last one did. @throws code `again.not_needed`. */
  async allow(steps: readonly string[], by: Person): Promise<void> {
    const { keeper } = this.#parts;
    await keeper.open();
    const repeated = steps.map(step => ({
      step,
      attempt: repeatedAttempt(keeper.state.steps[step])?.attempt
    }));
    const others = repeated.filter(({ attempt }) => attempt === undefined || !this.#isAsked());
    if (others.length > 0) {
      throw makeError(
        'SecondRunError',
        'again.not_needed',
        `Nobody has to be asked before ${formatFew(
          others.map(({ step }) => `“${this.#titleOf(step)}”`),
          'step'
        )} runs.`,
        'Run it as usual.'
      );
    }
    for (const { step, attempt } of repeated) {
      await this.#allow({ step, attempt: attempt! }, by);
    }
  }

  async #allow({ step, attempt }: Pick<SecondRun, 'step' | 'attempt'>, by: Person): Promise<void> {
    await this.#parts.keeper.append({ kind: 'second-run-allowed', step, attempt, by });
  }

  #isAllowed({ step, attempt }: SecondRun): boolean {
    return this.#parts.keeper.state.secondRuns[step] === attempt;
  }

  /** In live production alone; what may be production counts as it. */
  #isAsked(): boolean {
    const { run, profile } = this.#parts;
    return run()?.mode === 'live' && profile.mayBeProduction;
  }

  /** Those that have ended and change something. */
  async #repeated(texts: { readonly [step: string]: string }): Promise<readonly SecondRun[]> {
    const { keeper } = this.#parts;
    const steps = Object.entries(texts).flatMap(([step, text]) => {
      const state = keeper.state.steps[step];
      const last = isWayBack(text) ? null : repeatedAttempt(state);
      return last === null ? [] : [{ step, text, last, attempts: attemptChain(state, last.attempt) }];
    });
    const effects = await this.#effectsOf(steps);
    return steps.flatMap(({ step, text, last }): SecondRun[] => {
      const facts = sourceFactsOf(text);
      const changes = changesOf(effects.get(step) ?? [], facts.isReadable ? facts : NO_FACTS);
      const outcome = last.outcome === 'passed' ? 'passed' : 'inconclusive';
      return changes.length === 0
        ? []
        : [{ step, title: this.#titleOf(step), attempt: last.attempt, outcome, changes }];
    });
  }

  /** What these attempts have begun, as the journal tells it. */
  async #effectsOf(
    steps: readonly { readonly step: string; readonly attempts: readonly number[] }[]
  ): Promise<ReadonlyMap<string, readonly EffectStarted[]>> {
    const attempts = new Map(steps.map(each => [each.step, each.attempts]));
    const found = new Map<string, EffectStarted[]>(steps.map(({ step }) => [step, []]));
    if (steps.length > 0) {
      for await (const record of this.#parts.keeper.read()) {
        if (record.kind === 'effect-started' && attempts.get(record.step)?.includes(record.attempt)) {
          found.get(record.step)!.push(record);
        }
      }
    }
    return found;
  }

  async #ask(cell: Cell, again: SecondRun): Promise<void> {
    const { keeper, outline, stdin } = this.#parts;
    const what = sentenceOf(again);
    const name = nameFor(outline.current(), again.step);
    if (!cell.allowsStdin) {
      throw makeError(
        'SecondRunError',
        'again.unanswered',
        `${what} A second run in live production is asked about before, and this client cannot be asked. Nothing of the cell has run.`,
        `To run it again: %run-again ${name}, then run it; in a terminal: launchbook run RUN.ipynb --again ${name}`
      );
    }
    // A page may say so meanwhile.
    const allowed = new AbortController();
    const stop = keeper.subscribe(() => this.#isAllowed(again) && allowed.abort());
    const prompt = `${what} Type yes to run it again, and with it what you have sent along: `;
    const answer = await stdin
      .ask(cell.key, prompt, false, allowed.signal)
      .catch((error: unknown) => {
        if (allowed.signal.aborted) {
          return 'yes';
        }
        throw error;
      })
      .finally(stop);
    if (answer.trim().toLowerCase() !== 'yes') {
      throw makeError(
        'SecondRunError',
        'again.refused',
        `“${again.title}” was not run again. Nothing of the cell has run.`,
        'What it showed before is in the journal.'
      );
    }
  }

  #titleOf(step: string): string {
    const { outline } = this.#parts;
    const steps = outline.current().phases.flatMap(phase => phase.steps);
    return steps.find(({ id }) => id === step)?.title ?? step;
  }
}

function sentenceOf({ title, attempt, outcome, changes }: SecondRun): string {
  const how =
    outcome === 'passed' ? 'has passed' : 'is inconclusive: nobody can tell how much of it was done';
  return `“${title}” ${how} (attempt ${attempt}), and would do again: ${formatFew(changes, 'command')}.`;
}
