// The body of the resume dialog: what happens to each step, and what has to be said first. Groups, not a table of all steps:
// of a hundred finished steps a person wants the number, of the one that asks every word.
import { formatCount } from '../../../contract/base/format.js';
import type { PlannedStep, ResumePlan } from '../../../contract/plans/resume-plan.js';
import { makeElement } from '../../page/element.js';
import type { Words } from '../../page/words.js';
import { makeChangedStep } from './changed-step.js';
import { JudgementForm, type Said } from './judgement-form.js';

/** A group of more steps than this is folded. */
const FOLD_ABOVE = 6;

export interface PlanViewParts {
  readonly plan: ResumePlan;
  /** Ids of the steps whose variables are gone. */
  readonly lost: readonly string[];
  /** What the cells say now, by id. */
  readonly texts: { readonly [cell: string]: string };
  readonly words: Words;
  /** Something was chosen or written. */
  readonly changed: () => void;
  /** The person wants this step run again instead. */
  readonly again: (step: string) => void;
}

export class PlanView {
  readonly node: HTMLElement;
  private readonly forms: readonly JudgementForm[];

  private readonly isBlocked: boolean;

  constructor({ plan, lost, texts, words, changed, again }: PlanViewParts) {
    const asked = plan.steps.filter(({ action }) => action === 'ask');
    this.forms = asked.flatMap(({ title, asks }) =>
      asks.flatMap(ask =>
        ask.kind === 'inconclusive' ? [new JudgementForm(ask.effect, title, words, changed)] : []
      )
    );
    const changedSteps = asked.flatMap(step =>
      step.asks.flatMap(ask => (ask.kind === 'changed' ? [{ step, recorded: ask.recorded }] : []))
    );
    this.isBlocked = changedSteps.some(({ step }) => lost.includes(step.step));
    this.node = makeElement(
      'div',
      { class: 'lb-Plan' },
      ...this.forms.map(({ node }) => node),
      ...group(
        words.__('Changed since they passed'),
        words.__('Only what passed is brought back. Put the text back, or run the step again.'),
        changedSteps.map(({ step, recorded }) =>
          makeChangedStep({ step, recorded, now: texts[step.step], words, again: () => again(step.step) })
        )
      ),
      ...group(
        words.__('Brought back'),
        words.__(
          'Evaluated again with every command, request and answer taken from the record. Nothing is done twice.'
        ),
        linesOf(plan.steps.filter(({ action }) => action === 'replay'))
      ),
      ...group(
        words.__('Left as they are'),
        words.__('Skipped, failed or stale steps, and those whose variables are there.'),
        linesOf(plan.steps.filter(({ action }) => action === 'keep'))
      ),
      ...group(
        words.__('Run afterwards, by you'),
        words.__(
          'Unfinished steps. One that was cut off continues where it stopped; one that a person stopped begins from its start.'
        ),
        linesOf(plan.steps.filter(step => step.action === 'run' || isCutOff(step)))
      )
    );
  }

  /** What was said of every cut-off effect; null while something is missing, or a step to be brought back has changed. */
  get said(): readonly Said[] | null {
    const said = this.forms.map(form => form.said);
    return !this.isBlocked && said.every(each => each !== null) ? said : null;
  }
}

/** It is asked about, and goes on when it was answered. */
function isCutOff({ asks }: PlannedStep): boolean {
  return asks.some(({ kind }) => kind === 'inconclusive');
}

function linesOf(steps: readonly PlannedStep[]): Node[] {
  return steps.map(({ title, phase }) =>
    makeElement('li', { class: 'lb-Plan-step', text: phase === '' ? title : `${phase} › ${title}` })
  );
}

function group(title: string, about: string, lines: readonly Node[]): Node[] {
  if (lines.length === 0) {
    return [];
  }
  const heading = `${title}: ${formatCount(lines.length, 'step')}`;
  const list = makeElement('ul', { class: 'lb-Plan-steps' }, ...lines);
  const explanation = makeElement('p', { class: 'lb-Plan-about', text: about });
  return lines.length > FOLD_ABOVE
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
