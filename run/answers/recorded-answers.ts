// Answers the effects of a cell that is evaluated again from its record. Equal requests are answered in their recorded order; an
// effect that began after another had ended waits until that one has been asked for, so that parallel cells may come in another order
// but a cell that really does something else is noticed.
import { stableText } from '../../contract/base/stable-text.js';
import { makeError } from '../make-error.js';
import { answerablesOf } from './answerable.js';
import { diverged, PATIENCE_MS, type AskedEffect } from './diverged.js';
import type { RecordedEffect } from './recorded-effect.js';

/** What a cell gets instead of having the effect performed. `judged`: a person said that it was done; its result is not known. */
export type RecordedAnswer =
  { readonly recorded: NonNullable<RecordedEffect['end']> } | { readonly judged: 'passed' };

/** What the answers depend on. */
export interface RecordedAnswersParts {
  readonly step: string;
  readonly effects: readonly RecordedEffect[];
  /** True when the attempt died in its middle: what the record does not have is performed. */
  readonly goesOn: boolean;
  /** True when the attempt did not pass, and is evaluated up to where it ended: beyond its record nothing is done. @default false */
  readonly stopsAtEnd?: boolean;
  /** The text is another one than that of the record: from the first effect that differs on, everything is performed. @default false */
  readonly isEdited?: boolean;
  readonly mask: <T>(value: T) => T;
  /** How long an effect waits for one that has to come before it, in milliseconds. @default 10,000 */
  readonly patienceMs?: number;
}

/** The record of one attempt, asked effect by effect. */
export class RecordedAnswers {
  readonly #parts: RecordedAnswersParts;
  /** What can be answered and has not been asked for yet. */
  #left: readonly Answerable[];
  /** What a person has allowed to be done again. */
  #again: readonly RecordedEffect[];
  /** What had no end when the attempt ended. */
  readonly #unended: ReadonlySet<string>;
  #waiting: (() => void)[] = [];
  #fault: Error | null = null;

  constructor(parts: RecordedAnswersParts) {
    this.#parts = parts;
    const { answered, again, unended } = answerablesOf(parts.effects, parts.stopsAtEnd === true);
    this.#unended = new Set(unended.map(effect => this.#keyOf(effect)));
    this.#again = again;
    this.#left = answered.map(one => ({ ...one, key: this.#keyOf(one.effect) }));
  }

  /** Why the cell has left its record, or null. A cell may catch the error; this remembers it. */
  get fault(): Error | null {
    return this.#fault;
  }

  /**
   * The recorded answer, or null when the effect is to be performed.
   *
   * @throws code `resume.diverged`, or `effect.judged_failed` when a person said so.
   */
  async ask(asked: AskedEffect, signal?: AbortSignal): Promise<RecordedAnswer | null> {
    const key = this.#keyOf(asked);
    for (;;) {
      if (this.#fault) {
        throw this.#fault;
      }
      const found = this.#left.find(one => one.key === key && isSameLane(one.effect.lane, asked.lane));
      if (found && !this.#left.some(other => mustPrecede(other, found.effect))) {
        this.#left = this.#left.filter(candidate => candidate !== found);
        this.#wake();
        return answerOf(found.effect);
      }
      if (!found && this.#isBeyondEnd(key, asked)) {
        throw stopped(asked);
      }
      if (!found && this.#parts.isEdited === true) {
        this.#left = this.#left.filter(({ effect }) => !isSameLane(effect.lane, asked.lane));
        return null;
      }
      if (!found && this.#mayPerform(key, asked)) {
        return null;
      }
      if ((!found && !this.#parts.goesOn) || !(await this.#another(signal))) {
        signal?.throwIfAborted();
        throw this.#leave(asked);
      }
    }
  }

  /**
   * Resolves when everything that the record has was asked for, at the latest after a while: effects that ran side by side with the one
   * that failed are asked for after the cell has ended.
   */
  async drain(): Promise<void> {
    while (this.#missing() && !this.#fault && (await this.#another(undefined))) {
      // another one was asked for
    }
  }

  /** The cell has ended: what its record has beyond that is a divergence too. */
  finish(): void {
    if (!this.#parts.goesOn && this.#missing() && !this.#fault) {
      this.#leave(null);
    }
  }

  /** The attempt was cut off in this very effect, or has done everything that its record has. */
  #isBeyondEnd(key: string, asked: AskedEffect): boolean {
    return this.#parts.stopsAtEnd === true && (this.#unended.has(key) || !this.#missing(asked.lane));
  }

