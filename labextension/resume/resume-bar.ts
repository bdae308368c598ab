// The bar above a notebook: what was lost or cut off, how a replay goes on, and what a person can do. Not a dialog, because the
// notebook must stay readable while one decides.
import type { NotebookPanel } from '@jupyterlab/notebook';
import { makeElement } from '../page/element.js';
import { HeaderBar } from '../page/header-bar.js';
import { makeScrollArea } from '../page/scroll-area.js';
import type { Tone } from '../page/status-look.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import { resumeLookFor } from './resume-look.js';
import type { BarAction, Difference, ResumeLook } from './bar-look.js';
import { UndoOutput } from './going-back/undo-output.js';

export interface ResumeBarParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel;
  readonly words: Words;
  readonly act: (command: string, args: { readonly [name: string]: string }) => void;
}

export class ResumeBar extends HeaderBar {
  constructor(private readonly parts: ResumeBarParts) {
    super(parts.words.__('Resume the run'));
    this.addClass('lb-Resume');
    const { panel, run, words } = parts;
    this.undoOutput = new UndoOutput({ sessionContext: panel.sessionContext, run, words });
    this.content.append(this.words, this.undoOutput.node);
    // Before the connection to the kernel goes: what is open there is closed.
    panel.content.disposed.connect(() => this.undoOutput.dispose());
    run.changed.connect(this.refresh, this);
    this.refresh();
  }

  /** What the look says. Beside it the output of undo steps stays as it is: how far it was scrolled, and whether it is open. */
  private readonly words = makeElement('div', { class: 'lb-HeaderBar-row' });
  private readonly undoOutput: UndoOutput;
  private shown = '';

  private refresh(): void {
    const { run, words } = this.parts;
    this.undoOutput.refresh();
    const look = run.source === 'kernel' ? resumeLookFor(run, words) : null;
    const text = JSON.stringify(look);
    if (text === this.shown || this.isDisposed) {
      return;
    }
    this.shown = text;
    this.setHidden(look === null);
    if (look) {
      this.draw(look);
    }
  }

  private draw(look: ResumeLook): void {
    const { words } = this.parts;
    const hadFocus = this.node.contains(document.activeElement);
    this.node.dataset['tone'] = TONES[look.tone];
    this.words.replaceChildren(
      makeElement(
        'div',
        { class: 'lb-HeaderBar-words', attributes: { role: 'status' } },
        makeElement('strong', { class: 'lb-HeaderBar-title', text: look.title }),
        document.createTextNode(' '),
        makeElement('span', { class: 'lb-HeaderBar-text', text: look.text })
      ),
      ...(look.progress ? [progressOf(look.progress, words)] : []),
      ...(look.difference ? [differenceOf(look.difference, words)] : []),
      ...(look.actions.length > 0 ? [this.buttons(look.actions)] : []),
      ...(look.details === undefined ? [] : [detailsOf(look.details, words)])
    );
    this.takeRoom();
    if (hadFocus) {
      this.node.querySelector('button')?.focus();
    }
  }

  private buttons(actions: readonly BarAction[]): HTMLElement {
    const buttons = actions.map(({ command, label, isPrimary, args = {} }) => {
      const button = makeElement('button', {
        class: isPrimary ? 'lb-Button lb-mod-primary' : 'lb-Button',
        text: label,
        attributes: { type: 'button' }
      });
      button.addEventListener('click', () => this.parts.act(command, args));
      return button;
    });
    return makeElement('div', { class: 'lb-HeaderBar-buttons' }, ...buttons);
  }
}

const TONES: Record<ResumeLook['tone'], Tone> = { asks: 'attention', busy: 'active', stopped: 'bad' };

function progressOf({ done, count }: { readonly done: number; readonly count: number }, words: Words): Node {
  return makeElement('progress', {
    class: 'lb-HeaderBar-progress',
    attributes: { max: String(count), value: String(done), 'aria-label': words.__('Steps done') }
  });
}

function detailsOf(text: string, words: Words): Node {
  return makeElement(
    'details',
    { class: 'lb-HeaderBar-details' },
    makeElement('summary', { text: words.__('What it says') }),
    makeScrollArea('lb-HeaderBar-output', words.__('What it says'), makeElement('pre', { text }))
  );
}

function differenceOf({ recorded, now }: Difference, words: Words): Node {
  return makeElement(
    'dl',
    { class: 'lb-HeaderBar-difference' },
    makeElement('dt', { text: words.__('Recorded') }),
    makeElement('dd', {}, makeElement('code', { text: recorded })),
    makeElement('dt', { text: words.__('Now') }),
    makeElement('dd', {}, makeElement('code', { text: now }))
  );
}
