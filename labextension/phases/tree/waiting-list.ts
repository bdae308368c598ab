// What waits for people, at the top of the phases panel: where it is, and the decision itself for when its output is out of
// sight or gone after a reload.
import { askedAt, waitsForViewer, type HoldState } from '../../../contract/holds/pending.js';
import { viewerOf } from '../../approval/approval-look.js';
import { awaitedBy } from '../../approval/awaited-text.js';
import { ApprovalView } from '../../approval/approval-view.js';
import { TaskListView } from '../../approval/task-list-view.js';
import { ChecklistView } from '../../approval/checklist-view.js';
import { accessOf } from '../../approval/hold-access.js';
import type { HoldView } from '../../approval/hold-view.js';
import { makeButton, makeElement, setText } from '../../page/element.js';
import { bothClocks, utcNear } from '../../page/time-text.js';
import type { Words } from '../../page/words.js';
import type { IRunModel } from '../../tokens.js';

interface Entry {
  readonly node: HTMLElement;
  update(hold: HoldState, run: IRunModel): void;
}

export class WaitingList {
  readonly node = makeElement('div', { class: 'lb-Waiting' });

  private readonly entries = new Map<string, Entry>();
  private run: IRunModel | null = null;

  constructor(
    private readonly words: Words,
    private readonly jump: (step: string) => void
  ) {}

  update(holds: readonly HoldState[], run: IRunModel | null): void {
    if (run !== this.run) {
      this.entries.forEach(entry => entry.node.remove());
      this.entries.clear();
    }
    this.run = run;
    const ids = new Set(holds.map(hold => hold.id));
    for (const [id, entry] of this.entries) {
      if (!ids.has(id)) {
        entry.node.remove();
        this.entries.delete(id);
      }
    }
    for (const hold of holds) {
      if (!this.entries.has(hold.id)) {
        const entry = this.makeEntry(hold);
        this.entries.set(hold.id, entry);
        this.node.append(entry.node);
      }
      if (run) {
        this.entries.get(hold.id)?.update(hold, run);
      }
    }
    this.node.hidden = holds.length === 0;
  }

  private makeEntry(hold: HoldState): Entry {
    const { words } = this;
    const go = makeButton({ class: 'lb-Button lb-mod-go', text: words.__('Go to what waits') }, () =>
      this.jump(hold.step)
    );
    const view = this.viewOf(hold);
    view.node.classList.add('lb-mod-compact');
    const who = makeElement('span', { class: 'lb-Waiting-who' });
    const summary = makeElement('summary', {});
    const asked = askedAt(hold);
    const since = makeElement('span', { class: 'lb-Waiting-since', title: bothClocks(asked) });
    const node = makeElement(
      'section',
      {
        class: 'lb-Waiting-entry',
        attributes: { 'data-tone': 'attention', 'aria-label': words.__('Waiting: %1', hold.name) }
      },
      makeElement('p', { class: 'lb-Waiting-title' }, makeElement('b', { text: hold.name }), who, since),
      go,
      makeElement('details', { class: 'lb-Waiting-details' }, summary, view.node)
    );
    return {
      node,
      update: (newest, run) => {
        const access = accessOf(run.source, true);
        setText(who, awaitedText(newest, run, words));
        setText(since, words.__('since %1', utcNear(asked, Date.now())));
        setText(summary, summaryText(newest, run, words));
        view.update(newest, access);
      }
    };
  }

  private viewOf(hold: HoldState): HoldView<HoldState> {
    const { words } = this;
    const runOf = (): IRunModel | null => this.run;
    const view =
      'items' in hold
        ? new ChecklistView(words, runOf)
        : 'tasks' in hold
          ? new TaskListView(words, runOf)
          : new ApprovalView(words, runOf, true);
    return view;
  }
}

/** The title of the fold. A person who may not decide can only look at the question. */
function summaryText(hold: HoldState, run: IRunModel, words: Words): string {
  if ('items' in hold) {
    return words.__('Tick it here');
  }
  if ('tasks' in hold) {
    return words.__('Show the tasks');
  }
  return waitsForViewer(hold, viewerOf(run)) ? words.__('Decide here') : words.__('Show the question');
}

function awaitedText(hold: HoldState, run: IRunModel, words: Words): string {
  return words.__('Waiting for %1', awaitedBy(hold, viewerOf(run), new Date().toISOString(), words));
}
