// What waits for people, at the top of the phases panel: where it is, and the decision itself for when its output is out of
// sight or gone after a reload.
import { standingOf } from '../../contract/approval-rules.js';
import { formatUtcClock } from '../../contract/format.js';
import type { ApprovalState, ChecklistState } from '../../contract/hold.js';
import { waitsForViewer } from '../approval/approval-look.js';
import { ApprovalView } from '../approval/approval-view.js';
import { ChecklistView } from '../approval/checklist-view.js';
import { accessOf } from '../approval/hold-access.js';
import { makeElement } from '../element.js';
import { bothClocks } from '../time-text.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../words.js';

interface Entry {
  readonly node: HTMLElement;
  update(hold: ApprovalState | ChecklistState, run: IRunModel): void;
}

export class WaitingList {
  readonly node = makeElement('div', { class: 'lb-Waiting' });

  private readonly entries = new Map<string, Entry>();
  private run: IRunModel | null = null;

  constructor(
    private readonly words: Words,
    private readonly jump: (step: string) => void
  ) {}

  update(holds: readonly (ApprovalState | ChecklistState)[], run: IRunModel | null): void {
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

  private makeEntry(hold: ApprovalState | ChecklistState): Entry {
    const { words } = this;
    const go = makeElement('button', {
      class: 'lb-Button lb-mod-go',
      text: words.__('Go to what waits'),
      attributes: { type: 'button' }
    });
    go.addEventListener('click', () => this.jump(hold.step));
    const runOf = (): IRunModel | null => this.run;
    const approvalView = 'items' in hold ? null : new ApprovalView(words, runOf, true);
    const checklistView = 'items' in hold ? new ChecklistView(words, runOf) : null;
    const card = (approvalView ?? checklistView)!.node;
    card.classList.add('lb-mod-compact');
    const who = makeElement('span', { class: 'lb-Waiting-who' });
    const summary = makeElement('summary', {
      text: 'items' in hold ? words.__('Tick it here') : words.__('Decide here')
    });
    const node = makeElement(
      'section',
      {
        class: 'lb-Waiting-entry',
        attributes: { 'data-tone': 'attention', 'aria-label': words.__('Waiting: %1', hold.name) }
      },
      makeElement(
        'p',
        { class: 'lb-Waiting-title' },
        makeElement('b', { text: hold.name }),
        who,
        makeElement('span', {
          class: 'lb-Waiting-since',
          text: words.__('since %1 UTC', formatUtcClock(hold.requestedAt)),
          title: bothClocks(hold.requestedAt)
        })
      ),
      go,
      makeElement('details', { class: 'lb-Waiting-details' }, summary, card)
    );
    return {
      node,
      update: (newest, run) => {
        const access = accessOf(run.source, true);
        const text = awaitedText(newest, run, words);
        if (who.textContent !== text) {
          who.textContent = text;
        }
        if ('items' in newest) {
          checklistView?.update(newest, access);
        } else {
          approvalView?.update(newest, access);
        }
      }
    };
  }
}

function awaitedText(hold: ApprovalState | ChecklistState, run: IRunModel, words: Words): string {
  if ('items' in hold) {
    return words.__('Waiting for you');
  }
  const viewer = { you: run.session.you, driver: run.state.driver?.person.username ?? null };
  const named = standingOf(hold).awaited.join(', ');
  return named
    ? words.__('Waiting for %1', named)
    : waitsForViewer(hold, viewer)
      ? words.__('Waiting for you')
      : words.__('Waiting for somebody else');
}
