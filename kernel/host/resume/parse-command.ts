// The line commands of a run: for consoles, VS Code, nbclient, and whoever has no panel. A cell that begins with one holds it alone.
import { makeError } from '../cell-error.js';

/** What a person asks for. */
export type RunCommand =
  | { readonly kind: 'resume' }
  | { readonly kind: 'plan' }
  | { readonly kind: 'discard'; readonly step: string; readonly reason: string }
  | { readonly kind: 'release'; readonly phase: string; readonly reason: string }
  | { readonly kind: 'skip'; readonly step: string; readonly reason: string }
  | { readonly kind: 'judge'; readonly effect: string; readonly judgement: string; readonly reason: string }
  | {
      readonly kind: 'rewind';
      readonly checkpoint: string;
      readonly reason: string;
      readonly isPlan: boolean;
    }
  | {
      readonly kind: 'rollback';
      /** Null means everything. */
      readonly step: string | null;
      readonly reason: string;
      readonly isPlan: boolean;
    };

/** True when the cell is a line command of a run, well-formed or not. */
export function isRunCommand(code: string): boolean {
  return START.test(code);
}

/**
 * Reads the command of a cell. Names with spaces stand in quotes.
 *
 * @throws code `command.malformed` with the form that was expected; `reason.missing` for a judgement without a reason.
 * @example
 * parseRunCommand('%skip "Warm the caches" done by hand') // { kind: 'skip', step: 'Warm the caches', reason: 'done by hand' }
 */
export function parseRunCommand(code: string): RunCommand {
  const [line = '', ...further] = code.trim().split('\n');
  const word = START.exec(line)?.[1] as Word;
  const { form, read } = FORMS[word];
  const command = further.join('').trim() === '' ? read(wordsOf(line.trim().slice(word.length + 1))) : null;
  if (command === null) {
    throw makeError(
      'CommandError',
      'command.malformed',
      `“${line.trim()}” was not carried out: expected ${form}, alone in its cell.`,
      'Put names with spaces in quotes.'
    );
  }
  if (command.kind === 'judge' && command.reason.trim() === '') {
    throw makeError(
      'CommandError',
      'reason.missing',
      '%judge needs a reason: it stays in the record of the run.',
      `Write it behind the judgement: ${form}.`
    );
  }
  return command;
}

const START = /^\s*%(resume|discard|skip|judge|rewind|rollback|release)\b/;
type Word = 'resume' | 'discard' | 'skip' | 'judge' | 'rewind' | 'rollback' | 'release';

const FORMS: {
  readonly [W in Word]: {
    readonly form: string;
    readonly read: (words: readonly string[]) => RunCommand | null;
  };
} = {
  resume: {
    form: '%resume or %resume --plan',
    read: ([option, ...more]) =>
      more.length > 0 || (option !== undefined && option !== '--plan')
        ? null
        : { kind: option === undefined ? 'resume' : 'plan' }
  },
  discard: {
    form: '%discard STEP REASON or %discard --all REASON',
    read: ([step, ...reason]) => (step ? { kind: 'discard', step, reason: reason.join(' ') } : null)
  },
  skip: {
    form: '%skip STEP REASON',
    read: ([step, ...reason]) => (step ? { kind: 'skip', step, reason: reason.join(' ') } : null)
  },
  release: {
    form: '%release PHASE REASON',
    read: ([phase, ...reason]) => (phase ? { kind: 'release', phase, reason: reason.join(' ') } : null)
  },
  judge: {
    form: '%judge EFFECT passed|failed|again REASON',
    read: ([effect, judgement, ...reason]) =>
      effect && judgement ? { kind: 'judge', effect, judgement, reason: reason.join(' ') } : null
  },
  rewind: {
    form: '%rewind CHECKPOINT REASON or %rewind --plan CHECKPOINT',
    read: words => {
      const isPlan = words[0] === '--plan';
      const [checkpoint, ...reason] = isPlan ? words.slice(1) : words;
      return checkpoint ? { kind: 'rewind', checkpoint, reason: reason.join(' '), isPlan } : null;
    }
  },
  rollback: {
    form: '%rollback STEP REASON, %rollback --all REASON or %rollback --plan STEP',
    read: words => {
      const isPlan = words[0] === '--plan';
      const [step = isPlan ? '--all' : undefined, ...reason] = isPlan ? words.slice(1) : words;
      return step === undefined
        ? null
        : { kind: 'rollback', step: step === '--all' ? null : step, reason: reason.join(' '), isPlan };
    }
  }
};

/** Words, and texts in double or single quotes as one word each. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain!
  );
}
