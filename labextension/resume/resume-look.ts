// What the bar above a notebook says about lost variables and cut-off effects, as plain data. Null when there is nothing to say.
import type { ErrorRecord } from '../../contract/base/error.js';
import { formatCount } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import {
  attemptChain,
  continuableAttempt,
  effectsToJudge,
  interruptedEffects
} from '../../contract/plans/resume-plan.js';
import type { EffectState, RecoveryState, RunState } from '../../contract/state/state.js';
import { utcNear } from '../page/time-text.js';
import { looksOn } from '../run/drives.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import type { Difference, ResumeLook } from './bar-look.js';
import { DISCARD, RESUME } from './commands.js';
import { stoppedUndoingLook, undoingLook } from './undoing-look.js';

/** The look of the bar. Only a live kernel can resume, so the caller shows it for no other source. */
export function resumeLook(state: RunState, words: Words, now = Date.now()): ResumeLook | null {
  const open = openEffects(state);
  const { recovery } = state;
  if (state.archived) {
    return null;
  }
  const undoing = undoingLook(state, words);
  if (undoing) {
    return undoing;
  }
  if (!recovery) {
    return open.length === 0 ? stoppedUndoingLook(state, words) : cutOffLook(open, words, now);
  }
  if (recovery.resume) {
    return busyLook(recovery, recovery.resume.steps, words);
  }
  return recovery.error
    ? stoppedLook(state, recovery, recovery.error, words)
    : lostLook(recovery, open, words, now);
}

/** The look for whoever reads it: the kernel takes none of it from a person who looks on, so that only who drives is named. */
export function resumeLookFor(
  { state, session }: Pick<IRunModel, 'state' | 'session'>,
  words: Words
): ResumeLook | null {
  const look = resumeLook(state, words);
  if (!look || look.actions.length === 0 || !looksOn(state, session)) {
    return look;
  }
  const driver = state.driver ? describePerson(state.driver.person) : '';
  return { ...look, text: `${look.text} ${words.__('That is for %1, who drives.', driver)}`, actions: [] };
}

/** Whether a person has to say something or to resume before the run goes on. */
export function needsResume(state: RunState): boolean {
  const isLost = state.recovery !== null && state.recovery.resume === null;
  return !state.archived && (isLost || openEffects(state).length > 0);
}

/** Effects that a person has to judge before their step can go on. */
export function openEffects(state: RunState): readonly EffectState[] {
  return Object.values(state.steps).flatMap(step => {
    const attempt = continuableAttempt(step);
    return attempt
      ? effectsToJudge(state, step.id, attemptChain(step, attempt.attempt))
      : interruptedEffects(state, step.id);
  });
}

function lostLook(
  recovery: RecoveryState,
  open: readonly EffectState[],
  words: Words,
  now: number
): ResumeLook {
  const steps = formatCount(recovery.lost.length, 'finished step');
  const since = utcNear(recovery.since, now);
  // Nobody has seen when a kernel ended: it is told when the next one began.
  const [ended, lost] =
    recovery.cause === 'kernel'
      ? [
          words.__('The kernel ended'),
          words.__(
            'A new one began at %1, without the variables of %2; nothing that was done is lost.',
            since,
            steps
          )
        ]
      : [
          words.__('The process that ran the cells ended'),
          words.__(
            'The variables of %1 have been gone since %2; nothing that was done is lost.',
            steps,
            since
          )
        ];
  return {
    tone: 'asks',
    title: ended,
    text: open.length === 0 ? lost : `${lost} ${askSentence(open, words, now)}`,
    progress: null,
    difference: null,
    actions: [
      { command: RESUME, label: words.__('Resume…'), isPrimary: true },
      { command: DISCARD, label: words.__('Run again…'), isPrimary: false }
    ]
  };
}

function cutOffLook(open: readonly EffectState[], words: Words, now: number): ResumeLook {
  return {
    tone: 'asks',
    title: words.__('A step was cut off'),
    text: askSentence(open, words, now),
    progress: null,
    difference: null,
    actions: [{ command: RESUME, label: words.__('Say what happened…'), isPrimary: true }]
  };
}

function busyLook(recovery: RecoveryState, steps: readonly string[], words: Words): ResumeLook {
  const lost = new Set(recovery.lost);
  const done = steps.filter(step => !lost.has(step)).length;
  return {
    tone: 'busy',
    title: words.__('Bringing the variables back'),
    text: words.__(
      '%1 of %2 evaluated again from the record; nothing is done twice.',
      done,
      formatCount(steps.length, 'step')
    ),
    progress: { done, count: steps.length },
    difference: null,
    actions: []
  };
}

/** The first step that is still lost is the one at which it stopped: steps come back in order. */
function stoppedLook(
  { outline }: RunState,
  { lost }: RecoveryState,
  error: ErrorRecord,
  words: Words
): ResumeLook {
  const difference = differenceOf(error);
  const [cell] = lost;
  const title = outline.phases.flatMap(phase => phase.steps).find(({ id }) => id === cell)?.title ?? cell;
  return {
    tone: 'stopped',
    title: words.__('The resume has stopped at “%1”', title ?? ''),
    text: [difference ? firstLine(error.message) : error.message, error.hint ?? ''].join(' ').trim(),
    progress: null,
    difference,
    // A replay that left its record leaves it again; after anything else another try may do.
    actions: [
      { command: RESUME, label: words.__('Resume…'), isPrimary: difference === null },
      {
        command: DISCARD,
        label: words.__('Run again from here…'),
        isPrimary: difference !== null,
        ...(cell ? { args: { cell } } : {})
      }
    ]
  };
}

function askSentence(open: readonly EffectState[], words: Words, now: number): string {
  const [first] = open;
  const more = open.length > 1 ? words.__(' and %1 more', open.length - 1) : '';
  return words.__(
    '“%1” began at %2 and has no recorded end%3: somebody has to say what became of it.',
    first?.label ?? '',
    first ? utcNear(first.startedAt, now) : '',
    more
  );
}

function differenceOf({ code, fields }: ErrorRecord): Difference | null {
  return code === 'resume.diverged' && fields
    ? { recorded: effectText(fields['recorded']), now: effectText(fields['now']) }
    : null;
}

function effectText(value: unknown): string {
  const effect = value as { readonly helper?: unknown; readonly label?: unknown } | null;
  return effect && typeof effect.label === 'string' ? `${String(effect.helper)}  ${effect.label}` : '—';
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
