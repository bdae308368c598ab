// The line commands: for consoles, VS Code, nbclient, and whoever has no panel. Each says which acts it asks for, in turn, and what it
// prints of their answers. Who may, and what makes sense, is for the acts to say.
import type { Judgement } from '../../contract/base/judgement.js';
import { WHOLE_RUN, type RollbackTarget } from '../../contract/base/rollback-target.js';
import type { ActName, ActParams } from '../../contract/comms/acts.js';
import { formatCount, formatDuration } from '../../contract/base/format.js';
import { stepNamed, type Outline } from '../../contract/notebook/outline.js';
import type { ActAnswer } from '../acts/act.js';
import { continuePlanText, resumePlanText, rollbackPlanText } from './plan-text.js';

/** One act that a line command asks for. */
export type AskedAct = {
  readonly [A in ActName]: {
    readonly act: A;
    readonly params: ActParams[A];
    /** What is printed of the answers to this act and to those before it; null for nothing. */
    readonly told: (answers: ActAnswer) => string | null;
  };
}[ActName];

/** A line command. */
export interface Line {
  /** How it is written. */
  readonly form: string;
  /** The acts that it asks for, or null when its words are others than its form says. */
  readonly read: (words: readonly string[], outline: Outline) => readonly AskedAct[] | null;
}

/** Every line command by its word. */
export const LINES = {
  resume: {
    form: '%resume or %resume --plan',
    read: ([option, ...more]) => {
      if (more.length > 0 || (option !== undefined && option !== '--plan')) {
        return null;
      }
      return option === '--plan'
        ? [ask('plan-resume', {}, ({ resume }) => resumePlanText(resume!))]
        : [ask('resume', {}, () => null), ask('plan-resume', {}, resumedText)];
    }
  },
  discard: {
    form: '%discard STEP REASON or %discard --all REASON',
    read: ([step, ...words], outline) => {
      const reason = words.join(' ');
      if (step === '--all') {
        return [ask('discard', { from: null, reason }, () => 'Every step will be run again from the start.')];
      }
      const told = `“${step}” and what follows will be run again from the start.`;
      return step ? [ask('discard', { from: idOf(outline, step), reason }, () => told)] : null;
    }
  },
  continue: {
    form: '%continue STEP [REASON] or %continue --plan STEP',
    read: (words, outline) => {
      const [isPlan, [name, ...more]] = planOption(words);
      if (!name) {
        return null;
      }
      const step = idOf(outline, name);
      const told = ({ continued }: ActAnswer): string => continuePlanText(continued!, name);
      return isPlan
        ? [ask('plan-continue', { step }, told)]
        : [
            ask(
              'continue',
              { step, reason: more.join(' ') },
              answers => `${told(answers)}\nRun the step to go on.`
            )
          ];
    }
  },
  skip: {
    form: '%skip STEP REASON',
    read: ([step, ...words], outline) => {
      const reason = words.join(' ');
      const told = `“${step}” is left out: ${reason}`;
      return step ? [ask('skip', { step: idOf(outline, step), reason }, () => told)] : null;
    }
  },
  'begin-anew': {
    form: '%begin-anew REASON',
    read: words => {
      const reason = words.join(' ');
      const told = `The run begins anew; every step will be done again: ${reason}`;
      return words.length > 0 ? [ask('begin-anew', { reason }, () => told)] : null;
    }
  },
  reopen: {
    form: '%reopen REASON',
    read: words => {
      const reason = words.join(' ');
      const told = `The run is open again; what is archived from here on is another archive: ${reason}`;
      return words.length > 0 ? [ask('reopen', { reason }, () => told)] : null;
    }
  },
  'accept-clock': {
    form: '%accept-clock REASON',
    read: words => {
      const reason = words.join(' ');
      const told = `The clock of this machine counts from here on: ${reason}`;
      return words.length > 0 ? [ask('accept-clock', { reason }, () => told)] : null;
    }
  },
  'out-of-order': {
    form: '%out-of-order STEP REASON',
    read: ([step, ...words], outline) => {
      const reason = words.join(' ');
      const told = `The next run of “${step}” may begin out of order: ${reason}`;
      return step ? [ask('run-out-of-order', { step: idOf(outline, step), reason }, () => told)] : null;
    }
  },
  'run-again': {
    form: '%run-again STEP',
    read: ([step, ...more], outline) => {
      const told = `“${step}” may run again, once. Run it.`;
      return step && more.length === 0
        ? [ask('run-again', { steps: [idOf(outline, step)] }, () => told)]
        : null;
    }
  },
  release: {
    form: '%release PHASE REASON',
    read: ([phase, ...words], { phases }) => {
      const found = phases.find(({ id, title }) => title === phase || id === phase);
      const reason = words.join(' ');
      const told = `“${found?.title ?? phase}” is released against the policy: ${reason}`;
      return phase ? [ask('release-phase', { phase: found?.id ?? phase, reason }, () => told)] : null;
    }
  },
  judge: {
    form: '%judge EFFECT passed|failed|again REASON',
    read: ([effect, word, ...words]) => {
      const judgement = word as Judgement; // the act refuses another word, with its name
      const told = `${effect}: ${word}. Run its step to go on.`;
      return effect && word
        ? [ask('judge', { effect, judgement, reason: words.join(' ') }, () => told)]
        : null;
    }
  },
  // Another spelling of `%rollback --to-checkpoint`.
  rewind: {
    form: '%rewind CHECKPOINT REASON or %rewind --plan CHECKPOINT',
    read: (words, outline) => {
      const [isPlan, rest] = planOption(words);
      return readRollback(['--to-checkpoint', ...rest], isPlan, outline);
    }
  },
  rollback: {
    form: '%rollback STEP REASON, %rollback --to-checkpoint CHECKPOINT REASON, %rollback --all REASON or %rollback --plan [STEP|--to-checkpoint CHECKPOINT]',
    read: (words, outline) => {
      const [isPlan, rest] = planOption(words);
      return readRollback(isPlan && rest.length === 0 ? ['--all'] : rest, isPlan, outline);
    }
  }
} satisfies { readonly [word: string]: Line };

