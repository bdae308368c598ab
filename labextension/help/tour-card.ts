// The card of the tour: a dialog that takes the focus and leaves the page usable. Escape ends it, and the focus goes back.
import { makeButton, makeElement, makeElementId } from '../page/element.js';
import type { Words } from '../page/words.js';
import { placeCard } from './place-card.js';
import type { Tour } from './tour.js';

const MARKED = 'lb-mod-toured';

export interface TourCardPort {
  /** Brings what the step is about into sight. */
  show(command: string): Promise<void>;
  /** The person has ended it, or has seen all of it. */
  ended(): void;
}

export class TourCard {
  constructor(
    private readonly tour: Tour,
    private readonly words: Words,
    private readonly port: TourCardPort
  ) {
    this.backButton = makeButton({ class: 'lb-Button', text: words.__('Back') }, () =>
      this.go(() => tour.back())
    );
    this.endButton = makeButton({ class: 'lb-Button', text: words.__('End tour') }, () => this.end());
    this.nextButton = makeButton({ class: 'lb-Button lb-mod-primary' }, () =>
      tour.isLast ? this.end() : this.go(() => tour.next())
    );
    const labels = [makeElementId('tour-title'), makeElementId('tour-text')];
    this.title.id = labels[0]!;
    this.text.id = labels[1]!;
    this.node = makeElement(
      'div',
      {
        // JupyterLab's own class for what is drawn outside of its shell.
        class: 'lb-Tour jp-ThemedContainer',
        attributes: { role: 'dialog', 'aria-labelledby': labels[0]!, 'aria-describedby': labels[1]! }
      },
      this.title,
      this.text,
      makeElement(
        'div',
        { class: 'lb-Tour-foot' },
        this.count,
        this.backButton,
        this.endButton,
        this.nextButton
      )
    );
    this.node.addEventListener('keydown', this.onKey);
    window.addEventListener('resize', this.onResize);
  }

  /** Shows the first step. */
  open(): void {
    this.before = document.activeElement;
    document.body.append(this.node);
    this.go(() => undefined);
  }

  end(): void {
    if (!this.node.isConnected) {
      return;
    }
    window.removeEventListener('resize', this.onResize);
    this.target?.classList.remove(MARKED);
    this.node.remove();
    if (this.before instanceof HTMLElement && this.before.isConnected) {
      this.before.focus({ preventScroll: true });
    }
    this.port.ended();
  }

  private readonly node: HTMLElement;
  private readonly title = makeElement('h2', { class: 'lb-Tour-title' });
  private readonly text = makeElement('p', { class: 'lb-Tour-text' });
  private readonly count = makeElement('span', { class: 'lb-Tour-count' });
  private readonly backButton: HTMLButtonElement;
  private readonly endButton: HTMLButtonElement;
  private readonly nextButton: HTMLButtonElement;
  private before: Element | null = null;
  private target: Element | null = null;

  private go(move: () => void): void {
    move();
    const { step } = this.tour;
    if (step) {
      void this.port.show(step.command).then(() => this.draw());
    }
  }

  private draw(): void {
    const { tour, words } = this;
    const { step } = tour;
    if (!step || !this.node.isConnected) {
      return;
    }
    this.title.textContent = step.title;
    this.text.textContent = step.text;
    this.count.textContent = words.__('%1 of %2', tour.index + 1, tour.steps.length);
    this.backButton.hidden = tour.isFirst;
    this.endButton.hidden = tour.isLast;
    this.nextButton.textContent = tour.isLast ? words.__('Done') : words.__('Next');
    this.target?.classList.remove(MARKED);
    this.target = step.target === '' ? null : firstVisible(step.target);
    this.target?.classList.add(MARKED);
    this.place();
    this.nextButton.focus();
  }

  private place(): void {
    const { left, top } = placeCard(
      this.target?.getBoundingClientRect() ?? null,
      this.node.getBoundingClientRect(),
      { width: window.innerWidth, height: window.innerHeight }
    );
    this.node.style.left = `${left}px`;
    this.node.style.top = `${top}px`;
  }

  private readonly onResize = (): void => this.place();

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.end();
    }
  };
}

function firstVisible(selector: string): Element | null {
  const found = [...document.querySelectorAll(selector)];
  return found.find(element => element.getClientRects().length > 0) ?? null;
}
