// What the bar above a notebook says while undo steps run, and when they came to no end. Null when nobody rolls back.
import { formatCount } from '../../contract/base/format.js';
import type { RunState, UndoingState } from '../../contract/state/state.js';
import { undoStepOf } from '../../contract/notebook/outline.js';
import type { Words } from '../page/words.js';
import { ROLL_BACK } from './commands.js';
import type { ResumeLook } from './bar-look.js';
import type { BarAction } from './bar-look.js';

/** JupyterLab's own command. */
const INTERRUPT = 'notebook:interrupt-kernel';

/** The look of the bar while undo steps run. */
export function undoingLook(state: RunState, words: Words): ResumeLook | null {
  const { undoing } = state;
  return undoing?.error === null ? busyLook(state, undoing, words) : null;
}

/** The look of the bar when they have stopped. */
export function stoppedUndoingLook(state: RunState, words: Words): ResumeLook | null {
  const { undoing } = state;
  if (!undoing?.error) {
    return null;
  }
  const namesOf = (ids: readonly string[]): readonly string[] => ids.map(id => `“${nameOf(state, id)}”`);
  const left = namesOf(undoing.rollbacks.filter(id => !isUndone(state, id)));
  const undone = namesOf(undoing.rollbacks.filter(id => isUndone(state, id)));
  const { fields, message } = undoing.error;
  const reason = typeof fields?.['reason'] === 'string' ? fields['reason'] : message;
  const [first = '', ...more] = reason.split('\n');
  const [failed] = left;
  return {
    tone: 'stopped',
    title: failed ? words.__('The rollback has stopped at %1', failed) : words.__('The rollback has stopped'),
    ...(more.length === 0 ? {} : { details: more.join('\n') }),
    text: [
      /[.!?]$/.test(first) ? first : `${first}.`,
      words.__('Undone: %1. Not undone: %2.', undone.join(', ') || words.__('nothing'), left.join(', ')),
      words.__('Roll back again to go on; what is undone is not undone twice.')
    ].join(' '),
    progress: null,
    difference: null,
    actions: [againOf(undoing, words)]
  };
}

function busyLook(state: RunState, undoing: UndoingState, words: Words): ResumeLook {
  const { rollbacks, by, reason } = undoing;
  const done = rollbacks.filter(id => isUndone(state, id)).length;
  const now = rollbacks.find(id => !isUndone(state, id));
  const open = now && Object.values(state.openEffects).find(({ step }) => step === undoStepOf(now));
  const which = now
    ? words.__('%1 of %2: “%3”', done + 1, rollbacks.length, nameOf(state, now))
    : words.__('%1 undone', formatCount(done, 'step'));
  return {
    tone: 'busy',
    title: words.__('Rolling back'),
    text: [
      open ? `${which} · ${open.label}` : which,
      words.__('Asked by %1: %2', by.name || by.username, reason)
    ].join(' — '),
    progress: { done, count: rollbacks.length },
    difference: null,
    actions: [{ command: INTERRUPT, label: words.__('Interrupt'), isPrimary: false }]
  };
}

function againOf({ checkpoint, step }: UndoingState, words: Words): BarAction {
  const args: BarAction['args'] = checkpoint === null ? { cell: step ?? '' } : { checkpoint };
  return { command: ROLL_BACK, label: words.__('Roll back…'), isPrimary: true, args };
}

function isUndone({ rollbacks }: RunState, id: string): boolean {
  return rollbacks.find(rollback => rollback.id === id)?.status === 'passed';
}

function nameOf({ rollbacks }: RunState, id: string): string {
  return rollbacks.find(rollback => rollback.id === id)?.name ?? id;
}
