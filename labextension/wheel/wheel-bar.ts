// The bar about the driver above a notebook.
import type { JournalRecord } from '../../contract/journal/journal.js';
import { makeButton, makeElement, makeElementId, setText } from '../page/element.js';
import { HeaderBar } from '../page/header-bar.js';
import { refusalText } from '../page/refusal-text.js';
import type { Tone } from '../page/status-look.js';
import type { Words } from '../page/words.js';
import type { IRunModel } from '../tokens.js';
import { NOT_ASKED, ownQuestionAfter } from './own-question.js';
import { wheelLook, type WheelAction, type WheelLook } from './wheel-look.js';

export interface WheelBarParts {
  readonly run: IRunModel;
  readonly words: Words;
  /** True when all pages share one document, which the server saves. */
  readonly isShared: boolean;
  /** Asks for a reason; null when the person cancelled. */
  readonly askReason: (title: string, about: string, accept: string) => Promise<string | null>;
  /** Gives the keys back to the notebook. */
  readonly goOn: () => void;
  /** Saves what this page has changed. */
  readonly keep: () => Promise<void>;
}

export class WheelBar extends HeaderBar {
  constructor(private readonly parts: WheelBarParts) {
    super(parts.words.__('Driver of the run'));
    this.addClass('lb-Wheel');
    parts.run.changed.connect(this.refresh, this);
    parts.run.advanced.connect(this.onRecord, this);
    this.refresh();
  }

  private shown = '';
  private question = NOT_ASKED;
  private watchers: WheelLook['watchers'] = [];
  /** The list of several watchers, one of whom is chosen. */
  private chosen: HTMLSelectElement | null = null;
  private readonly error = makeElement('p', { class: 'lb-Decision-error', attributes: { role: 'alert' } });

  /** A page that connects anew may have asked before. */
  private onRecord({ state, session }: IRunModel, record: JournalRecord | null): void {
    if (record) {
      this.question = ownQuestionAfter(this.question, record, session.you);
    } else if (state.wheel && state.wheel.by.username === session.you?.username) {
      this.question = { asked: state.wheel.id, kept: null };
    }
  }

  private refresh(): void {
    const { run, words, isShared } = this.parts;
    if (this.isDisposed) {
      return;
    }
    const look =
      run.source === 'kernel'
        ? wheelLook(run.state, run.session, words, { isSaved: isShared, kept: this.question.kept })
        : null;
    const text = JSON.stringify(look);
    if (text !== this.shown) {
      this.shown = text;
      this.setHidden(look === null);
      if (look) {
        this.draw(look);
      }
    }
  }

  private draw(look: WheelLook): void {
    this.node.dataset['kind'] = look.kind;
    this.node.dataset['tone'] = TONES[look.kind];
    setText(this.error, '');
    this.watchers = look.watchers;
    this.content.replaceChildren(
      makeElement(
        'div',
        { class: 'lb-HeaderBar-words', attributes: { role: 'status' } },
        makeElement('strong', { class: 'lb-HeaderBar-title', text: look.title }),
        document.createTextNode(' '),
        makeElement('span', { class: 'lb-HeaderBar-text', text: look.text })
      ),
      look.environment === '' ? this.buttonsOf(look) : this.guardForm(look.environment),
      this.error
    );
    this.takeRoom();
  }

  private buttonsOf(look: WheelLook): HTMLElement {
    const buttons = look.actions.map(({ action, label, isPrimary }) =>
      makeButton({ class: isPrimary ? 'lb-Button lb-mod-primary' : 'lb-Button', text: label }, () => {
        void this.act(action);
      })
    );
    return makeElement('div', { class: 'lb-HeaderBar-buttons' }, ...this.choiceOf(look), ...buttons);
  }

  /** With one watcher the button itself names them. */
  private choiceOf({ watchers }: WheelLook): HTMLElement[] {
    const chosen = this.chosen?.value;
    this.chosen = null;
    if (watchers.length < 2) {
      return [];
    }
    const options = watchers.map(({ username, name }) => {
      const option = makeElement('option', { text: name, attributes: { value: username } });
      option.selected = username === chosen;
      return option;
    });
    this.chosen = makeElement(
      'select',
      { class: 'lb-Field', attributes: { 'aria-label': this.parts.words.__('Who may take the wheel') } },
      ...options
    );
    return [this.chosen];
  }

  private guardForm(environment: string): HTMLElement {
    const { words } = this.parts;
    const field = makeElement('input', {
      class: 'lb-Field',
      attributes: { type: 'text', id: makeElementId('environment'), autocomplete: 'off', spellcheck: 'false' }
    });
    const label = makeElement('label', {
      class: 'lb-FieldLabel',
      text: words.__('Name of the environment (%1)', environment),
      attributes: { for: field.id }
    });
    const submit = makeElement('button', {
      class: 'lb-Button lb-mod-primary',
      text: words.__('Begin'),
      attributes: { type: 'submit' }
    });
    const form = makeElement(
      'form',
      { class: 'lb-HeaderBar-buttons', attributes: { novalidate: '' } },
      label,
      field,
      submit
    );
    form.addEventListener('submit', event => {
      event.preventDefault();
      void this.try(async () => {
        await this.parts.run.ask({ type: 'confirm-environment', typed: field.value });
        this.parts.goOn();
      });
    });
    return form;
  }

  private async act(action: WheelAction): Promise<void> {
    const { run, words, askReason } = this.parts;
    const wheel = run.state.wheel?.id ?? '';
    const offer = run.state.offer?.id ?? '';
    const settle = (accepted: boolean) => (): Promise<unknown> =>
      run.ask({ type: 'settle-offer', wheel: offer, accepted, reason: '' });
    const acts: { readonly [A in WheelAction]: () => Promise<unknown> } = {
      ask: () => run.ask({ type: 'ask-wheel' }),
      'hand-over': async () => {
        await this.keep();
        await run.ask({ type: 'answer-wheel', wheel, accepted: true, reason: '' });
      },
      refuse: () => run.ask({ type: 'answer-wheel', wheel, accepted: false, reason: '' }),
      offer: async () => {
        const to = this.chosen?.value ?? this.watchers[0]?.username ?? '';
        await this.keep();
        await run.ask({ type: 'offer-wheel', to });
      },
      'take-back': settle(false),
      accept: settle(true),
      decline: settle(false),
      'take-over': async () => {
        const reason = await askReason(
          words.__('Take over the wheel?'),
          words.__('Only a driver who has vanished can be replaced. Who did it and why is recorded.'),
          words.__('Take over')
        );
        if (reason !== null) {
          await run.ask({ type: 'replace-driver', reason });
        }
      }
    };
    await this.try(acts[action]);
  }

  /** The next driver gets the notebook as it is here. What cannot be saved does not keep them from the wheel. */
  private async keep(): Promise<void> {
    await this.parts.keep().catch(() => undefined);
  }

  private async try(act: () => Promise<unknown>): Promise<void> {
    setText(this.error, '');
    try {
      await act();
    } catch (error) {
      setText(this.error, refusalText(error));
    }
  }
}

const TONES: { readonly [K in WheelLook['kind']]: Tone } = {
  guard: 'bad',
  asked: 'attention',
  offered: 'attention',
  driving: 'quiet',
  watching: 'active'
};
