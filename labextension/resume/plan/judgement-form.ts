// One cut-off effect and the three things that may have become of it. Nothing is chosen beforehand: a default would be a guess.
import type { Judgement } from '../../../contract/base/judgement.js';
import type { EffectState } from '../../../contract/state/state.js';
import { makeElement, makeElementId } from '../../page/element.js';
import { bothClocks } from '../../page/time-text.js';
import type { Words } from '../../page/words.js';

/** What a person says of an effect. */
export interface Said {
  readonly effect: string;
  readonly judgement: Judgement;
  readonly reason: string;
}

export class JudgementForm {
  readonly node: HTMLElement;

  private readonly reason = makeElement('input', {
    class: 'lb-Field',
    attributes: { type: 'text', id: makeElementId('reason') }
  });
  private readonly radios: readonly HTMLInputElement[];

  /** @param step - Title of the effect's step. */
  constructor(
    private readonly effect: EffectState,
    step: string,
    words: Words,
    changed: () => void
  ) {
    const name = makeElementId('judgement');
    const choices: readonly (readonly [Judgement, string, string])[] = [
      ['passed', words.__('It succeeded'), words.__('it is not done again; the step goes on after it')],
      ['failed', words.__('It failed'), words.__('the step fails at this place when it is run again')],
      [
        'again',
        words.__('Run it again'),
        words.__('nothing of it was done, or doing it once more does no harm')
      ]
    ];
    this.radios = choices.map(([judgement]) =>
      makeElement('input', { class: 'lb-Judge-radio', attributes: { type: 'radio', name, value: judgement } })
    );
    this.reason.placeholder = words.__('How you know');
    const heading = makeElementId('effect');
    this.node = makeElement(
      'div',
      {
        class: 'lb-Judge',
        attributes: { role: 'radiogroup', 'aria-labelledby': heading, 'data-tone': 'attention' }
      },
      makeElement(
        'p',
        { class: 'lb-Judge-effect', attributes: { id: heading } },
        makeElement('code', { text: effect.label }),
        document.createTextNode(' '),
        makeElement('span', {
          class: 'lb-Judge-since',
          text: words.__(
            'began in “%1” at %2 and has no recorded end. What became of it?',
            step,
            bothClocks(effect.startedAt)
          )
        })
      ),
      ...choices.map(([, label, meaning], index) =>
        makeElement(
          'label',
          { class: 'lb-Judge-choice' },
          this.radios[index]!,
          makeElement('span', { text: label }),
          makeElement('span', { class: 'lb-Judge-meaning', text: meaning })
        )
      ),
      makeElement('label', {
        class: 'lb-FieldLabel',
        text: words.__('Reason'),
        attributes: { for: this.reason.id }
      }),
      this.reason
    );
    this.node.addEventListener('input', changed);
    this.node.addEventListener('change', changed);
    // Who chooses with the pointer goes on typing; arrow keys go on choosing.
    for (const radio of this.radios) {
      radio.addEventListener('change', () => {
        if (!radio.matches(':focus-visible')) {
          this.reason.focus();
        }
      });
    }
  }

  /** What was said; null while the choice or its reason is missing. */
  get said(): Said | null {
    const chosen = this.radios.find(radio => radio.checked);
    const reason = this.reason.value.trim();
    return chosen && reason !== ''
      ? { effect: this.effect.id, judgement: chosen.value as Judgement, reason }
      : null;
  }
}
