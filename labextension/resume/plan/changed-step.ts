// A step whose text is another one than that which ran: the two texts, and the way to run it again.
import type { PlannedStep } from '../../../contract/plans/resume-plan.js';
import { makeElement } from '../../page/element.js';
import type { Tone } from '../../page/status-look.js';
import type { Words } from '../../page/words.js';
import { diffLines, type DiffLine } from './line-diff.js';

export interface ChangedStepParts {
  readonly step: PlannedStep;
  /** The recorded text, in which secrets are masked; undefined when it is not known. */
  readonly recorded: string | undefined;
  /** The text now; undefined when the cell is gone. */
  readonly now: string | undefined;
  readonly words: Words;
  /** The person wants the step run again. */
  readonly again: () => void;
}

/** What the dialog shows of it. */
export function makeChangedStep({ step, recorded, now, words, again }: ChangedStepParts): HTMLElement {
  const button = makeElement('button', {
    class: 'lb-Button lb-mod-small',
    text: words.__('Run again from here…'),
    attributes: { type: 'button' }
  });
  button.addEventListener('click', again);
  return makeElement(
    'li',
    { class: 'lb-Plan-step' },
    makeElement('span', { text: step.phase === '' ? step.title : `${step.phase} › ${step.title}` }),
    ...(now === undefined ? [makeElement('span', { text: ` — ${words.__('the cell is gone')}` })] : []),
    ...(recorded === undefined || now === undefined ? [] : [differenceOf(recorded, now, words)]),
    makeElement('p', { class: 'lb-Plan-more' }, button)
  );
}

const MARKS: { readonly [K in DiffLine['kind']]: readonly [mark: string, tone: Tone | null] } = {
  same: ['  ', null],
  removed: ['− ', 'bad'],
  added: ['+ ', 'good']
};

function differenceOf(recorded: string, now: string, words: Words): HTMLElement {
  return makeElement(
    'div',
    {
      class: 'lb-Difference',
      attributes: {
        role: 'group',
        tabindex: '0',
        'aria-label': words.__('What passed (−) and what is there now (+)')
      }
    },
    ...diffLines(recorded, now).map(({ kind, text }) => {
      const [mark, tone] = MARKS[kind];
      return makeElement('span', {
        class: 'lb-Difference-line',
        text: mark + text,
        attributes: { 'data-tone': tone }
      });
    })
  );
}
