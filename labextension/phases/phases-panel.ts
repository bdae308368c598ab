// The phases panel: the current notebook's run from top to bottom. Draws at most once a frame, and ticks only while something runs.
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { METADATA_KEY } from '../../contract/notebook.js';
import type { RunState } from '../../contract/state.js';
import { makeElement } from '../element.js';
import { tickerOfPage } from '../ticker.js';
import { keptRecordsOf } from '../timing/kept-records.js';
import type { IRunModel, IRunRegistry } from '../tokens.js';
import type { Words } from '../words.js';
import { PhaseTree } from './phase-tree.js';
import { phasesLook, type PhasesLook } from './phases-look.js';
import { stateOfKept } from './kept-state.js';
import { WaitingList } from './waiting-list.js';

export interface PhasesPanelParts {
  readonly tracker: INotebookTracker;
  readonly registry: IRunRegistry | null;
  readonly words: Words;
  /** Brings a cell of a notebook into view. */
  jump(panel: NotebookPanel, cell: string): void;
  /** The button by which a person switches notifications on, or null when there is none. */
  readonly bell: HTMLElement | null;
}

export class PhasesPanel extends Widget {
  constructor(private readonly parts: PhasesPanelParts) {
    super();
    const { words, tracker, bell } = parts;
    this.addClass('lb-Phases');
    const jump = (cell: string): void => {
      if (this.panel) {
        parts.jump(this.panel, cell);
      }
    };
    this.tree = new PhaseTree(words.__('Phases and steps'), jump);
    this.waiting = new WaitingList(words, jump);
    this.bar.append(this.fill);
    this.head.append(
      this.titleLine,
      this.tags,
      this.bar,
      this.progress,
      this.driver,
      this.note,
      ...(bell ? [bell] : [])
    );
    this.node.append(this.empty, this.head, this.waiting.node, this.tree.node);
    tracker.currentChanged.connect(this.follow, this);
    this.follow();
  }

  override dispose(): void {
    this.stopTicking?.();
    super.dispose();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.refresh();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.stopTicking?.();
    this.stopTicking = null;
  }

  private readonly empty = makeElement('p', { class: 'lb-Phases-empty', attributes: { role: 'status' } });
  private readonly titleLine = makeElement('h2', { class: 'lb-Phases-title' });
  private readonly tags = makeElement('p', { class: 'lb-Phases-tags' });
  private readonly fill = makeElement('div', { class: 'lb-Progress-fill' });
  private readonly bar = makeElement('div', {
    class: 'lb-Progress',
    attributes: { role: 'progressbar', 'aria-valuemin': '0' }
  });
  private readonly progress = makeElement('p', { class: 'lb-Phases-progress' });
  private readonly driver = makeElement('p', { class: 'lb-Phases-driver' });
  private readonly note = makeElement('p', { class: 'lb-Phases-note' });
  private readonly head = makeElement('header', { class: 'lb-Phases-head' });
  private readonly tree: PhaseTree;
  private readonly waiting: WaitingList;
  private panel: NotebookPanel | null = null;
  private run: IRunModel | null = null;
  private stopTicking: (() => void) | null = null;

  private follow(): void {
    const panel = this.parts.tracker.currentWidget;
    const run = panel && this.parts.registry ? this.parts.registry.runOf(panel) : null;
    if (panel !== this.panel) {
      this.tree.reset();
    }
    this.run?.changed.disconnect(this.refresh, this);
    this.panel = panel;
    this.run = run;
    run?.changed.connect(this.refresh, this);
    this.refresh();
  }

  private refresh(): void {
    if (this.isDisposed || !this.isVisible) {
      return;
    }
    const { panel, run } = this;
    const notebook =
      panel && run
        ? {
            name: panel.title.label,
            run: run.run,
            outline: run.outline,
            state: this.stateOf(panel, run),
            source: run.source
          }
        : null;
    const look = phasesLook({ notebook, now: Date.now() }, this.parts.words);
    this.draw(look);
    this.tick(look.isMoving);
  }

  /** Without kernel and journal, what is kept in the cells still tells which steps passed. */
  private stateOf(panel: NotebookPanel, run: IRunModel): RunState {
    if (run.source !== 'none') {
      return run.state;
    }
    const cells = [...(panel.content.model?.cells ?? [])];
    return stateOfKept(
      cells.map(cell => ({ id: cell.id, records: keptRecordsOf(cell.getMetadata(METADATA_KEY)) }))
    );
  }

  private draw(look: PhasesLook): void {
    const isEmpty = look.empty !== '';
    setText(this.empty, look.empty);
    this.head.hidden = isEmpty;
    this.tree.node.hidden = isEmpty;
    setText(this.titleLine, look.title);
    const tags = JSON.stringify(look.tags);
    if (this.tags.dataset['drawn'] !== tags) {
      this.tags.dataset['drawn'] = tags;
      this.tags.replaceChildren(
        ...look.tags.map(tag => makeElement('span', { class: `lb-Tag lb-mod-${tag.kind}`, text: tag.text }))
      );
    }
    this.bar.setAttribute('aria-valuemax', String(look.totalSteps));
    this.bar.setAttribute('aria-valuenow', String(look.passedSteps));
    this.bar.setAttribute('aria-label', this.parts.words.__('Steps passed'));
    this.fill.style.width = `${look.totalSteps === 0 ? 0 : (100 * look.passedSteps) / look.totalSteps}%`;
    setText(this.progress, look.progress);
    setText(this.driver, look.driver);
    setText(this.note, look.note);
    this.waiting.update(look.waiting, this.run);
    this.tree.update(look.phases);
  }

  private tick(isMoving: boolean): void {
    if (isMoving) {
      this.stopTicking ??= tickerOfPage().listen(() => this.refresh());
    } else {
      this.stopTicking?.();
      this.stopTicking = null;
    }
  }
}

function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
  node.hidden = text === '';
}
