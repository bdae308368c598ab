// Draws a list of people's tasks: one line for each task, with buttons for the person who has it. Whether a task is late depends on
// the clock, so an open task list is drawn again every second.
import type { TaskListState } from '../../contract/holds/task-list.js';
import { TASK_ACTS } from '../../contract/holds/task-words.js';
import { makeButton, makeElement } from '../page/element.js';
import { makeStatusGlyph } from '../page/status-glyph.js';
import { toneOf } from '../page/status-look.js';
import { tickerOfPage } from '../page/ticker.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import { driverOf } from '../../contract/state/state.js';
import { taskListLook, type TaskListLook, type TaskAction, type TaskLine } from './task-list-look.js';
import type { HoldAccess } from './hold-access.js';
import { HoldCard, type HoldView } from './hold-view.js';

export class TaskListView implements HoldView<TaskListState> {
  readonly node: HTMLElement;

  private readonly card = new HoldCard('lb-TaskList');
  private readonly list = makeElement('ul', { class: 'lb-TaskList-tasks' });
  private readonly progress = makeElement('p', { class: 'lb-Hold-meta' });
  private taskList: TaskListState | null = null;
  private access: HoldAccess = 'no-notebook';
  private drawn = '';
  private readonly lines = new Map<string, { readonly said: string; readonly line: HTMLElement }>();
  private stopTicking: (() => void) | null = null;

  constructor(
    private readonly words: Words,
    private readonly runOf: () => IRunModel | null
  ) {
    this.node = this.card.node;
    this.card.body.append(this.list, this.progress);
  }

  update(taskList: TaskListState, access: HoldAccess): void {
    this.taskList = taskList;
    this.access = access;
    this.refresh();
    this.tick(taskList.status === 'open' && access === 'live');
  }

  private refresh(): void {
    if (!this.taskList) {
      return;
    }
    const run = this.runOf();
    const you = run?.session.you ?? null;
    const driver = run ? (driverOf(run.state, this.taskList)?.username ?? null) : null;
    const now = new Date().toISOString();
    const look = taskListLook(this.taskList, this.access, you, now, this.words, driver);
    const drawn = JSON.stringify(look);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.draw(look);
    }
  }

  /** A task list that is no longer in the page stops the clock by itself. */
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

  private draw(look: TaskListLook): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset['task'];
    this.card.setHead(look.glyph, look.word, look.name);
    const lines = look.tasks.map(task => this.lineOf(task));
    if (lines.some((line, index) => line !== this.list.children[index])) {
      this.list.replaceChildren(...lines);
    }
    this.progress.textContent = look.progress;
    this.card.setNote(look.note);
    if (focused !== undefined) {
      const next = this.list.querySelector<HTMLElement>(`[data-task="${CSS.escape(focused)}"]`);
      (next ?? this.node).focus({ preventScroll: true });
    }
  }

  /** A line stays while it says the same: a button that is taken out of the page under the pointer hears no click. */
  private lineOf(task: TaskLine): HTMLElement {
    const said = JSON.stringify(task);
    const known = this.lines.get(task.id);
    const line = known?.said === said ? known.line : this.makeLine(task);
    this.lines.set(task.id, { said, line });
    return line;
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
      { class: 'lb-TaskList-task' },
      mark,
      makeElement(
        'div',
        { class: 'lb-TaskList-words' },
        makeElement('span', { class: 'lb-Checklist-text', text: task.title }),
        makeElement('span', {
          class: 'lb-TaskList-word',
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
        { class: 'lb-TaskList-actions' },
        ...task.actions.map(action => this.buttonOf(task, action))
      )
    );
  }

  private buttonOf(task: TaskLine, action: TaskAction): HTMLElement {
    const { words } = this;
    const label = words.__(TASK_ACTS[action]);
    const attributes = { 'data-task': task.id, 'aria-label': `${label}: ${task.title}` };
    const button = makeButton({ class: 'lb-Button lb-mod-small', text: label, attributes }, () => {
      void this.act(task.id, action, button);
    });
    return button;
  }

  private async act(task: string, action: TaskAction, button: HTMLButtonElement): Promise<void> {
    const run = this.runOf();
    if (!this.taskList || !run) {
      return;
    }
    button.disabled = true;
    try {
      await run.ask({ type: 'task', board: this.taskList.id, task, action, comment: '' });
      this.card.setNote('');
    } catch (error) {
      this.card.setNote((error as Error).message);
    } finally {
      button.disabled = false;
    }
  }
}