/** The word of a line command. */
export type Word = keyof typeof LINES;

/** A step by its id or its title. An unknown name is kept, so that the refusal names it. */
function idOf(outline: Outline, name: string): string {
  return stepNamed(outline, name)?.id ?? name;
}

function ask<A extends ActName>(
  act: A,
  params: ActParams[A],
  told: (answers: ActAnswer) => string | null
): AskedAct {
  return { act, params, told } as AskedAct;
}

function planOption(words: readonly string[]): readonly [isPlan: boolean, rest: readonly string[]] {
  const isPlan = words[0] === '--plan';
  return [isPlan, isPlan ? words.slice(1) : words];
}

/** Where to, then the reason. The plan is shown before anything is undone. */
function readRollback(
  words: readonly string[],
  isPlan: boolean,
  outline: Outline
): readonly AskedAct[] | null {
  const [to, reason] = targetOf(words, outline);
  if (to === null) {
    return null;
  }
  const plan = ask('plan-rollback', { to }, ({ rollback }) => rollbackPlanText(rollback!));
  return isPlan ? [plan] : [plan, ask('roll-back', { to, reason: reason.join(' ') }, rolledBackText)];
}

function targetOf(
  [first, ...more]: readonly string[],
  outline: Outline
): readonly [to: RollbackTarget | null, reason: readonly string[]] {
  if (first === '--to-checkpoint') {
    const [checkpoint, ...reason] = more;
    return [checkpoint ? { checkpoint, step: null } : null, reason];
  }
  if (first === '--all') {
    return [WHOLE_RUN, more];
  }
  return [first ? { checkpoint: null, step: idOf(outline, first) } : null, more];
}

function rolledBackText({ rollback }: ActAnswer): string {
  const { checkpoint, step, title } = rollback!;
  if (checkpoint !== null) {
    return `The run is back at “${checkpoint}”.`;
  }
  return step === null ? 'Everything is rolled back.' : `The run is back before “${title}”.`;
}

function resumedText({ resumed, resume }: ActAnswer): string {
  const { steps: count, durationMs } = resumed!;
  const { next, steps } = resume!;
  const words =
    count === 0
      ? 'Nothing was lost, so there was nothing to bring back.'
      : `The variables of ${formatCount(count, 'step')} are back, in ${formatDuration(durationMs)}.`;
  const title = steps.find(({ step }) => step === next)?.title;
  return `${words} ${title === undefined ? 'Nothing is left to run.' : `Next: ${title}`}`;
}
