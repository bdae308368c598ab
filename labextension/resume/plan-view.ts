// The body of the resume dialog: what happens to each step, and what has to be said first. Groups, not a table of all steps:
// of a hundred finished steps a person wants the number, of the one that asks every word.
import { formatCount } from '../../contract/format.js';
import type { PlannedStep, ResumePlan } from '../../contract/resume-plan.js';
import { makeElement } from '../element.js';
import type { Words } from '../words.js';
import { JudgementForm, type Said } from './judgement-form.js';

/** A group of more steps than this is folded. */
const FOLD_ABOVE = 6;

export class PlanView {
  readonly node: HTMLElement;
  private readonly forms: readonly JudgementForm[];

  /** @param changed - Called when something was chosen or written. */
  constructor(plan: ResumePlan, words: Words, changed: () => void) {
    const asked = plan.steps.filter(({ action }) => action === 'ask');
    this.forms = asked.flatMap(({ title, asks }) =>
      asks.flatMap(ask =>
        ask.kind === 'inconclusive' ? [new JudgementForm(ask.effect, title, words, changed)] : []
      )
    );
    const changedSteps = asked.filter(({ asks }) => asks.some(({ kind }) => kind === 'changed'));
    this.node = makeElement(
      'div',
      { class: 'lb-Plan' },
      ...this.forms.map(({ node }) => node),
      ...group(
        words.__('Changed since they passed'),
        words.__(
          'Put the text back, or run again from the first of them on: nothing is replayed that was not approved.'
        ),
        changedSteps,
        words
      ),
      ...group(
        words.__('Brought back'),
        words.__(
          'Evaluated again with every command, request and answer taken from the record. Nothing is done twice.'
        ),
        plan.steps.filter(({ action }) => action === 'replay'),
        words
      ),
      ...group(
        words.__('Left as they are'),
        words.__('Skipped, failed or stale steps, and those whose variables are there.'),
        plan.steps.filter(({ action }) => action === 'keep'),
        words
      ),
      ...group(
        words.__('Run afterwards, by you'),
        words.__('Unfinished steps. A step that was cut off goes on where it stopped.'),
        plan.steps.filter(step => step.action === 'run' || isCutOff(step)),
        words
      )
    );
  }

  /** What was said of every cut-off effect; null while something is missing. */
  get said(): readonly Said[] | null {
    const said = this.forms.map(form => form.said);
    return said.every(each => each !== null) ? said : null;
  }
}

/** It is asked about, and goes on when it was answered. */
function isCutOff({ asks }: PlannedStep): boolean {
  return asks.some(({ kind }) => kind === 'inconclusive');
}

function group(title: string, about: string, steps: readonly PlannedStep[], words: Words): Node[] {
  if (steps.length === 0) {
    return [];
  }
  const heading = `${title}: ${formatCount(steps.length, 'step')}`;
  const list = makeElement(
    'ul',
    { class: 'lb-Plan-steps' },
    ...steps.map(({ title: step, phase, asks }) =>
      makeElement('li', {
        text: [phase === '' ? step : `${phase} › ${step}`, ...asks.flatMap(ask => changeOf(ask, words))].join(
          ' — '
        )
      })
    )
  );
  const explanation = makeElement('p', { class: 'lb-Plan-about', text: about });
  return steps.length > FOLD_ABOVE
    ? [
        makeElement(
          'details',
          { class: 'lb-Plan-group' },
          makeElement('summary', { text: heading }),
          explanation,
          list
        )
      ]
    : [
        makeElement(
          'section',
          { class: 'lb-Plan-group' },
          makeElement('h3', { text: heading }),
          explanation,
          list
        )
      ];
}

function changeOf(ask: PlannedStep['asks'][number], words: Words): string[] {
  if (ask.kind !== 'changed') {
    return [];
  }
  return [ask.isGone ? words.__('the cell is gone') : words.__('the text is another one')];
}