  /** An effect that the record does not have: done when it goes on and nothing recorded is missing, or when a person lets it. */
  #mayPerform(key: string, asked: AskedEffect): boolean {
    if (this.#parts.goesOn) {
      return !this.#missing(asked.lane);
    }
    const again = this.#again.find(effect => this.#keyOf(effect) === key);
    this.#again = this.#again.filter(effect => effect !== again);
    return again !== undefined;
  }

  /** What the record has and the cell has not asked for; in one item of a scatter, which goes its own way, what is of this item. */
  #missing(lane?: string): RecordedEffect | undefined {
    return this.#left.find(
      ({ isOptional, effect }) => !isOptional && (lane === undefined || isSameLane(effect.lane, lane))
    )?.effect;
  }

  #leave(asked: AskedEffect | null): Error {
    this.#fault = diverged(this.#parts.step, this.#missing() ?? null, asked);
    this.#wake();
    return this.#fault;
  }

  /** Waits until another effect was asked for; false when none came in time. */
  #another(signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise(resolve => {
      const end = (came: boolean): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        resolve(came);
      };
      const stop = (): void => end(false);
      const timer = setTimeout(stop, this.#parts.patienceMs ?? PATIENCE_MS);
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiting.push(() => end(true));
    });
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach(tell => tell());
  }

  #keyOf({ helper, request }: AskedEffect): string {
    const compared =
      typeof request === 'object' && request !== null && !Array.isArray(request)
        ? Object.fromEntries(
            Object.entries(request).filter(([name]) => !FOLLOWS_THE_CLOCK[helper]?.includes(name))
          )
        : request;
    return `${helper} ${stableText(this.#parts.mask(compared))}`;
  }
}

interface Answerable {
  readonly effect: RecordedEffect;
  readonly key: string;
  /** It was done inside a wait that is answered as a whole, so nobody may ask for it. */
  readonly isOptional: boolean;
}

/** Parts of a request that differ each time, and do not make it another effect. */
const FOLLOWS_THE_CLOCK: { readonly [helper: string]: readonly string[] } = {
  splunk: ['earliest', 'latest'],
  soak: ['until']
};

/** Journals of earlier versions do not tell the lane. */
function isSameLane(recorded: string | undefined, asked: string | undefined): boolean {
  return recorded === undefined || recorded === asked;
}

function mustPrecede({ effect, isOptional }: Answerable, later: RecordedEffect): boolean {
  const isOther = effect.lane !== undefined && later.lane !== undefined && effect.lane !== later.lane;
  return !isOptional && !isOther && effect.endSeq !== null && effect.endSeq < later.startSeq;
}

function answerOf(effect: RecordedEffect): RecordedAnswer {
  if (effect.end) {
    return { recorded: effect.end };
  }
  const { judged } = effect;
  if (judged?.judgement === 'passed') {
    return { judged: 'passed' };
  }
  if (judged) {
    throw makeError(
      'EffectFailedError',
      'effect.judged_failed',
      `“${effect.label}” has no recorded end, and ${judged.by} judged that it failed: ${judged.reason}`,
      'Run this step again; it begins from its start.'
    );
  }
  throw makeError(
    'InconclusiveError',
    'effect.inconclusive',
    `“${effect.label}” started and has no recorded end, so it is not known whether it was done.`,
    `Find out how it ended, then say so: %judge ${effect.id} passed|failed|again REASON`
  );
}

function stopped({ label }: AskedEffect): Error {
  return makeError(
    'EndOfRecordError',
    'resume.end_of_record',
    `The attempt ended before “${label}” had an end, so it is evaluated no further.`
  );
}
