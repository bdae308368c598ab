// What the kernel answers about code: the language's own answers, except that line commands are no TypeScript.
import type { Check } from '../comms/check-comm.js';
import type { CodeAnswers } from '../../core/ports/ports.js';
import { completeCommand, type CommandPlaces } from './shell/complete-command.js';
import { isLineCommand } from '../../../run/line-commands/read-line.js';

/** What the kernel is asked for, and what front ends ask for over the comm `launchbook.check`. */
export interface CellAnswers extends CodeAnswers {
  readonly check: Check;
}

/** Answers about TypeScript by `language`, and about commands by what is in `places`, which is asked each time. */
export function answerAboutCells(
  language: CodeAnswers & { check: Check },
  places: () => CommandPlaces
): CellAnswers {
  return {
    foresee: code => (isLineCommand(code) ? undefined : language.foresee?.(code)),
    check: async code => (isLineCommand(code) ? [] : language.check(code)),
    complete: async (code, offset) =>
      (await completeCommand(code, offset, places())) ?? language.complete(code, offset),
    inspect: (code, offset, detail) => language.inspect(code, offset, detail),
    isComplete: async code => (isLineCommand(code) ? { status: 'complete' } : language.isComplete(code))
  };
}
