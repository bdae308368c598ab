// The checks of one open notebook: which cells are asked about, and when. The active cell is, while it is read and written, and the
// code cell after it, which most likely runs next: what the kernel has checked already then starts at once.
import type { Cell, CodeCell, ICellModel } from '@jupyterlab/cells';
import { NotebookActions, type CellList, type Notebook, type NotebookPanel } from '@jupyterlab/notebook';
import { UUID } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { PanelLayout } from '@lumino/widgets';
import {
  CHECK_COMM,
  type CheckAnswer,
  type CheckDiagnostic,
  type CheckRequest
} from '../../contract/check-comm.js';
import type { JournalRecord } from '../../contract/journal.js';
import { EditorMarks, type EditorMark } from '../editor-marks.js';
import { KernelChannel } from '../kernel-channel.js';
import { nextPlace, type Place } from '../next-place.js';
import { placeOfCursor, showText } from '../show-text.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../words.js';
import { CellChecks } from './cell-checks.js';
import type { DiagnosticsSettings } from './diagnostics-settings.js';
import { ProblemList } from './problem-list.js';
import { problemsOf, type Problem } from './problem.js';

/** Behind the cell's header and its input. */
const PLACE_IN_CELL = 2;
/** Cells that run one after the other are followed by one round of questions. */
const AFTER_RUN_MS = 300;
/** After these records names mean something else in the kernel, whichever page or process made them. */
const CHANGES_NAMES: ReadonlySet<JournalRecord['kind']> = new Set<JournalRecord['kind']>([
  'attempt-ended',
  'resume-ended',
  'executor-replaced'
]);

const MARKS = new EditorMarks();

interface PlacedProblem extends Place {
  readonly problem: Problem;
}

export interface NotebookChecksParts {
  readonly panel: NotebookPanel;
  /** Null without the plugin that keeps runs: then only what this page executes is heard of. */
  readonly run: IRunModel | null;
  readonly words: Words;
  settings(): DiagnosticsSettings;
}

export class NotebookChecks implements IDisposable {
  constructor(private readonly parts: NotebookChecksParts) {
    const { panel } = parts;
    this.checks = new CellChecks({
      send: request => parts.settings().enabled && this.channel.send(request),
      textOf: cell => this.widgetOf(cell)?.model.sharedModel.getSource() ?? null,
      found: (cell, text, diagnostics) => this.keep(cell, text, diagnostics),
      delayMs: () => parts.settings().delayMs,
      makeId: () => UUID.uuid4()
    });
    this.channel = new KernelChannel<CheckRequest, CheckAnswer>(panel.sessionContext, {
      target: CHECK_COMM,
      received: answer => this.checks.receive(answer),
      connected: () => {
        this.checks.reset();
        this.checkActive();
      },
      lost: () => this.checks.reset()
    });
    panel.content.activeCellChanged.connect(this.onActiveCell, this);
    NotebookActions.executed.connect(this.onExecuted, this);
    parts.run?.advanced.connect(this.onRecord, this);
    // Before the connection to the kernel goes: what is open there is closed.
    panel.content.disposed.connect(() => this.dispose());
    this.onActiveCell(panel.content, panel.content.activeCell);
    void panel.context.ready.then(() => {
      if (!this.disposed) {
        panel.content.model?.cells.changed.connect(this.onCells, this);
      }
    });
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Settings changed. */
  apply(): void {
    if (this.parts.settings().enabled) {
      this.checkActive();
    } else {
      this.checks.reset();
    }
  }

  /** Brings the cursor to the problem after it or before it; false when there is none. */
  go(direction: 'next' | 'previous'): boolean {
    const { content } = this.parts.panel;
    const all = content.widgets.flatMap((cell, index): PlacedProblem[] =>
      (this.problems.get(cell.model.id) ?? [])
        .filter(isFault)
        .map(problem => ({ cell: index, offset: problem.from, problem }))
    );
    const next = nextPlace(all, placeOfCursor(content), direction);
    if (next) {
      void this.show(next);
    }
    return next !== undefined;
  }

  get hasProblems(): boolean {
    return [...this.problems.values()].some(problems => problems.some(isFault));
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      window.clearTimeout(this.afterRun);
      Signal.clearData(this);
      this.checks.reset();
      this.channel.dispose();
    }
  }

  private readonly checks: CellChecks;
  private readonly channel: KernelChannel<CheckRequest, CheckAnswer>;
  /** By cell; a cell without problems is not in it. */
  private readonly problems = new Map<string, readonly Problem[]>();
  private readonly lists = new WeakMap<Cell, ProblemList>();
  private active: Cell | null = null;
  private afterRun = 0;
  private disposed = false;

