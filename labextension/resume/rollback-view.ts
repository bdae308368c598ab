// The body of the rollback dialog: what is undone and what cannot be, what becomes stale, how long it takes, and the reason.
import { formatCount, formatDuration } from '../../contract/format.js';
import type { PlannedUndo, RollbackPlan } from '../../contract/rollback-plan.js';
import { makeElement } from '../element.js';
import { ReasonField } from '../reason-field.js';
import type { Words } from '../words.js';
import { makePlanList } from './plan-lists.js';

/** Of a step that did more than this, the rest is only counted. */
const MOST_EFFECTS = 3;

export class RollbackView {
  readonly node: HTMLElement;
  private readonly field: ReasonField;

  constructor(plan: RollbackPlan, words: Words, changed: () => void) {
    this.field = new ReasonField('', words, changed);
    this.node = makeElement(
      'div',
      { class: 'lb-Rewind' },
      makeElement('div', { class: 'lb-Plan' }, ...listsOf(plan, words)),
      this.field.node
    );
  }

  /** Null while there is none. */
  get reason(): string | null {
    return this.field.reason;
  }
}

function listsOf(plan: RollbackPlan, words: Words): readonly Node[] {
  const { rollbacks, broughtBack, without, steps, approvals } = plan;
  return [
    ...(rollbacks.length === 0
      ? [
          makeElement('p', {
            class: 'lb-Plan-about',
            text: words.__('No undo step is registered here: the steps become stale, and nothing is undone.')
          })
        ]
      : []),
    ...makePlanList({
      title: words.__('Undone, in this order'),
      lines: rollbacks.map(undo => ({ text: undo.name, more: moreOf(undo, plan.step, words) })),
      isOrdered: true
    }),
    ...makePlanList({
      title: words.__('Without an undo step'),
      about: words.__('What these steps did is not undone here. Look whether something is left.'),
      lines: without.map(({ title, effects }) => ({ text: title, more: `· ${effectsText(effects, words)}` })),
      tone: 'attention'
    }),
    ...makePlanList({
      title: words.__('Evaluated again first'),
      about: words.__(
        'Their undo steps were lost with the process. Every effect is answered from the record.'
      ),
      lines: broughtBack.map(({ title }) => ({ text: title }))
    }),
    ...makePlanList({
      title: words.__('Stale: to be run again'),
      lines: steps.map(({ title, expectedMs }) => ({
        text: title,
        ...(expectedMs === null ? {} : { more: `· ${formatDuration(expectedMs)}` })
      }))
    }),
    ...makePlanList({
      title: words.__('Approvals that fall'),
      lines: approvals.map(({ name }) => ({ text: name }))
    }),
    makeElement('p', { class: 'lb-Plan-about', text: timeText(plan, words) })
  ];
}

/** Whose it is, when not of the step that is rolled back, and what is known of it. */
function moreOf(
  { step, title, status, expectedMs }: PlannedUndo,
  rolled: string | null,
  words: Words
): string {
  const before: { readonly [S in PlannedUndo['status']]?: string } = {
    failed: words.__('tried before, and failed'),
    inconclusive: words.__('began before, and was cut off')
  };
  const parts = [
    step === rolled ? '' : title,
    before[status] ?? '',
    expectedMs === null ? '' : words.__('about %1', formatDuration(expectedMs))
  ];
  return parts
    .filter(Boolean)
    .map(part => `· ${part}`)
    .join(' ');
}

/** Of some undo steps it may be known. */
function unknownUndoText(rollbacks: readonly PlannedUndo[], words: Words): string {
  const known = rollbacks.flatMap(({ expectedMs }) => (expectedMs === null ? [] : [expectedMs]));
  return known.length === 0
    ? words.__('How long undoing takes is not known yet.')
    : words.__(
        'Undoing takes about %1 for %2 of %3; how long the others take is not known yet.',
        formatDuration(known.reduce((sum, ms) => sum + ms, 0)),
        known.length,
        rollbacks.length
      );
}

function effectsText(effects: readonly string[], words: Words): string {
  const more = effects.length - MOST_EFFECTS;
  const shown = effects.slice(0, MOST_EFFECTS).join('; ');
  return more > 0 ? words.__('%1 and %2 more', shown, more) : shown;
}

function timeText({ rollbacks, steps, expectedMs, undoMs }: RollbackPlan, words: Words): string {
  const undo =
    rollbacks.length === 0
      ? ''
      : undoMs === null
        ? unknownUndoText(rollbacks, words)
        : words.__('Undoing takes about %1.', formatDuration(undoMs));
  const again =
    steps.length === 0
      ? ''
      : expectedMs === 0
        ? words.__('To be here again: %1.', formatCount(steps.length, 'step'))
        : words.__(
            'To be here again: %1, about %2 by their last times.',
            formatCount(steps.length, 'step'),
            formatDuration(expectedMs)
          );
  return [undo, again].filter(Boolean).join(' ');
}
