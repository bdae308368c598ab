// Judges the rehearsals of the phases of this kernel's run with the functions of `launchbook status`. It is loaded when a live run first
// needs it: other kernels read no other run.
import type { Outline, PhaseOutline } from '../../contract/notebook/outline.js';
import { faultsOfAdmission } from '../../contract/rehearsal/admission.js';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import type { RehearsalRule } from '../../contract/rehearsal/receipt.js';
import { ruleOfPhase } from '../../contract/rehearsal/rehearsal-policy.js';
import type { StepContent } from '../../contract/rehearsal/step-content.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';
import { currentContent, type ContentSource } from '../../lifecycle/rehearsal/current-content.js';
import { findReceipts, type FoundReceipts } from '../../lifecycle/rehearsal/find-receipts.js';
import {
  judgePhase,
  judgePhases,
  mayBreak,
  type JudgeInput
} from '../../lifecycle/rehearsal/judge-phases.js';
import { environmentsOf, needsRehearsals } from '../../lifecycle/rehearsal/run-rehearsals.js';
import type { RehearsalRules } from '../../record/profile/load-rehearsal-rules.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { OutlineSource } from '../keeper/outline-source.js';

/** What is judged. */
export interface JudgeParts {
  readonly state: () => RunState;
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly now: () => number;
}

/** How long a result is used again while a person types; the gate looks again each time. */
const KEPT_MS = 10_000;

/** Judges one run by one set of rules. */
export class RehearsalJudge {
  readonly #parts: JudgeParts;
  readonly #run: RunInfo;
  readonly #rules: RehearsalRules;
  #found: { readonly receipts: FoundReceipts; readonly atMs: number } | null = null;

  constructor(parts: JudgeParts, run: RunInfo, rules: RehearsalRules) {
    this.#parts = parts;
    this.#run = run;
    this.#rules = rules;
  }

  ruleOf(phase: PhaseOutline): RehearsalRule | null {
    return ruleOfPhase(this.#rules, phase.title);
  }

  /** True when the journal has let the step in. The other steps are known by their place: each is asked for when it runs. */
  isAdmitted(
    phase: PhaseOutline,
    rule: RehearsalRule,
    asked: NonNullable<ContentSource['admitting']>
  ): boolean {
    const admission = this.#parts.state().admissions[phase.id];
    const steps = currentContent(phase, { cells: this.#cells(), admitting: asked }).map(step =>
      step.id === asked.step ? step : { ...step, hashes: [] }
    );
    const question = { rule, release: this.#run.release, mayBreak: mayBreak(this.#rules) };
    return admission !== undefined && faultsOfAdmission(admission, steps, question).length === 0;
  }

  /** Looks for rehearsals again. */
  async judge(phase: PhaseOutline, admitting?: ContentSource['admitting']): Promise<PhaseRehearsal> {
    return judgePhase(phase, this.#input(await this.#find(Infinity), admitting));
  }

  /** Every phase, for showing; null where no rehearsal is asked for or shown. */
  async overview(): Promise<readonly PhaseRehearsal[] | null> {
    return needsRehearsals(this.#run, this.#rules)
      ? judgePhases(this.#input(await this.#find(this.#parts.now() - KEPT_MS)))
      : null;
  }

  /** The phase as it is now: of the open document, else of the file. */
  content(phase: PhaseOutline): StepContent[] {
    return currentContent(phase, this.#content());
  }

  #input(found: FoundReceipts, admitting?: ContentSource['admitting']): JudgeInput {
    const { state, outline, now } = this.#parts;
    const current: Outline = outline.current();
    return {
      run: this.#run,
      rules: this.#rules,
      state: state(),
      outline: current,
      content: this.#content(admitting),
      found,
      nowMs: now()
    };
  }

  #content(admitting?: ContentSource['admitting']): ContentSource {
    const announced = this.#parts.outline.sources();
    return { cells: this.#cells(), announced, ...(admitting === undefined ? {} : { admitting }) };
  }

  #cells(): ContentSource['cells'] {
    return this.#parts.notebook?.read().cells ?? [];
  }

  /** What was found at `sinceMs` or later, else looked for again. */
  async #find(sinceMs: number): Promise<FoundReceipts> {
    const { notebook, now } = this.#parts;
    if (this.#found && this.#found.atMs >= sinceMs) {
      return this.#found.receipts;
    }
    const search = { run: this.#run, environments: environmentsOf(this.#rules) };
    const receipts: FoundReceipts = notebook
      ? await findReceipts(notebook.path, search, this.#cells())
      : { receipts: [], unreadable: [] };
    this.#found = { receipts, atMs: now() };
    return receipts;
  }
}
