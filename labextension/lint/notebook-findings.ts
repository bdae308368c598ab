// The findings of one open notebook: when the rules check it, and at which cells they are drawn. Nothing is done for a notebook that
// was not shown yet, and nothing is written into the file.
import type { Cell, ICellModel } from '@jupyterlab/cells';
import type { CellList, Notebook, NotebookPanel } from '@jupyterlab/notebook';
import { Signal, type ISignal } from '@lumino/signaling';
import type { RunInfo } from '../../contract/base/run.js';
import type { LintFinding } from '../../contract/lint/rules/finding.js';
import { METADATA_KEY, runIn } from '../../contract/notebook/notebook.js';
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import { factsChannelOf } from '../kernel/facts-channel.js';
import { knownFacts } from '../kernel/known-facts.js';
import { KERNEL_NAME } from '../kernel/our-kernel.js';
import { activeCellSettled } from '../page/cell/active-cell.js';
import { addAboveOutputs } from '../page/cell/cell-layout.js';
import { DrawQueue, pageIdleTime } from '../page/draw-queue.js';
import { EditorMarks } from '../page/cell/editor-marks.js';
import { loadPart } from '../page/load-part.js';
import { nextPlace, type Place } from '../page/walk/next-place.js';
import { placeOfCursor, showText } from '../page/walk/show-text.js';
import type { Words } from '../page/words.js';
import { FindingList } from './finding-list.js';
import { faultLook, findingLook, type FindingLook } from './finding-look.js';
import { IdleTimer } from './idle-timer.js';
import { lintedCells } from './linted-cells.js';
import { RulesChannel } from './rules-channel.js';
import { RunbookLint } from './runbook-lint.js';

const MARKS = new EditorMarks();

export interface NotebookFindingsParts {
  readonly panel: NotebookPanel;
  readonly words: Words;
  isEnabled(): boolean;
}

/** A finding and the cell that it is shown at. */
export interface PlacedFinding extends Place {
  readonly look: FindingLook;
}

export class NotebookFindings {
  readonly lint: RunbookLint;

  constructor(private readonly parts: NotebookFindingsParts) {
    const { panel, words, isEnabled } = parts;
    this.lint = new RunbookLint({
      isWanted: () => !this.isDisposed && isEnabled() && panel.isVisible,
      cells: () => this.cells(),
      lint: async (cells, options) => {
        const { lintRunbook } = await loadPart(() => import('../../contract/lint/lint-runbook.js'), words);
        const code = cells.filter(cell => cell.cell_type === 'code');
        await factsChannelOf(panel.sessionContext).learn(code.map(cell => textOf(cell.source)));
        return lintRunbook(cells, { factsOf: knownFacts, ...options });
      },
      found: () => this.found(),
      whenIdle: (restMs, act) => this.idle.start(restMs, act)
    });
    panel.content.modelContentChanged.connect(() => this.lint.changed(), this);
    activeCellSettled(panel.content).connect(this.onActiveCell, this);
    // A new notebook has its kernel, by which it becomes a runbook, only after it is shown.
    panel.sessionContext.kernelChanged.connect(this.onKernel, this);
    void panel.context.ready.then(() => {
      if (!this.isDisposed) {
        panel.content.model?.cells.changed.connect(this.onCells, this);
      }
    });
  }

  /** The findings changed. */
  get changed(): ISignal<this, void> {
    return this.changedSignal;
  }

  /** All findings, in the order of the notebook. */
  get placed(): readonly PlacedFinding[] {
    return this.parts.panel.content.widgets.flatMap((cell, index) =>
      this.looksOf(cell).map(look => ({ cell: index, offset: look.from, look }))
    );
  }

  /** The notebook is shown. */
  async use(): Promise<void> {
    const { panel, isEnabled } = this.parts;
    await panel.revealed;
    if (this.isDisposed || !isEnabled()) {
      return;
    }
    if (this.channel) {
      this.channel.askRules();
    } else if (this.isOfOurKernel()) {
      this.channel = new RulesChannel(panel.sessionContext, rules => this.lint.refresh(rules));
    }
  }

  /** The findings were switched on or off. */
  apply(): void {
    this.lint.refresh();
    void this.use();
  }

  /** Brings the cursor to the finding after it or before it. */
  go(direction: 'next' | 'previous'): void {
    const next = nextPlace(this.placed, placeOfCursor(this.parts.panel.content), direction);
    if (next) {
      void this.show(next.cell, next.look);
    }
  }

