// How many guesses of an import are left, what the selected cell was guessed from, and the three things to do: the next one, accept, change.
import type { NotebookPanel } from '@jupyterlab/notebook';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { guessesIn, isGuess } from '../../contract/notebook/imported-guess.js';
import { makeButton, makeElement, setText } from '../page/element.js';
import { activeCellSettled } from '../page/cell/active-cell.js';
import type { Words } from '../page/words.js';
import { outlineCells } from '../run/outline-cells.js';
import { ACCEPT, CHANGE, NEXT } from './commands.js';
import { acceptGuess, changeGuess, goToGuess } from './guess-walk.js';

export interface WalkBarParts {
  readonly panel: NotebookPanel;
  readonly words: Words;
  readonly commands: CommandRegistry;
}

export class WalkBar extends Widget {
  constructor(private readonly parts: WalkBarParts) {
    super();
    const { panel, words } = parts;
    const { content } = panel;
    this.addClass('lb-GuessWalk');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', words.__('Guesses of the import'));
    const stay = { takesKeys: false };
    this.next = this.makeAct(words.__('Next Guess'), NEXT, () => void goToGuess(content, 'next', stay));
    this.accept = this.makeAct(words.__('Accept'), ACCEPT, () => void acceptGuess(content, stay));
    this.change = this.makeAct(words.__('Change'), CHANGE, () => void changeGuess(content));
    this.node.append(
      this.count,
      this.text,
      makeElement('div', { class: 'lb-GuessWalk-acts' }, this.next, this.accept, this.change)
    );
    activeCellSettled(content).connect(this.draw, this);
    content.modelContentChanged.connect(this.draw, this);
    this.draw();
  }

  override dispose(): void {
    Signal.clearData(this);
    super.dispose();
  }

  private readonly count = makeElement('p', {
    class: 'lb-GuessWalk-count',
    attributes: { role: 'status', tabindex: '-1' }
  });
  private readonly text = makeElement('p', { class: 'lb-GuessWalk-text', attributes: { role: 'status' } });
  private readonly next: HTMLButtonElement;
  private readonly accept: HTMLButtonElement;
  private readonly change: HTMLButtonElement;

  private makeAct(label: string, command: string, act: () => void): HTMLButtonElement {
    const { commands } = this.parts;
    const keys = commands.keyBindings.find(binding => binding.command === command)?.keys ?? [];
    const text = keys.length === 0 ? '' : CommandRegistry.formatKeystroke(keys);
    return makeButton({ class: 'lb-GuessWalk-act jp-mod-styled', text: label, title: text }, act);
  }

  private draw(): void {
    const { panel, words } = this.parts;
    const cells = outlineCells(panel.content.model?.cells ?? []);
    const guesses = guessesIn(cells);
    const active = panel.content.activeCell?.model;
    const isHere = active !== undefined && isGuess(active);
    setText(
      this.count,
      guesses.length === 0
        ? words.__('No guess is left.')
        : words._n('%1 guess is left.', '%1 guesses are left.', guesses.length)
    );
    setText(this.text, isHere ? (guesses.find(({ cell }) => cell === active.id)?.text ?? '') : '');
    const hadKeys = this.node.contains(document.activeElement);
    this.next.disabled = guesses.length === 0;
    this.accept.disabled = !isHere;
    this.change.disabled = !isHere;
    // A button that can no longer be pressed loses the keys, and with them the place of whoever uses no mouse.
    if (hadKeys && (document.activeElement as HTMLButtonElement | null)?.disabled !== false) {
      this.count.focus();
    }
  }
}
