// The findings of one open notebook, kept up to date while it is written: the rules check it when its text has not changed for a moment
// and the page is idle, only while it is shown, and only when a text has changed. Knows neither JupyterLab nor comms.
import type { LintFinding } from '../../contract/lint/rules/finding.js';
import type { LintOptions } from '../../contract/lint/lint-runbook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';

/** What is known about the rules of the project. */
export type KnownRules =
  /** The kernel has not answered yet: nothing is shown that might be switched off. */
  | { readonly kind: 'awaited' }
  /** No kernel of ours runs: every rule counts, and names of environments are not known. */
  | { readonly kind: 'unknown' }
  /** launchbook.yml is faulty, so that no rule is switched off. */
  | { readonly kind: 'faulty'; readonly message: string; readonly hint: string }
  | { readonly kind: 'known'; readonly options: LintOptions };

export interface RunbookLintPort {
  /** The notebook is shown, and the findings are not switched off. */
  isWanted(): boolean;
  /** The cells, or null when the notebook is no runbook. */
  cells(): readonly OutlineCell[] | null;
  /** Loads the rules and applies them. */
  lint(cells: readonly OutlineCell[], options: LintOptions): Promise<readonly LintFinding[]>;
  /** The findings have changed. */
  found(): void;
  /** Calls back once nothing has been asked for `restMs` and the page is idle; the last call counts. */
  whenIdle(restMs: number, act: () => void): void;
}

/** How long after the last change the rules check a text. */
const REST_MS = 1000;
const AT_ONCE_MS = 0;
const NOTHING = JSON.stringify([[], '']);

/** The findings, in the order of the cells. */
export class RunbookLint {
  constructor(private readonly port: RunbookLintPort) {}

  findings: readonly LintFinding[] = [];
  rules: KnownRules = { kind: 'awaited' };
  /** False until the rules have checked the notebook, and where it is no runbook. */
  hasLooked = false;

  /** A text changed. */
  changed(): void {
    if (this.port.isWanted()) {
      this.port.whenIdle(REST_MS, () => void this.look());
    }
  }

  /** The rules of the project have changed, or the notebook is shown again. */
  refresh(rules: KnownRules = this.rules): void {
    // What a kernel has said still counts when it is gone.
    this.rules = rules.kind === 'unknown' && this.rules.kind !== 'awaited' ? this.rules : rules;
    this.looked = null;
    this.port.whenIdle(AT_ONCE_MS, () => void this.look());
  }

  private looked: readonly OutlineCell[] | null = null;
  private turn = 0;
  private said = NOTHING;

  private async look(): Promise<void> {
    const turn = ++this.turn;
    const isReady = this.port.isWanted() && this.rules.kind !== 'awaited';
    const cells = isReady ? this.port.cells() : null;
    if (cells && this.looked && isSame(cells, this.looked)) {
      return;
    }
    this.looked = cells;
    const options = this.rules.kind === 'known' ? this.rules.options : {};
    const findings = cells ? await this.port.lint(cells, options) : [];
    if (turn === this.turn) {
      this.hasLooked = cells !== null;
      this.findings = findings;
      const said = cells ? saidBy(findings, this.rules) : NOTHING;
      if (said !== this.said) {
        this.said = said;
        this.port.found();
      }
    }
  }
}

/** Everything that is shown, to see whether it has changed. */
function saidBy(findings: readonly LintFinding[], rules: KnownRules): string {
  return JSON.stringify([findings, rules.kind === 'faulty' ? rules.message : '']);
}

function isSame(a: readonly OutlineCell[], b: readonly OutlineCell[]): boolean {
  return (
    a.length === b.length &&
    a.every((cell, index) => {
      const other = b[index]!;
      return (
        cell.id === other.id &&
        cell.cell_type === other.cell_type &&
        cell.source === other.source &&
        JSON.stringify(cell.metadata) === JSON.stringify(other.metadata)
      );
    })
  );
}
