// A runbook that was imported holds guesses until a person has looked at them. Live production refuses it, or keeps the reason.
import type { RunInfo, RunMode } from '../../contract/base/run.js';
import { formatCount } from '../../contract/base/format.js';
import { guessesIn } from '../../contract/notebook/imported-guess.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { Fault } from '../refused-error.js';

/** What a run is made of, as far as guesses ask for it. */
interface Guessed {
  readonly cells: readonly OutlineCell[];
  readonly isProduction: boolean;
  readonly mode: RunMode;
  /** Why it is made all the same. */
  readonly reason: string | undefined;
}

/** A reason that says something. */
const SHORTEST_REASON = 10;

/** The guesses that are left, for a live run in production without a reason. */
export function guessFaults({ cells, isProduction, mode, reason }: Guessed): Fault[] {
  const guesses = isProduction && mode === 'live' ? guessesIn(cells) : [];
  if (guesses.length === 0 || (reason?.trim().length ?? 0) >= SHORTEST_REASON) {
    return [];
  }
  if (reason !== undefined) {
    return [
      { field: 'guesses', text: `is "${reason}": expected a reason of ${SHORTEST_REASON} characters or more` }
    ];
  }
  const shown = guesses.slice(0, 3).map(({ cell, text }) => `${cell} (${text})`);
  const more = guesses.length > shown.length ? `, and ${guesses.length - shown.length} more` : '';
  return [
    {
      field: null,
      text: `${formatCount(guesses.length, 'guess')} of an import ${guesses.length === 1 ? 'is' : 'are'} left: ${shown.join('; ')}${more}. Accept each, or give a reason why the run may begin all the same (--with-guesses REASON), which the run records`
    }
  ];
}

/** What the run records: how many are left, and the reason. Nothing for one without guesses, or outside of live production. */
export function guessesOf({ cells, isProduction, mode, reason }: Guessed): Pick<RunInfo, 'guesses'> {
  const count = guessesIn(cells).length;
  return count === 0 || reason === undefined || !isProduction || mode !== 'live'
    ? {}
    : { guesses: { count, reason: reason.trim() } };
}
