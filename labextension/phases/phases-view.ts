// Draws the phases panel: the run in a few lines, what waits for people, the tree of phases. Knows nothing of JupyterLab.
import { makeButton, makeElement, setText } from '../page/element.js';
import type { Words } from '../page/words.js';
import type { IRunModel } from '../tokens.js';
import { actionsOf, type ActionLook } from './look/phase-actions.js';
import type { PhasesLook } from './look/phases-look.js';
import { RunEndView } from './run-end-view.js';
import { PhaseTree } from './tree/phase-tree.js';
import { WaitingList } from './tree/waiting-list.js';

export interface PhasesViewParts {
  readonly words: Words;
  /** Brings a cell into view. */
  jump(cell: string): void;
  /** The person opened or folded a phase. */
  toggle(phase: string, isOpen: boolean): void;
  /** The person chose an action, on a phase or step or (null) on the whole run. */
  act(command: string, id: string | null): void;
  /** The button by which a person switches notifications on, or null when there is none. */
  readonly bell: HTMLElement | null;
}

export class PhasesView {
  readonly nodes: readonly HTMLElement[];
  readonly tree: PhaseTree;

  constructor({ words, bell, jump, toggle, act }: PhasesViewParts) {
    this.act = act;
    this.tree = new PhaseTree(words.__('Phases and steps'), {
      jump,
      toggle,
      act,
      actionsOf: (on, look) => actionsOf(on, look.acts, words, look)
    });
    this.waiting = new WaitingList(words, jump);
    this.end = new RunEndView(words, command => act(command, null));
    this.bar.append(this.fill);
    this.bar.setAttribute('aria-label', words.__('Steps passed'));
    this.head.append(
      this.titleLine,
      this.tags,
      this.bar,
      this.progress,
      this.next,
      this.rest,
      this.rehearsal,
      this.driver,
      this.note,
      this.actions,
      ...(bell ? [bell] : [])
    );
    this.nodes = [this.empty, this.head, this.waiting.node, this.end.node, this.tree.box];
  }

  /** `run` takes the decisions; null where there is none. */
  update(look: PhasesLook, run: IRunModel | null): void {
    const isEmpty = look.empty !== null;
    setText(this.emptyTitle, look.empty?.title ?? '');
    setText(this.emptyText, look.empty?.text ?? '');
    this.empty.hidden = !isEmpty;
    this.head.hidden = isEmpty;
    this.tree.box.hidden = isEmpty;
    setText(this.titleLine, look.title);
    const tags = JSON.stringify(look.tags);
    if (this.tags.dataset['drawn'] !== tags) {
      this.tags.dataset['drawn'] = tags;
      this.tags.replaceChildren(
        ...look.tags.map(tag => makeElement('span', { class: `lb-Tag lb-mod-${tag.kind}`, text: tag.text }))
      );
    }
    this.bar.setAttribute('aria-valuemax', String(look.totalSteps));
    this.bar.setAttribute('aria-valuenow', String(look.doneSteps));
    this.fill.style.width = `${look.totalSteps === 0 ? 0 : (100 * look.doneSteps) / look.totalSteps}%`;
    setText(this.progress, look.progress);
    setText(this.next, look.next);
    setText(this.rest, look.rest);
    setText(this.rehearsal, look.rehearsal);
    setText(this.driver, look.driver);
    setText(this.note, look.note);
    this.drawActions(look.actions);
    this.waiting.update(look.waiting, run);
    this.end.update(look.end);
    this.tree.update(look.phases);
  }

  /** Keeps the buttons while they are the same, so that a button with the focus keeps it. */
  private drawActions(actions: readonly ActionLook[]): void {
    const drawn = actions.map(action => action.command).join(' ');
    if (this.actions.dataset['drawn'] !== drawn) {
      this.actions.dataset['drawn'] = drawn;
      this.actions.replaceChildren(
        ...actions.map(action => {
          const { label: text, caption: title, command } = action;
          return makeButton({ class: 'lb-Button', text, title }, () => this.act(command, null));
        })
      );
    }
    this.actions.hidden = actions.length === 0;
  }

  private readonly act: PhasesViewParts['act'];
  private readonly emptyTitle = makeElement('h2', { class: 'lb-Phases-title' });
  private readonly emptyText = makeElement('p');
  private readonly empty = makeElement(
    'div',
    { class: 'lb-Phases-empty', attributes: { role: 'status' } },
    this.emptyTitle,
    this.emptyText
  );
  private readonly titleLine = makeElement('h2', { class: 'lb-Phases-title' });
  private readonly tags = makeElement('p', { class: 'lb-Phases-tags' });
  private readonly fill = makeElement('div', { class: 'lb-Progress-fill' });
  private readonly bar = makeElement('div', {
    class: 'lb-Progress',
    attributes: { role: 'progressbar', 'aria-valuemin': '0' }
  });
  private readonly progress = makeElement('p', { class: 'lb-Phases-progress' });
  private readonly next = makeElement('p', { class: 'lb-Phases-next' });
  private readonly rest = makeElement('p', { class: 'lb-Phases-rest' });
  private readonly rehearsal = makeElement('p', { class: 'lb-Phases-rest' });
  private readonly actions = makeElement('div', { class: 'lb-Phases-actions' });
  private readonly driver = makeElement('p', { class: 'lb-Phases-driver' });
  private readonly note = makeElement('p', { class: 'lb-Phases-note' });
  private readonly head = makeElement('div', { class: 'lb-Phases-head' });
  private readonly waiting: WaitingList;
  private readonly end: RunEndView;
}
