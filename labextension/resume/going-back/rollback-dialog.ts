// The body of the rollback dialog: where to go back to, what is undone and what cannot be, what becomes stale, how long it takes, and the
// reason. Nothing can be asked for before its plan is in sight.
import { formatCount, formatDuration } from '../../../contract/base/format.js';
import { formatValues } from '../../../contract/base/kept-text.js';
import type { RollbackTarget } from '../../../contract/base/rollback-target.js';
import type { PlannedUndo, RollbackPlan } from '../../../contract/plans/rollback-plan.js';
import { makeElement, makeElementId } from '../../page/element.js';
import { ReasonField } from '../../page/reason-field.js';
import type { Words } from '../../page/words.js';
import { makePlanList } from './plan-lists.js';
import type { TargetGroup } from './rollback-targets.js';

/** Of a step that did more than this, the rest is only counted. */
const MOST_EFFECTS = 3;

export interface RollbackDialogParts {
  readonly groups: readonly TargetGroup[];
  /** What is chosen at first. */
  readonly wanted: RollbackTarget;
  /** Who drives, where that is somebody else; null: whoever sees the dialog may roll back. */
  readonly driver: string | null;
  readonly words: Words;
  /** What going back there would do. */
  readonly planOf: (to: RollbackTarget) => Promise<RollbackPlan | null>;
  readonly changed: () => void;
}

export class RollbackDialog {
  readonly node: HTMLElement;
  private readonly select = makeElement('select', {
    class: 'jp-mod-styled',
    attributes: { id: makeElementId('target') }
  });
  private readonly plan = makeElement('div', { class: 'lb-Plan', attributes: { role: 'status' } });
  private readonly field: ReasonField;
  private isPlanned = false;
  private turn = 0;

  constructor(private readonly parts: RollbackDialogParts) {
    const { groups, wanted, driver, words, changed } = parts;
    this.field = new ReasonField('', words, changed);
    this.select.append(
      ...groups.map(({ title, choices }) =>
        makeElement(
          'optgroup',
          { attributes: { label: title } },
          ...choices.map(({ to, text }) =>
            makeElement('option', { text, attributes: { value: valueOf(to) } })
          )
        )
      )
    );
    this.select.value = valueOf(wanted);
    this.node = makeElement(
      'div',
      { class: 'lb-Rollback' },
      makeElement('label', {
        class: 'lb-FieldLabel',
        text: words.__('Where to'),
        attributes: { for: this.select.id }
      }),
      this.select,
      this.plan,
      driver === null
        ? this.field.node
        : makeElement('p', {
            class: 'lb-Plan-about',
            text: words.__(
              'This is what would be done. Only %1, who drives, rolls the run back; ask for the wheel to do it yourself.',
              driver
            )
          })
    );
    this.select.addEventListener('change', () => void this.refresh());
    void this.refresh();
  }

  /** Where to and why; null while the plan is not there or the reason is missing. */
  get chosen(): { readonly to: RollbackTarget; readonly reason: string } | null {
    const { reason } = this.field;
    return this.isPlanned && reason !== null && this.parts.driver === null
      ? { to: this.target, reason }
      : null;
  }

  private get target(): RollbackTarget {
    return JSON.parse(this.select.value) as RollbackTarget;
  }

  private async refresh(): Promise<void> {
    const turn = ++this.turn;
    this.isPlanned = false;
    this.parts.changed();
    try {
      const plan = await this.parts.planOf(this.target);
      if (turn === this.turn) {
        this.plan.replaceChildren(...(plan ? listsOf(plan, this.parts.words) : []));
        this.isPlanned = plan !== null;
      }
    } catch (error) {
      if (turn === this.turn) {
        const text = (error as Error).message;
        this.plan.replaceChildren(
          makeElement('p', { class: 'lb-Decision-error', text, attributes: { role: 'alert' } })
        );
      }
    }
    this.parts.changed();
  }
}

function valueOf({ checkpoint, step }: RollbackTarget): string {
  return JSON.stringify({ checkpoint, step });
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
      title: words.__('Stale, to be run again'),
      lines: steps.map(({ title, expectedMs }) => ({
        text: title,
        ...(expectedMs === null ? {} : { more: `· ${formatDuration(expectedMs)}` })
      }))
    }),
    ...makePlanList({
      title: words.__('Approvals that no longer count'),
      lines: approvals.map(({ name }) => ({ text: name }))
    }),
    makeElement('p', { class: 'lb-Plan-about', text: timeText(plan, words) })
  ];
}

/** Whose it is, when not of the step that is rolled back, and what is known of it. */
function moreOf(
  { step, title, status, values, expectedMs }: PlannedUndo,
  rolled: string | null,
  words: Words
): string {
  const before: { readonly [S in PlannedUndo['status']]?: string } = {
    failed: words.__('tried before, and failed'),
    inconclusive: words.__('began before, and was cut off')
  };
  const kept = formatValues(values);
  const parts = [
    kept === '' ? '' : words.__('with %1', kept),
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
        ? words.__('To get back here: %1.', formatCount(steps.length, 'step'))
        : words.__(
            'To get back here: %1, about %2 by their last times.',
            formatCount(steps.length, 'step'),
            formatDuration(expectedMs)
          );
  return [undo, again].filter(Boolean).join(' ');
}
