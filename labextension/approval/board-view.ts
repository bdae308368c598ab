// Draws a board of people's tasks: a line a task, with the buttons of whoever has it. Late and silent depend on the clock, so an
// open board is drawn again now and then.
import type { BoardState } from '../../contract/board.js';
import { makeElement } from '../element.js';
import { makeStatusGlyph } from '../status-glyph.js';
import { toneOf } from '../status-look.js';
import { tickerOfPage } from '../ticker.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../words.js';
import { boardLook, type BoardLook, type TaskAction, type TaskLine } from './board-look.js';
import type { HoldAccess } from './hold-access.js';
import { HoldCard, type HoldView } from './hold-view.js';

export class BoardView implements HoldView<BoardState> {
  readonly node: HTMLElement;

  private readonly card = new HoldCard('lb-Board');
  private readonly list = makeElement('ul', { class: 'lb-Board-tasks' });
  private readonly progress = makeElement('p', { class: 'lb-Hold-meta' });
  private board: BoardState | null = null;
  private access: HoldAccess = 'no-notebook';
  private drawn = '';
  private stopTicking: (() => void) | null = null;

  constructor(
    private readonly words: Words,
    private readonly runOf: () => IRunModel | null
  ) {
    this.node = this.card.node;
    this.card.body.append(this.list, this.progress);
  }

  update(board: BoardState, access: HoldAccess): void {
    this.board = board;
    this.access = access;
    this.refresh();
    this.tick(board.status === 'open' && access === 'live');
  }

  private refresh(): void {
    if (!this.board) {
      return;
    }
    const you = this.runOf()?.session.you ?? null;
    const look = boardLook(this.board, this.access, you, new Date().toISOString(), this.words);
    const drawn = JSON.stringify(look);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.draw(look);
    }
  }

  /** A board that is no longer in the page stops the clock by itself. */
  private tick(shouldTick: boolean): void {
    if (shouldTick && !this.stopTicking) {
      this.stopTicking = tickerOfPage().listen(() =>
        this.node.isConnected ? this.refresh() : this.tick(false)
      );
    } else if (!shouldTick) {
      this.stopTicking?.();
      this.stopTicking = null;
    }
  }

  private draw(look: BoardLook): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset['task'];
    this.card.setHead(look.glyph, look.word, look.name);
    this.list.replaceChildren(...look.tasks.map(task => this.makeLine(task)));
    this.progress.textContent = look.progress;
    this.card.setNote(look.note);
    if (focused !== undefined) {
      const next = this.list.querySelector<HTMLElement>(`[data-task="${CSS.escape(focused)}"]`);
      (next ?? this.node).focus({ preventScroll: true });
    }
  }

  private makeLine(task: TaskLine): HTMLElement {
    const mark = makeElement('span', {
      class: 'lb-Checklist-mark',
      attributes: { 'data-tone': toneOf(task.glyph) }
    });
    mark.append(makeStatusGlyph(task.glyph));
    const facts = [task.holder, task.due, task.heard].filter(text => text !== '').join(' · ');
    return makeElement(
      'li',
      { class: 'lb-Board-task' },
      mark,
      makeElement(
        'div',
        { class: 'lb-Board-words' },
        makeElement('span', { class: 'lb-Checklist-text', text: task.title }),
        makeElement('span', {
          class: 'lb-Board-word',
          text: task.word,
          attributes: { 'data-tone': toneOf(task.glyph) }
        }),
        ...(task.isCritical
          ? [makeElement('span', { class: 'lb-Tag', text: this.words.__('critical') })]
          : []),
        makeElement('span', { class: 'lb-Checklist-detail', text: facts })
      ),
      makeElement(
        'div',
        { class: 'lb-Board-actions' },
        ...task.actions.map(action => this.makeButton(task, action))
      )
    );
  }

  private makeButton(task: TaskLine, action: TaskAction): HTMLElement {
    const { words } = this;
    const label = { accept: words.__('I take it'), done: words.__('Done'), reopen: words.__('Open again') }[
      action
    ];
    const button = makeElement('button', {
      class: 'lb-Button lb-mod-small',
      text: label,
      attributes: { type: 'button', 'data-task': task.id, 'aria-label': `${label}: ${task.title}` }
    });
    button.addEventListener('click', () => void this.act(task.id, action, button));
    return button;
  }

  private async act(task: string, action: TaskAction, button: HTMLButtonElement): Promise<void> {
    const run = this.runOf();
    if (!this.board || !run) {
      return;
    }
    button.disabled = true;
    try {
      await run.ask({ type: 'task', board: this.board.id, task, action, comment: '' });
      this.card.setNote('');
    } catch (error) {
      this.card.setNote((error as Error).message);
    } finally {
      button.disabled = false;
    }
  }
}
