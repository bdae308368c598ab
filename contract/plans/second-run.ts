// A second run: a step that has passed, or of which nobody can tell, would do again what it does to the world. In live production a person
// is asked before.
import type { EffectStarted } from '../journal/effects.js';
import type { SourceFacts } from '../notebook/source-facts.js';
import type { AttemptState, StepState } from '../state/state.js';
import { continuableAttempt } from './resume-plan.js';
import { Looks } from './looks.js';

/** A step that would do something again. */
export interface SecondRun {
  readonly step: string;
  readonly title: string;
  /** The attempt that it would repeat, and how that ended. */
  readonly attempt: number;
  readonly outcome: 'passed' | 'inconclusive';
  /** What is done again: commands and requests of that attempt as they are recorded; of one that recorded none, the helpers in its text. */
  readonly changes: readonly string[];
}

/**
 * The attempt that a further one would repeat, or null: the last one failed or was rejected, a person has said that what it did is undone or
 * is to be done again, or the next attempt goes on where it ended.
 */
export function repeatedAttempt(step: StepState | undefined): AttemptState | null {
  const last = step?.attempts.at(-1);
  const isOver = last?.outcome === 'passed' || last?.outcome === 'inconclusive';
  const isSettled = (step?.stale?.because ?? 'rerun') !== 'rerun';
  return isOver && !isSettled && continuableAttempt(step) === null ? last : null;
}

/**
 * What a step has done to the world, and else what its text would do. `effects` are those of the attempts that a further one would repeat, in
 * their order.
 */
export function changesOf(effects: readonly EffectStarted[], facts: SourceFacts): readonly string[] {
  const looks = new Looks();
  const done = effects
    .filter(effect => !looks.take(effect) && CHANGING.has(effect.helper))
    .map(({ label }) => label);
  return [...new Set(done.length > 0 ? done : facts.changes.map(({ helper }) => helper))];
}

const CHANGING: ReadonlySet<string> = new Set(['shell', 'http', 'record', 'slack']);
