// Checks whether released approvals still count: the content is as it was approved, the decisions fulfil today's policy, and what says
// that it is signed is signed. An approval that no longer counts is closed as stale before a step after it may run.
import { isSameJson } from '../../contract/base/stable-text.js';
import { staleByFaults } from '../../contract/holds/stale-approval.js';
import { standingOf } from '../../contract/holds/approval-rules.js';
import { changesSince } from '../../contract/holds/content-binding.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { judgeJournal, newestOf } from '../../record/decisions/judge-journal.js';
import { objectionsIn, objectionsTo } from '../../record/decisions/objections.js';
import type { SignatureChecks } from '../../record/decisions/signature-checks.js';
import { bindLike } from '../../record/policy/bind-content.js';
import { faultsOfRelease } from '../../record/policy/faults-of-release.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { makeError } from '../make-error.js';
import type { Approvals } from './approvals.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { RunKeeper } from '../keeper/run-keeper.js';

/** What is looked at. */
export interface StandingParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly approvals: Pick<Approvals, 'close'>;
  readonly policy: () => PeoplePolicy;
  readonly signatures: SignatureChecks;
}

/** Checks the released approvals of a run. */
export class StandingApprovals {
  readonly #parts: StandingParts;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: StandingParts) {
    this.#parts = parts;
  }

  /** Closes approvals that no longer count. `admitting` is the step that is about to run, with the SHA-256 of its text. */
  sweep(admitting?: { readonly step: string; readonly hash: string }): Promise<void> {
    const turn = this.#turn.then(() => this.#sweep(admitting));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /**
   * What has run is evaluated again in a resume, so a journal whose decisions do not carry it is not resumed.
   *
   * @throws code `resume.unsound` with the first line that does not hold.
   */
  async refuseUnsound(): Promise<void> {
    const { keeper, notebook, signatures } = this.#parts;
    await keeper.open();
    const saved = notebook?.read().run ?? null;
    if (notebook !== null && !isSameJson(saved, keeper.state.run)) {
      throw makeError(
        'UnsoundJournalError',
        'resume.unsound',
        'Nothing was replayed, because the notebook says another identity of the run than its journal: release, environment or parameters were changed.',
        'The identity of a run never changes. Put the notebook back (git checkout), then resume again.'
      );
    }
    const records: JournalRecord[] = [];
    for await (const record of keeper.read()) {
      records.push(record);
    }
    const { judged, faults } = judgeJournal(records);
    const unreleased = this.#unreleased();
    if (unreleased) {
      throw makeError(
        'UnsoundJournalError',
        'resume.unsound',
        `Nothing was replayed, because the step ${unreleased.step} has passed behind “${unreleased.hold}”, which nobody has released with the text that it had.`,
        'Compare journal and notebook with their commits (git log -p). To run it again instead: %discard STEP REASON.'
      );
    }
    const [first] = [...faults, ...(await objectionsIn(judged, signatures)).faults].sort(
      (a, b) => a.line - b.line
    );
    if (first && keeper.state.run !== null) {
      throw makeError(
        'UnsoundJournalError',
        'resume.unsound',
        `Nothing was replayed, because the journal does not carry what it says: line ${first.line} ${first.text}.`,
        'Compare the journal with its commits (git log -p). To go on without what it says: %discard STEP REASON, from the hold point on.'
      );
    }
  }

  /**
   * A step behind a hold point that nobody has released with the text that it had when it passed, as the saved notebook has its hold
   * points: the outline of the journal may say anything.
   */
  #unreleased(): { readonly step: string; readonly hold: string } | null {
    const { state } = this.#parts.keeper;
    const steps = this.#parts.outline.saved().phases.flatMap(phase => phase.steps);
    const approvals = Object.values(state.approvals);
    for (const lost of state.run?.mode === 'dry-run' ? [] : (state.recovery?.lost ?? [])) {
      const hash = state.steps[lost]?.attempts.findLast(({ outcome }) => outcome === 'passed')?.sourceHash;
      const before = steps.slice(
        0,
        Math.max(
          0,
          steps.findIndex(({ id }) => id === lost)
        )
      );
      for (const { id, holds } of before.filter(each => each.holds.length > 0)) {
        const given = approvals.filter(approval => approval.step === id && wasReleased(approval));
        if (!given.some(approval => mayHaveRun(approval, lost, hash))) {
          return { step: lost, hold: holds[0]! };
        }
      }
    }
    return null;
  }

  async #sweep(admitting?: { readonly step: string; readonly hash: string }): Promise<void> {
    const { keeper, approvals } = this.#parts;
    await keeper.open();
    for (const approval of newestOf(Object.values(keeper.state.approvals))) {
      if (approval.status === 'approved') {
        const faults = [
          ...this.#changesOf(approval, admitting),
          ...faultsOfRelease(approval, this.#parts.policy(), keeper.state),
          ...(await this.#objectionsTo(approval))
        ];
        if (faults.length > 0) {
          await approvals.close(approval.id, 'stale', staleByFaults(faults));
        }
      }
    }
  }

  #changesOf(
    approval: ApprovalState,
    admitting: { readonly step: string; readonly hash: string } | undefined
  ): string[] {
    const { keeper, notebook, outline } = this.#parts;
    if (!approval.binding || !notebook) {
      return [];
    }
    const source = {
      content: notebook.read(),
      state: keeper.state,
      sources: outline.sources(),
      ...(admitting === undefined ? {} : { admitting })
    };
    return changesSince(approval.binding, bindLike(approval.binding, source, approval.step));
  }

  /** A journal may have been edited between two lives of the kernel: what it says is computed again, and what is signed is verified. */
  async #objectionsTo({ id }: ApprovalState): Promise<string[]> {
    const { keeper, signatures } = this.#parts;
    const faults = await objectionsTo(id, keeper.judged, signatures);
    return faults.map(({ line, text }) => `Line ${line} of the journal ${text}.`);
  }
}

/** Also one that does not count any more: what ran while it counted has run. */
function wasReleased(approval: ApprovalState): boolean {
  return approval.breakGlass !== undefined || standingOf(approval).isComplete;
}

/** Approvals of older versions, and those that reach not as far, do not say with which text. */
function mayHaveRun({ binding }: ApprovalState, step: string, hash: string | undefined): boolean {
  const bound = binding?.reach === undefined ? undefined : binding.cells.find(({ id }) => id === step);
  return bound === undefined || (hash !== undefined && bound.hashes.includes(hash));
}
