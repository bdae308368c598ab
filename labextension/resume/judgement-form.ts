// One cut-off effect and the three things that may have become of it. Nothing is chosen beforehand: a default would be a guess.
import type { Judgement } from '../../contract/journal.js';
import type { EffectState } from '../../contract/state.js';
import { makeElement, makeElementId } from '../element.js';
import { bothClocks } from '../time-text.js';
import type { Words } from '../words.js';

/** What a person says of an effect. */
export interface Said {
  readonly effect: string;
  readonly judgement: Judgement;
  readonly reason: string;
}

export class JudgementForm {
  readonly node: HTMLFieldSetElement;

  private readonly reason = makeElement('input', {
    class: 'lb-Judge-reason',
    attributes: { type: 'text', id: makeElementId('reason') }
  });
  private readonly radios: readonly HTMLInputElement[];

  constructor(
    private readonly effect: EffectState,
    words: Words,
    changed: () => void
  ) {
    const name = makeElementId('judgement');
    const choices: readonly (readonly [Judgement, string, string])[] = [
      ['passed', words.__('It succeeded'), words.__('it is not done again')],
      ['failed', words.__('It failed'), words.__('the step fails there when it goes on')],
      ['again', words.__('Run it again'), words.__('it may be done once more')]
    ];
    this.radios = choices.map(([judgement]) =>
      makeElement('input', { attributes: { type: 'radio', name, value: judgement } })
    );
    this.reason.placeholder = words.__('How you know');
    this.node = makeElement(
      'fieldset',
      { class: 'lb-Judge' },
      makeElement(
        'legend',
        { class: 'lb-Judge-effect' },
        makeElement('code', { text: effect.label }),
        makeElement('span', {
          class: 'lb-Judge-since',
          text: words.__('began %1 and has no recorded end', bothClocks(effect.startedAt))
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
        class: 'lb-Judge-label',
        text: words.__('Reason'),
        attributes: { for: this.reason.id }
      }),
      this.reason
    );
    this.node.addEventListener('input', changed);
    this.node.addEventListener('change', changed);
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
