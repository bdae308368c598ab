// The checks of one open notebook: which cells are asked about, and when. The active cell is, while it is read and written, and the
// code cell after it, which most likely runs next: what the kernel has checked already then starts at once.
import type { Cell, CodeCell, ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import { NotebookActions, type CellList, type Notebook, type NotebookPanel } from '@jupyterlab/notebook';
import { UUID } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import {
  CHECK_COMM,
  CHECK_ERROR,
  type CheckAnswer,
  type CheckDiagnostic,
  type CheckRequest
} from '../../contract/comms/check-comm.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { KernelChannel } from '../kernel/kernel-channel.js';
import { activeCellSettled } from '../page/cell/active-cell.js';
import { addBelowInput } from '../page/cell/cell-layout.js';
import { EditorMarks, type EditorMark } from '../page/cell/editor-marks.js';
import { nextPlace, type Place } from '../page/walk/next-place.js';
import { placeOfCursor, showText } from '../page/walk/show-text.js';
import type { Words } from '../page/words.js';
import type { IRunModel } from '../tokens.js';
import { CellChecks } from './cell-checks.js';
import type { DiagnosticsSettings } from './diagnostics-settings.js';
import { KnownProblems } from './known-problems.js';
import { ProblemList } from './problem-list.js';
import { problemsOf, type Problem } from './problem.js';

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
  /** Null without the plugin that keeps runs; then only cells that this page executes are noticed. */
  readonly run: IRunModel | null;
  readonly words: Words;
  settings(): DiagnosticsSettings;
}

export class NotebookChecks {
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
    activeCellSettled(panel.content).connect(this.onActiveCell, this);
    NotebookActions.executed.connect(this.onExecuted, this);
    parts.run?.advanced.connect(this.onRecord, this);
    this.onActiveCell(panel.content, panel.content.activeCell);
    void panel.context.ready.then(() => {
      if (!this.isDisposed) {
        panel.content.model?.cells.changed.connect(this.onCells, this);
      }
    });
  }

  /** Settings changed. */
  apply(): void {
    if (this.parts.settings().enabled) {
      this.checkActive();
    } else {
      this.checks.reset();
    }
  }

  /** Brings the cursor to the problem after it or before it. */
  go(direction: 'next' | 'previous'): void {
    const { content } = this.parts.panel;
    const all = content.widgets.flatMap((cell, index): PlacedProblem[] =>
      this.problemsOf(cell)
        .filter(isFault)
        .map(problem => ({ cell: index, offset: problem.from, problem }))
    );
    const next = nextPlace(all, placeOfCursor(content), direction);
    if (next) {
      void this.show(next);
    }
  }

  get hasProblems(): boolean {
    const cells = new Set(this.problems.cells);
    return this.parts.panel.content.widgets.some(
      cell => cells.has(cell.model.id) && this.problemsOf(cell).some(isFault)
    );
  }

  dispose(): void {
    this.isDisposed = true;
    window.clearTimeout(this.afterRun);
    Signal.clearData(this);
    this.checks.reset();
    this.channel.dispose();
  }

  private readonly checks: CellChecks;
  private readonly channel: KernelChannel<CheckRequest, CheckAnswer>;
  private readonly problems = new KnownProblems();
  private readonly lists = new WeakMap<Cell, ProblemList>();
  private active: Cell | null = null;
  private afterRun = 0;
  private isDisposed = false;

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

  /** A cell that was moved has a new widget, without marks; one that was split or merged has another text. */
  private onCells(_list: CellList, change: { readonly newValues: readonly ICellModel[] }): void {
    const had = new Set(this.problems.cells);
    const ids = new Set(change.newValues.map(cell => cell.id).filter(id => had.has(id)));
    for (const cell of this.parts.panel.content.widgets) {
      if (ids.has(cell.model.id)) {
        this.checks.check(cell.model.id);
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
      this.problems.cells.forEach(cell => this.checks.check(cell));
    }, AFTER_RUN_MS);
  }

  /** The active cell and the code cell after it. */
  private checkActive(): void {
    const { active, parts } = this;
    if (!active || this.isDisposed) {
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
    const above = this.textsAbove(widget);
    this.problems.set(cell, text, problemsOf(text, diagnostics ?? [], above, this.parts.words));
    if (widget) {
      this.draw(widget);
    }
  }

  private textsAbove(widget: CodeCell | undefined): string[] {
    const { widgets } = this.parts.panel.content;
    const index = widgets.findIndex(cell => cell === widget);
    return widgets
      .slice(0, Math.max(0, index))
      .filter(cell => cell.model.type === 'code')
      .map(cell => cell.model.sharedModel.getSource());
  }

  /** Notes are shown at the active cell alone: in a fresh run most cells have some. */
  private draw(cell: Cell): void {
    if (cell.isDisposed) {
      return;
    }
    const known = this.problemsOf(cell);
    const problems = cell === this.active ? known : known.filter(isFault);
    if (problems.length === 0 && !this.lists.has(cell)) {
      return;
    }
    MARKS.mark(cell.editor, problems.map(markOf));
    const list = this.lists.get(cell) ?? this.addList(cell);
    // The output of a cell that was refused tells its errors, with the lines around them.
    list.draw(isToldBelow(cell) ? problems.filter(({ kind }) => kind !== 'error') : problems);
  }

  private problemsOf({ model: { id, type, sharedModel } }: Cell): readonly Problem[] {
    return this.problems.of({ id, type, source: sharedModel.getSource() });
  }

  private addList(cell: Cell): ProblemList {
    const index = (): number => this.parts.panel.content.widgets.indexOf(cell);
    const list = new ProblemList(
      this.parts.words,
      problem => void this.show({ cell: index(), offset: problem.from, problem })
    );
    addBelowInput(cell, list);
    (cell.model as ICodeCellModel).outputs.changed.connect(() => this.draw(cell), this);
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

/** True while the outputs are those of the present text, and tell why the kernel refused it. */
function isToldBelow({ model }: Cell): boolean {
  const { outputs, isDirty } = model as ICodeCellModel;
  return !isDirty && outputs.toJSON().some(({ ename }) => ename === CHECK_ERROR);
}

function isFault({ kind }: Problem): boolean {
  return kind !== 'note';
}
