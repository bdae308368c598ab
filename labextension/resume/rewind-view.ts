// The body of the rewind dialog: a checkpoint to choose, what going back to it does, and the reason.
import { formatCount, formatDuration, formatUtcClock } from '../../contract/format.js';
import type { RewindPlan } from '../../contract/rewind-plan.js';
import { makeElement, makeElementId } from '../element.js';
import type { Words } from '../words.js';
import { makePlanList } from './plan-lists.js';

/** A checkpoint to choose from. */
export interface Choice {
  readonly name: string;
  readonly at: string;
}

export interface RewindViewParts {
  /** The newest first. */
  readonly choices: readonly Choice[];
  readonly words: Words;
  /** What going back to it would do. */
  readonly planOf: (checkpoint: string) => Promise<RewindPlan | null>;
  readonly changed: () => void;
}

export class RewindView {
  readonly node: HTMLElement;
  private readonly select = makeElement('select', {
    class: 'jp-mod-styled',
    attributes: { id: makeElementId('checkpoint') }
  });
  private readonly reasonField = makeElement('input', {
    class: 'lb-Field',
    attributes: { type: 'text', id: makeElementId('reason') }
  });
  private readonly plan = makeElement('div', { class: 'lb-Plan', attributes: { role: 'status' } });
  private isPlanned = false;
  private turn = 0;

  constructor(private readonly parts: RewindViewParts) {
    const { words, choices } = parts;
    this.select.append(
      ...choices.map(({ name, at }) =>
        makeElement('option', { text: `${name} · ${formatUtcClock(at)} UTC`, attributes: { value: name } })
      )
    );
    this.node = makeElement(
      'div',
      { class: 'lb-Rewind' },
      makeElement('label', {
        class: 'lb-FieldLabel',
        text: words.__('Checkpoint'),
        attributes: { for: this.select.id }
      }),
      this.select,
      this.plan,
      makeElement('label', {
        class: 'lb-FieldLabel',
        text: words.__('Reason'),
        attributes: { for: this.reasonField.id }
      }),
      this.reasonField
    );
    this.select.addEventListener('change', () => void this.refresh());
    this.reasonField.addEventListener('input', () => parts.changed());
    void this.refresh();
  }

  /** What was chosen; null while the plan is not there or the reason is missing. */
  get chosen(): { readonly checkpoint: string; readonly reason: string } | null {
    const reason = this.reasonField.value.trim();
    return this.isPlanned && reason !== '' ? { checkpoint: this.select.value, reason } : null;
  }

  private async refresh(): Promise<void> {
    const turn = ++this.turn;
    this.isPlanned = false;
    this.parts.changed();
    try {
      const plan = await this.parts.planOf(this.select.value);
      if (turn === this.turn) {
        this.plan.replaceChildren(...(plan ? linesOf(plan, this.parts.words) : []));
        this.isPlanned = plan !== null;
      }
    } catch (error) {
      if (turn === this.turn) {
        this.plan.replaceChildren(
          makeElement('p', {
            class: 'lb-Decision-error',
            text: (error as Error).message,
            attributes: { role: 'alert' }
          })
        );
      }
    }
    this.parts.changed();
  }
}

function linesOf(plan: RewindPlan, words: Words): Node[] {
  const { rollbacks, steps, approvals, expectedMs } = plan;
  return [
    ...makePlanList({
      title: words.__('Undone, in this order'),
      lines: rollbacks.map(({ name }) => ({ text: name })),
      isOrdered: true
    }),
    ...makePlanList({
      title: words.__('Stale: to be run again'),
      lines: steps.map(({ title, expectedMs: ms }) => ({
        text: ms === null ? title : `${title} (${formatDuration(ms)})`
      }))
    }),
    ...makePlanList({
      title: words.__('Approvals that fall'),
      lines: approvals.map(({ name }) => ({ text: name }))
    }),
    makeElement('p', {
      class: 'lb-Plan-about',
      text:
        steps.length === 0
          ? words.__('Nothing has been done since.')
          : words.__(
              '%1 to run again, about %2 by their last times; undoing comes on top.',
              formatCount(steps.length, 'step'),
              formatDuration(expectedMs)
            )
    })
  ];
}
