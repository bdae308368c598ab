// The phases panel: the current notebook's run from top to bottom. Draws at most once a frame, and ticks only while something runs.
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Message } from '@lumino/messaging';
import { Signal, type ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { METADATA_KEY } from '../../contract/notebook/notebook.js';
import type { RunState } from '../../contract/state/state.js';
import { habitsChannelOf } from '../kernel/habits-channel.js';
import { requestFrame } from '../page/pointer.js';
import { tickerOfPage } from '../page/ticker.js';
import { keptRecordsOf } from '../../contract/state/kept-executions.js';
import type { IActProgress, IRunModel, IRunRegistry } from '../tokens.js';
import type { Words } from '../page/words.js';
import { viewerOf } from '../approval/approval-look.js';
import { phasesLook } from './look/phases-look.js';
import { PhasesView } from './phases-view.js';
import { stateOfKept } from './kept-state.js';

export interface PhasesPanelParts {
  readonly tracker: INotebookTracker;
  readonly registry: IRunRegistry | null;
  readonly words: Words;
  /** Brings a cell of a notebook into view. */
  jump(panel: NotebookPanel, cell: string): void;
  /** How acts on whole runs go; null without the plugin that does them. */
  readonly progress: IActProgress | null;
  /** The person chose an action, on a phase or step or (null) on the whole run. */
  act(command: string, id: string | null): void;
  /** The button by which a person switches notifications on, or null when there is none. */
  readonly bell: HTMLElement | null;
}

export class PhasesPanel extends Widget {
  constructor(private readonly parts: PhasesPanelParts) {
    super();
    const { words, tracker, bell } = parts;
    this.addClass('lb-Phases');
    this.view = new PhasesView({
      words,
      bell,
      jump: cell => {
        if (this.panel) {
          parts.jump(this.panel, cell);
        }
      },
      toggle: (phase, isOpen) => {
        this.chosen.set(phase, isOpen);
        this.refresh();
      },
      act: (command, id) => parts.act(command, id)
    });
    this.node.append(...this.view.nodes);
    tracker.currentChanged.connect(this.follow, this);
    tracker.activeCellChanged.connect(this.scheduleRefresh, this);
    parts.progress?.changed.connect(this.scheduleRefresh, this);
    this.follow();
  }

  /** Told when the panel comes into view or goes out of it. */
  get visibilityChanged(): ISignal<this, boolean> {
    return this.visibilitySignal;
  }

  /** Gives the focus to the tree of phases. */
  focusTree(): void {
    this.view.tree.focusStop();
  }

  override dispose(): void {
    this.stopTicking?.();
    window.cancelAnimationFrame(this.frame);
    super.dispose();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.refresh();
    this.visibilitySignal.emit(true);
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.stopTicking?.();
    this.stopTicking = null;
    this.visibilitySignal.emit(false);
  }

  private readonly visibilitySignal = new Signal<this, boolean>(this);
  private readonly view: PhasesView;
  /** Phases that the person opened or folded, by id. */
  private readonly chosen = new Map<string, boolean>();
  private panel: NotebookPanel | null = null;
  private run: IRunModel | null = null;
  private stopTicking: (() => void) | null = null;
  private frame = 0;
  private earlier: ReadonlyMap<string, number> | null = null;

  /** The active cell changes several times while cells are moved or run. */
  private scheduleRefresh(): void {
    this.frame ||= requestFrame(() => {
      this.frame = 0;
      this.refresh();
    });
  }

  private follow(): void {
    const panel = this.parts.tracker.currentWidget;
    const run = panel && this.parts.registry ? this.parts.registry.runOf(panel) : null;
    if (panel !== this.panel) {
      this.chosen.clear();
      this.earlier = null;
      void panel?.context.ready.then(() => (this.earlier = null));
    }
    this.run?.changed.disconnect(this.refresh, this);
    if (panel) {
      habitsChannelOf(panel.sessionContext).changed.connect(this.scheduleRefresh, this);
    }
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
            source: run.source,
            rehearsals: run.rehearsals,
            refusal: run.session.refusal,
            viewer: viewerOf(run)
          }
        : null;
    const look = phasesLook(
      {
        notebook,
        now: Date.now(),
        chosen: this.chosen,
        activeCell: panel?.content.activeCell?.model.id,
        earlierMs: step => this.earlierMs(step),
        progressOf: command => (panel && this.parts.progress?.stateOf(panel.context.path, command)) ?? null
      },
      this.parts.words
    );
    if (panel && look.end === null) {
      this.parts.progress?.forget(panel.context.path);
    }
    this.view.update(look, run);
    this.tick(look.isMoving);
  }

  /** How long a step usually takes in runs of the same kind; else what it took when it passed before, from the records kept in its cell. */
  private earlierMs(step: string): number | null {
    this.earlier ??= new Map(
      [...(this.panel?.content.model?.cells ?? [])].flatMap(cell => {
        const passed = keptRecordsOf(cell.getMetadata(METADATA_KEY), cell.id).findLast(
          record => record.outcome === 'passed'
        );
        return passed ? [[cell.id, Date.parse(passed.ended) - Date.parse(passed.started)]] : [];
      })
    );
    const habit = this.panel && habitsChannelOf(this.panel.sessionContext).habits.steps[step];
    return habit?.usualMs ?? this.earlier.get(step) ?? null;
  }

  /** Without kernel and journal, what is kept in the cells still tells which steps passed. */
  private stateOf(panel: NotebookPanel, run: IRunModel): RunState {
    if (run.source !== 'none') {
      return run.state;
    }
    const cells = [...(panel.content.model?.cells ?? [])];
    return stateOfKept(
      cells.map(cell => ({ id: cell.id, records: keptRecordsOf(cell.getMetadata(METADATA_KEY), cell.id) }))
    );
  }

  private tick(isMoving: boolean): void {
    if (isMoving) {
      this.stopTicking ??= tickerOfPage().listen(() => this.scheduleRefresh());
    } else {
      this.stopTicking?.();
      this.stopTicking = null;
    }
  }
}