  private onActiveCell(_notebook: Notebook, cell: Cell | null): void {
    const before = this.active;
    this.active = cell?.model.type === 'code' ? cell : null;
    if (before && !before.isDisposed) {
      before.model.contentChanged.disconnect(this.onContent, this);
      this.draw(before);
    }
    if (this.active) {
      this.active.model.contentChanged.connect(this.onContent, this);
      this.draw(this.active);
    }
    this.checkActive();
  }

  /** A cell that was moved has a new widget, without marks. */
  private onCells(_list: CellList, change: { readonly newValues: readonly ICellModel[] }): void {
    const ids = new Set(change.newValues.map(cell => cell.id));
    for (const cell of this.parts.panel.content.widgets) {
      if (ids.has(cell.model.id) && this.problems.has(cell.model.id)) {
        void cell.ready.then(() => this.draw(cell));
      }
    }
  }

  private onContent(): void {
    if (this.active) {
      this.checks.changed(this.active.model.id);
    }
  }

  private onExecuted(_sender: unknown, { notebook }: { readonly notebook: Notebook }): void {
    if (notebook.model === this.parts.panel.content.model) {
      this.checkAnew();
    }
  }

  private onRecord(_run: IRunModel, record: JournalRecord | null): void {
    if (record && CHANGES_NAMES.has(record.kind)) {
      this.checkAnew();
    }
  }

  private checkAnew(): void {
    window.clearTimeout(this.afterRun);
    this.afterRun = window.setTimeout(() => {
      this.checks.expire();
      this.checkActive();
      [...this.problems.keys()].forEach(cell => this.checks.check(cell));
    }, AFTER_RUN_MS);
  }

  /** The active cell and the code cell after it. */
  private checkActive(): void {
    const { active, parts } = this;
    if (!active || this.disposed) {
      return;
    }
    const { widgets, activeCellIndex } = parts.panel.content;
    this.checks.check(active.model.id);
    const next = widgets.slice(activeCellIndex + 1).find(cell => cell.model.type === 'code');
    if (next) {
      this.checks.check(next.model.id);
    }
  }

  private keep(cell: string, text: string, diagnostics: readonly CheckDiagnostic[] | null): void {
    const widget = this.widgetOf(cell);
    const problems = problemsOf(text, diagnostics ?? [], this.textsAbove(widget), this.parts.words);
    if (problems.length > 0) {
      this.problems.set(cell, problems);
    } else {
      this.problems.delete(cell);
    }
    if (widget) {
      this.draw(widget);
    }
  }

  private textsAbove(widget: CodeCell | undefined): string[] {
    const { widgets } = this.parts.panel.content;
    return widgets
      .slice(
        0,
        Math.max(
          0,
          widgets.findIndex(cell => cell === widget)
        )
      )
      .filter(cell => cell.model.type === 'code')
      .map(cell => cell.model.sharedModel.getSource());
  }

  /** Notes are for who is at the cell: in a fresh run most cells have some. */
  private draw(cell: Cell): void {
    const known = this.problems.get(cell.model.id) ?? [];
    const problems = cell === this.active ? known : known.filter(isFault);
    if (cell.isDisposed || (problems.length === 0 && !this.lists.has(cell))) {
      return;
    }
    MARKS.mark(cell.editor, problems.map(markOf));
    const list = this.lists.get(cell) ?? this.addList(cell);
    list.draw(problems);
  }

  private addList(cell: Cell): ProblemList {
    const index = (): number => this.parts.panel.content.widgets.indexOf(cell);
    const list = new ProblemList(
      this.parts.words,
      problem => void this.show({ cell: index(), offset: problem.from, problem })
    );
    (cell.layout as PanelLayout).insertWidget(PLACE_IN_CELL, list);
    this.lists.set(cell, list);
    return list;
  }

  private async show({ cell: index, problem }: PlacedProblem): Promise<void> {
    const cell = await showText(this.parts.panel.content, index, problem);
    if (cell) {
      this.lists.get(cell)?.speak(problem);
    }
  }

  private widgetOf(id: string): CodeCell | undefined {
    const cell = this.parts.panel.content.widgets.find(candidate => candidate.model.id === id);
    return cell?.model.type === 'code' && !cell.isDisposed ? (cell as CodeCell) : undefined;
  }
}

function markOf({ kind, code, message, from, to }: Problem): EditorMark {
  return {
    from,
    to,
    class: `lb-Mark lb-mod-${kind}`,
    title: code === '' ? message : `${message} (${code})`
  };
}

function isFault({ kind }: Problem): boolean {
  return kind !== 'note';
}
