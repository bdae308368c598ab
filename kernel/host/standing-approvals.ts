// Looks whether released approvals still stand: the content is as it was approved, the decisions fulfil today's policy, and what says
// that it is signed is signed. What does not stand is closed as stale before the step behind it is admitted.
import { changesSince } from '../../contract/content-binding.js';
import type { ApprovalDecision, ApprovalState } from '../../contract/hold.js';
import { bindContent } from '../../runbook/hold/bind-content.js';
import { faultsOfRelease } from '../../runbook/hold/faults-of-release.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { readToken } from '../../runbook/signature/token.js';
import type { Approvals } from './approvals.js';
import type { NotebookFile } from './notebook-file.js';
import type { OutlineSource } from './outline-source.js';
import type { RunKeeper } from './run-keeper.js';

/** What is looked at. */
export interface StandingParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly approvals: Pick<Approvals, 'close'>;
  readonly policy: () => PeoplePolicy;
  /** What is wrong with the signature of a decision, or null. */
  readonly faultOfSignature: (approval: ApprovalState, decision: ApprovalDecision) => Promise<string | null>;
}

/** Looks after the released approvals of a run. */
export class StandingApprovals {
  readonly #parts: StandingParts;
  /** Decisions whose signature was checked in this kernel, with all that it has to be about: a token alone proves another one too. */
  readonly #verified = new Set<string>();
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: StandingParts) {
    this.#parts = parts;
  }

  /** Closes what no longer stands. `admitting` is the step that is about to run, with the SHA-256 of its text. */
  sweep(admitting?: { readonly step: string; readonly hash: string }): Promise<void> {
    const turn = this.#turn.then(() => this.#sweep(admitting));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #sweep(admitting?: { readonly step: string; readonly hash: string }): Promise<void> {
    const { keeper, approvals } = this.#parts;
    await keeper.open();
    for (const approval of newestOf(Object.values(keeper.state.approvals))) {
      if (approval.status === 'approved') {
        const faults = [
          ...this.#changesOf(approval, admitting),
          ...faultsOfRelease(approval, this.#parts.policy(), keeper.state),
          ...(await this.#faultsOfSignatures(approval))
        ];
        if (faults.length > 0) {
          await approvals.close(approval.id, 'stale', faults.join(' '));
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
    const { evidence, question } = approval.binding;
    return changesSince(approval.binding, bindContent(source, approval.step, { evidence, question }));
  }

  async #faultsOfSignatures(approval: ApprovalState): Promise<string[]> {
    const faults: string[] = [];
    const { id, step, name, content } = approval;
    for (const decision of approval.decisions.filter(({ by }) => by.grade === 'signed')) {
      const key = JSON.stringify([id, step, name, content, decision]);
      const fault = this.#verified.has(key) ? null : await this.#parts.faultOfSignature(approval, decision);
      if (fault === null) {
        this.#verified.add(key);
      }
      const reason = fault ?? this.#faultOfReuse(decision);
      if (reason !== null) {
        faults.push(`The decision of ${decision.by.username} is not signed as it says: ${reason}`);
      }
    }
    return faults;
  }

  /** The kernel counts a token once in a run; a journal that has it twice was edited, and nobody can tell which one was copied. */
  #faultOfReuse(decision: ApprovalDecision): string | null {
    const id = tokenIdOf(decision);
    const uses = Object.values(this.#parts.keeper.state.approvals)
      .flatMap(({ decisions }) => decisions)
      .filter(other => tokenIdOf(other) === id);
    return id !== null && uses.length > 1 ? 'its signature stands under more than one decision.' : null;
  }
}

/** The id that was signed; what the journal writes beside the token proves nothing. */
function tokenIdOf({ signature }: ApprovalDecision): string | null {
  try {
    return signature ? readToken(signature.token).statement.id : null;
  } catch {
    return null;
  }
}

/** Of every hold point the newest request: older ones release nothing. */
function newestOf(approvals: readonly ApprovalState[]): ApprovalState[] {
  return [
    ...new Map(approvals.map(approval => [JSON.stringify([approval.step, approval.name]), approval])).values()
  ];
}