  async show(index: number, look: FindingLook): Promise<void> {
    const cell = await showText(this.parts.panel.content, index, look);
    if (cell && !this.isDisposed) {
      this.draw(cell);
      this.lists.get(cell)?.speak(look);
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.idle.dispose();
    this.queue.dispose();
    this.channel?.dispose();
    Signal.clearData(this);
  }

  private readonly changedSignal = new Signal<this, void>(this);
  private readonly idle = new IdleTimer();
  private readonly queue = new DrawQueue(id => this.drawById(id), pageIdleTime);
  private readonly lists = new WeakMap<Cell, FindingList>();
  /** By cell; '' holds those about the whole runbook. */
  private byCell: ReadonlyMap<string, readonly LintFinding[]> = new Map();
  private channel: RulesChannel | null = null;
  private active: Cell | null = null;
  private isDisposed = false;

  private get run(): RunInfo | null {
    return runIn(this.parts.panel.content.model?.getMetadata(METADATA_KEY));
  }

  /** A run shows the findings of its active cell alone, a live run shows none: its runbook cannot be changed now. */
  private isQuiet(isActive: boolean): boolean {
    const { run } = this;
    return !this.parts.isEnabled() || (run !== null && (!isActive || run.mode === 'live'));
  }

  private isOfOurKernel(): boolean {
    const { content, sessionContext } = this.parts.panel;
    const spec = content.model?.getMetadata('kernelspec') as { readonly name?: unknown } | undefined;
    return spec?.name === KERNEL_NAME || sessionContext.session?.kernel?.name === KERNEL_NAME;
  }

  private cells(): readonly OutlineCell[] | null {
    const cells = [...(this.parts.panel.content.model?.cells ?? [])].map(cell => ({
      id: cell.id,
      type: cell.type,
      source: cell.sharedModel.getSource(),
      tags: cell.getMetadata('tags') as unknown,
      ours: cell.getMetadata(METADATA_KEY) as unknown
    }));
    return this.isOfOurKernel() ? lintedCells(cells, this.run !== null) : null;
  }

  private onKernel(): void {
    if (!this.channel) {
      void this.use();
    }
  }

  private found(): void {
    const before = this.byCell;
    const byCell = new Map<string, LintFinding[]>();
    for (const finding of this.lint.findings) {
      byCell.set(finding.cell, [...(byCell.get(finding.cell) ?? []), finding]);
    }
    this.byCell = byCell;
    // The first cell shows the findings about the whole runbook.
    ['', ...before.keys(), ...byCell.keys()].forEach(id => this.queue.add(id));
    this.changedSignal.emit();
  }

  private onActiveCell(_notebook: Notebook, cell: Cell | null): void {
    const before = this.active;
    this.active = cell;
    [before, cell].forEach(each => each && !each.isDisposed && this.queue.add(each.model.id));
  }

  /** A cell that was moved has a new widget, without its list. */
  private onCells(_list: CellList, change: { readonly newValues: readonly ICellModel[] }): void {
    change.newValues.forEach(cell => this.queue.add(cell.id));
  }

  private looksOf(cell: Cell): readonly FindingLook[] {
    const { panel, words } = this.parts;
    const source = cell.model.sharedModel.getSource();
    // A rendered Markdown cell shows no lines.
    const place = cell.model.type === 'code' ? {} : { line: 0 };
    const isFirst = cell === panel.content.widgets[0];
    const { rules } = this.lint;
    return [
      ...(isFirst && this.lint.hasLooked && rules.kind === 'faulty' ? [faultLook(rules, words)] : []),
      ...[...(isFirst ? (this.byCell.get('') ?? []) : []), ...(this.byCell.get(cell.model.id) ?? [])].map(
        finding => ({ ...findingLook(finding, source), ...place })
      )
    ];
  }

  private drawById(id: string): void {
    const { widgets } = this.parts.panel.content;
    const cell = id === '' ? widgets[0] : widgets.find(each => each.model.id === id);
    if (cell && !cell.isDisposed) {
      this.draw(cell);
    }
  }

  private draw(cell: Cell): void {
    const isActive = cell === this.active;
    const looks = this.isQuiet(isActive) ? [] : this.looksOf(cell);
    if (looks.length === 0 && !this.lists.has(cell)) {
      return;
    }
    if (cell.isPlaceholder()) {
      void cell.ready.then(() => this.queue.add(cell.model.id));
      return;
    }
    MARKS.mark(
      cell.model.type === 'code' ? cell.editor : null,
      looks.map(({ from, to, message, rule }) => ({
        from,
        to,
        class: 'lb-Mark lb-mod-finding',
        title: `${message} (${rule})`
      }))
    );
    (this.lists.get(cell) ?? this.addList(cell)).draw(looks, isActive);
  }

  private addList(cell: Cell): FindingList {
    const list = new FindingList(
      this.parts.words,
      look => void this.show(this.parts.panel.content.widgets.indexOf(cell), look)
    );
    addAboveOutputs(cell, list);
    this.lists.set(cell, list);
    return list;
  }
}
