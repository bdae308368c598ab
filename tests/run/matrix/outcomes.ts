// The table of right outcomes, written before the cases: what a step is after its act has ended in some way, and what has been done.

/** Helpers that change the world; each writes its token into the file `log` at the moment that it does so. */
export const EFFECTS = ['shell', 'pipe', 'http', 'record', 'scatter', 'guard', 'poll', 'soak'] as const;
/** Helpers that only leave a record, which is what they do. */
export const MARKS = ['note', 'checkpoint'] as const;
/** Helpers that wait for people; a release is what they do. */
export const HOLDS = ['approval', 'checklist'] as const;
export const HELPERS = [...EFFECTS, ...MARKS, ...HOLDS, 'background'] as const;
export type Helper = (typeof HELPERS)[number];

/** How an act is written in its step. */
export const PLACES = [
  'awaited',
  'not awaited',
  'beside a failing sibling',
  'in a timer',
  'in poll',
  'in soak',
  'in scatter',
  'in record',
  'in gather'
] as const;
export type Place = (typeof PLACES)[number];

/** How the act comes to its end. A hold `passes` when people release it, and `fails` when they reject it. */
export const ENDINGS = [
  'passes',
  'fails',
  'is interrupted',
  'loses its executor',
  'loses its kernel',
  'loses its machine'
] as const;
export type Ending = (typeof ENDINGS)[number];

export interface MatrixCase {
  readonly helper: Helper;
  readonly place: Place;
  readonly ending: Ending;
}

/** What is right. */
export interface Outcome {
  /** Statuses that the step may have then; `open`: it has not begun. */
  readonly step: readonly string[];
  /** How often each act was done then. */
  readonly done: 0 | 1;
  /** Outcomes that the record may give for the act; null: it has no end. An act that never began is not in the record. */
  readonly recorded: readonly (string | null)[];
  /** The step can be brought to its end, and each act was done once. */
  readonly goesOn: boolean;
}

const isOneOf = <T extends string>(list: readonly T[], word: string): word is T =>
  (list as readonly string[]).includes(word);
export const isMark = (helper: Helper): boolean => isOneOf(MARKS, helper);
export const isHold = (helper: Helper): boolean => isOneOf(HOLDS, helper);

const CUT_OFF: Outcome = {
  step: ['inconclusive'],
  done: 1,
  recorded: ['inconclusive', null],
  goesOn: true
};
const PASSED: Outcome = { step: ['passed'], done: 1, recorded: ['passed'], goesOn: false };
/** The step has ended before: what begins then is refused, however it would have ended, and the step has failed after all. */
const LATE: Outcome = { step: ['failed'], done: 0, recorded: [], goesOn: false };

/** The right outcome; null for a case that means nothing. */
export function rightOutcome(each: MatrixCase): Outcome | null {
  const { helper } = each;
  return helper === 'background'
    ? ofBackground(each)
    : isMark(helper)
      ? ofMark(each)
      : isHold(helper)
        ? ofHold(each)
        : ofEffect(each);
}

/** A helper that fails in a check of `poll` or of a task means “not yet”: the check is made again, and the act has been done by then. */
function ofEffect({ helper, place, ending }: MatrixCase): Outcome {
  const isCheck = place === 'in poll' || place === 'in gather' || helper === 'poll';
  switch (place) {
    case 'in a timer':
      return LATE;
    case 'beside a failing sibling':
      return ending === 'passes' || ending === 'fails'
        ? // It is cut off where the sibling fails, and its end is recorded.
          { step: ['failed'], done: 1, recorded: ['inconclusive', 'failed', 'passed'], goesOn: true }
        : CUT_OFF;
    default:
      break;
  }
  switch (ending) {
    case 'passes':
      return PASSED;
    case 'fails':
      return { step: [isCheck ? 'passed' : 'failed'], done: 1, recorded: ['failed'], goesOn: false };
    default:
      return CUT_OFF;
  }
}

/** It is done at once; what fails or is cut off is the code after it, which nobody could await for it. */
function ofMark({ helper, place, ending }: MatrixCase): Outcome | null {
  const marked = { done: 1, recorded: [], goesOn: false } as const;
  switch (place) {
    case 'not awaited':
      return null;
    case 'in a timer':
      // A remark is none of what a step does: it may come later.
      return helper === 'note' ? { ...marked, step: ['passed'] } : LATE;
    case 'beside a failing sibling':
      return {
        ...marked,
        step: ending === 'passes' || ending === 'fails' ? ['failed'] : ['inconclusive'],
        goesOn: true
      };
    default:
      break;
  }
  switch (ending) {
    case 'passes':
      return { ...marked, step: ['passed'] };
    case 'fails':
      return { ...marked, step: [place === 'in poll' || place === 'in gather' ? 'passed' : 'failed'] };
    default:
      return { ...marked, step: ['inconclusive'], goesOn: true };
  }
}

/** Whatever ends the wait but a decision releases nothing, and the question is asked again. */
function ofHold({ helper, place, ending }: MatrixCase): Outcome | null {
  const unreleased = { done: 0, recorded: [], goesOn: true } as const;
  if (ending === 'fails' && helper === 'checklist') {
    return null; // nobody rejects one
  }
  switch (place) {
    case 'in gather':
      return null;
    case 'in poll':
    case 'in soak':
      if (ending === 'fails') {
        return null; // a check that asks people twice is another question
      }
      break;
    case 'not awaited':
      // Refused before its cell runs.
      return { ...unreleased, step: ['open'], goesOn: false };
    case 'in a timer':
      // What stands behind the question is locked at once, also where its timer never comes.
      return { ...LATE, step: ['passed', 'failed'] };
    case 'beside a failing sibling':
      return {
        ...unreleased,
        step: ending === 'passes' || ending === 'fails' ? ['failed'] : ['inconclusive']
      };
    default:
      break;
  }
  switch (ending) {
    case 'passes':
      return { ...unreleased, done: 1, step: ['passed'], goesOn: false };
    case 'fails':
      return { ...unreleased, step: place === 'in scatter' ? ['rejected', 'failed'] : ['rejected'] };
    default:
      return { ...unreleased, step: ['inconclusive'] };
  }
}

/** Its step has passed before it ends, and stays so. */
function ofBackground({ place, ending }: MatrixCase): Outcome | null {
  if (place !== 'awaited' || ending === 'is interrupted') {
    return null;
  }
  switch (ending) {
    case 'passes':
      return PASSED;
    case 'fails':
      return { ...PASSED, recorded: ['failed'] };
    default:
      return { step: ['passed'], done: 1, recorded: ['inconclusive', null], goesOn: true };
  }
}
