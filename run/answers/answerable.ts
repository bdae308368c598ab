// Which recorded effects answer a cell that is evaluated again: a wait that was cut off is made again with everything that it had done
// to look, and what was done inside of an effect that is answered as a whole is asked for by nobody.
import { isMadeAgain, onlyLooks } from '../../contract/plans/looks.js';
import type { RecordedEffect } from './recorded-effect.js';

/** The effects of a record by what becomes of them. */
export interface Answerables {
  /** Answered from the record. */
  readonly answered: readonly { readonly effect: RecordedEffect; readonly isOptional: boolean }[];
  /** Had no end, and may be done again. */
  readonly again: readonly RecordedEffect[];
  /** Had no end when the attempt ended, up to which it is evaluated. */
  readonly unended: readonly RecordedEffect[];
}

/** `stopsAtEnd`: the attempt did not pass, and nothing beyond its record is done. */
export function answerablesOf(effects: readonly RecordedEffect[], stopsAtEnd: boolean): Answerables {
  const outerOf = outers(effects);
  const isUnended = (effect: RecordedEffect): boolean =>
    stopsAtEnd && effect.end === null && effect.judged?.judgement !== 'passed';
  const isAgain = (effect: RecordedEffect): boolean =>
    effect.end === null && (effect.judged?.judgement === 'again' || onlyLooks(effect));
  const cutOffAround = (effect: RecordedEffect) => outerOf(effect).filter(({ end }) => end === null);
  const own = effects.filter(effect => !isMadeAgain(effect, cutOffAround(effect)));
  const ended = own.filter(effect => !isAgain(effect) && !isUnended(effect));
  return {
    answered: ended.map(effect => ({ effect, isOptional: outerOf(effect).length > 0 })),
    again: own.filter(effect => isAgain(effect) && !isUnended(effect)),
    unended: own.filter(isUnended)
  };
}

/** Helpers that call a function of the cell, which performs effects of its own. */
const CALLS_BACK: ReadonlySet<string> = new Set(['poll', 'soak', 'record', 'background']);

/** The effects around one, innermost first. Journals of earlier versions do not tell; there the times do. */
function outers(effects: readonly RecordedEffect[]): (effect: RecordedEffect) => readonly RecordedEffect[] {
  const byId = new Map(effects.map(effect => [effect.id, effect]));
  const isTold = effects.some(({ within, lane }) => within !== undefined || lane !== undefined);
  return effect => {
    if (!isTold) {
      return effects.filter(outer => seemsAround(outer, effect));
    }
    const found: RecordedEffect[] = [];
    for (let outer = byId.get(effect.within ?? ''); outer && !found.includes(outer);) {
      found.push(outer);
      outer = byId.get(outer.within ?? '');
    }
    return found;
  };
}

/** It ended while the outer one ran. What began in a wait that was cut off may as well have run beside it, so it stays an answer. */
function seemsAround(outer: RecordedEffect, effect: RecordedEffect): boolean {
  return (
    CALLS_BACK.has(outer.helper) &&
    outer.endSeq !== null &&
    outer.startSeq < effect.startSeq &&
    (effect.endSeq ?? Infinity) < outer.endSeq
  );
}
