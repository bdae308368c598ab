// The lock that the policy puts on a phase of a live run until its content has passed in a lower environment. Fail closed: without a
// receipt that is enough, nothing of the phase runs. What lets it in is in the journal, so that a resume reads no other run.
import type { LaunchbookError } from '../../contract/base/error.js';
import { formatUtc } from '../../contract/base/format.js';
import { phaseOfStep, type PhaseOutline } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import { contentOf } from '../../contract/rehearsal/judge-receipts.js';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import type { RehearsalRule } from '../../contract/rehearsal/receipt.js';
import { describeRule } from '../../contract/rehearsal/rehearsal-text.js';
import { isWayBack } from '../../contract/notebook/way-back.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { RehearsalRules } from '../../record/profile/load-rehearsal-rules.js';
import { makeError } from '../make-error.js';
import { faultOfGlass, refuse } from '../holds/decision-faults.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { AskedStep } from './check.js';
import type { RehearsalJudge } from './rehearsal-judge.js';
import type { RulesOf } from '../profile/rehearsal-rules.js';
import type { RunKeeper } from '../keeper/run-keeper.js';

/** What the lock works with. */
export interface RehearsalParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  /** Rejects with the faults of launchbook.yml, for then nobody knows what is locked. */
  readonly rulesOf: RulesOf;
  readonly now: () => number;
}

/** The rehearsals of the run of this kernel. */
export class Rehearsals {
  readonly #parts: RehearsalParts;
  #judge: { readonly rules: RehearsalRules; readonly judge: Promise<RehearsalJudge> } | undefined;

  constructor(parts: RehearsalParts) {
    this.#parts = parts;
  }

  /**
   * Returns when the step may run for all that the policy asks of rehearsals; throws otherwise.
   *
   * @throws code `rehearsal.locked`, or `rehearsal.unknown` when launchbook.yml has faults.
   */
  async admit(asked: AskedStep): Promise<void> {
    const { run } = this.#parts.keeper.state;
    const phases = run?.mode === 'live' && !isWayBack(asked.code) ? this.#phasesOf(asked.step) : [];
    for (const phase of phases) {
      await this.#admitTo(phase, asked, run!);
    }
  }

  /** Lets a phase run against the policy, with the content that it has now. Rejects when that is not allowed or not needed. */
  async release(id: string, reason: string, by: Person): Promise<void> {
    const { keeper, outline } = this.#parts;
    await keeper.open();
    const { run } = keeper.state;
    const phase = outline.current().phases.find(candidate => candidate.id === id);
    const rules = run?.mode === 'live' ? await this.#rulesOf(run) : null;
    const judge = run && rules && (await this.#judgeOf(run, rules));
    const rehearsal = judge && phase ? await judge.judge(phase) : null;
    if (!phase || !judge || !rehearsal || rehearsal.rule === null || rehearsal.missing.length === 0) {
      throw notLocked(phase?.title ?? id);
    }
    const { title } = phase;
    const steps = judge.content(phase);
    const fault = faultOfGlass(`“${title}”`, rules?.breakGlass ?? null, reason, by);
    if (fault) {
      throw fault;
    }
    if (steps.some(({ hashes }) => hashes.length === 0)) {
      throw unsaved(title);
    }
    const { rule, missing } = rehearsal;
    await keeper.append({
      kind: 'phase-released',
      phase: id,
      title,
      rule,
      missing,
      steps,
      by,
      reason: reason.trim()
    });
  }

  /** What is known of each phase, for showing; null when launchbook.yml is faulty, and where no rehearsal is asked for or shown. */
  async overview(): Promise<readonly PhaseRehearsal[] | null> {
    const { run } = this.#parts.keeper.state;
    try {
      if (run?.mode !== 'live') {
        return null;
      }
      const judge = await this.#judgeOf(run, await this.#parts.rulesOf(run.environment));
      return await judge.overview();
    } catch {
      return null;
    }
  }

  /** The phase in the open document, and the one in the file where that is another: a client cannot escape a rule by a new heading. */
  #phasesOf(step: string): readonly PhaseOutline[] {
    const { outline } = this.#parts;
    const open = phaseOfStep(outline.current(), step);
    const saved = phaseOfStep(outline.saved(), step);
    const isSame = open !== undefined && saved?.id === open.id && saved.title === open.title;
    return [...(open ? [open] : []), ...(saved && !isSame ? [saved] : [])];
  }

  async #admitTo(phase: PhaseOutline, { step, code, by }: AskedStep, run: RunInfo): Promise<void> {
    const judge = await this.#judgeOf(run, await this.#rulesOf(run));
    const rule = judge.ruleOf(phase);
    if (rule === null || judge.isAdmitted(phase, rule, { step, code })) {
      return;
    }
    const rehearsal = await judge.judge(phase, { step, code });
    const { receipt, missing } = rehearsal;
    if (missing.length > 0 || receipt === null) {
      throw locked(rehearsal, rule, run);
    }
    const { id, title } = phase;
    const steps = contentOf(receipt);
    await this.#parts.keeper.append({ kind: 'phase-admitted', phase: id, title, rule, receipt, steps, by });
  }

  #judgeOf(run: RunInfo, rules: RehearsalRules): Promise<RehearsalJudge> {
    const { keeper, notebook, outline, now } = this.#parts;
    if (this.#judge?.rules !== rules) {
      const judge = import('./rehearsal-judge.js').then(
        ({ RehearsalJudge }) =>
          new RehearsalJudge({ state: () => keeper.state, notebook, outline, now }, run, rules)
      );
      this.#judge = { rules, judge };
    }
    return this.#judge.judge;
  }

  async #rulesOf({ environment }: RunInfo): Promise<RehearsalRules> {
    try {
      return await this.#parts.rulesOf(environment);
    } catch (error) {
      throw makeError(
        'RehearsalLockedError',
        'rehearsal.unknown',
        `This step is locked: launchbook.yml has faults, so nobody knows whether its phase must have been rehearsed. Nothing of the cell has run. ${(error as Error).message}`,
        'Fix launchbook.yml, then run it again.'
      );
    }
  }
}

function locked(
  { title, receipt, missing }: PhaseRehearsal,
  rule: RehearsalRule,
  run: RunInfo
): LaunchbookError {
  const last = receipt
    ? ` The last one was ${receipt.run} in ${receipt.environment}, ${formatUtc(receipt.at)}.`
    : '';
  const [environment = ''] = rule.environments;
  return makeError(
    'RehearsalLockedError',
    'rehearsal.locked',
    `This step is locked: before “${title}” runs in ${run.environment}, the policy asks for ${describeRule(rule)}.${last} ${missing.join(' ')} Nothing of the cell has run.`,
    `Rehearse it as it is: launchbook new ${run.runbook} --release ${run.release} --env ${environment}, and run that to its end. Or release it against the policy, with a reason: Release without rehearsal… at the phase in the sidebar, or a cell with %release "${title}" REASON.`
  );
}

function notLocked(title: string): LaunchbookError {
  return refuse('rehearsal.not_locked', `“${title}” is not locked: it needs no rehearsal.`);
}

function unsaved(title: string): LaunchbookError {
  return refuse(
    'rehearsal.unsaved',
    `The content of “${title}” is not known: a step of it is in no file yet.`,
    'Save the notebook, then release it again.'
  );
}
