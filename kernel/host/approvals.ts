// Hold points in the kernel: a request is journaled before it is shown, a decision before it releases.
// Approve and continue are one act; a decision that comes twice, late or on other content is refused and changes nothing.
import { rulesOf, standingOf, type FormField } from '../../contract/approval-rules.js';
import { changesSince, type ContentBinding } from '../../contract/content-binding.js';
import type { LaunchbookError } from '../../contract/error.js';
import { approvalBundle } from '../../contract/fallback.js';
import { formatDuration, formatUtc } from '../../contract/format.js';
import type { ApprovalState, DecisionSignature, Evidence } from '../../contract/hold.js';
import type { Person } from '../../contract/person.js';
import { driverOf } from '../../contract/state.js';
import { releaseOf, type ApprovalRelease } from '../../contract/release.js';
import { applyPolicy } from '../../runbook/hold/apply-policy.js';
import { bindContent, bindShown } from '../../runbook/hold/bind-content.js';
import { contentHash } from '../../runbook/hold/content-hash.js';
import type { HoldPolicy, PeoplePolicy } from '../../runbook/hold/policy.js';
import { holdPolicyHash } from '../../runbook/hold/policy-hash.js';
import type { OutputSink } from '../core/ports.js';
import { startClock } from './approval-clock.js';
import { makeError } from './cell-error.js';
import {
  faultOfBreaking,
  faultOfDecision,
  faultOfPolicy,
  faultOfRevoking,
  notWaiting,
  rejection,
  type DecisionParams
} from './decision-faults.js';
import type { NotebookFile } from './notebook-file.js';
import type { OutlineSource } from './outline-source.js';
import type { RunKeeper } from './run-keeper.js';
import type { RunningStep } from './step-register.js';
import { Waiting } from './waiting.js';

/** What `approval()` in a cell asks for. */
export interface ApprovalParams {
  readonly name: string;
  readonly question: string;
  readonly approvers: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly timeoutMs: number | null;
  readonly asked?: HoldPolicy;
  readonly form?: readonly FormField[];
}

/** What the approvals work with. */
export interface ApprovalParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly outputs: () => OutputSink;
  /** Throws the faults of launchbook.yml: without a policy nothing is asked and nothing released. */
  readonly policy: () => PeoplePolicy;
  /** Looks whether launchbook.yml asks for something else, and records it. */
  readonly notePolicy: () => Promise<void>;
  /** Tells the people outside, when a channel is configured. Never throws. */
  readonly tell: (text: string) => void;
}

interface Pending {
  readonly wait: Waiting<ApprovalRelease>;
  /** What is done to this request is done one after the other. */
  turn: Promise<unknown>;
}

/** All hold points of this kernel. */
export class Approvals {
  readonly #parts: ApprovalParts;
  #count = 0;
  readonly #pending = new Map<string, Pending>();
  /** Cells that show an approval, so that it is shown anew when it falls later. */
  readonly #shownIn = new Map<string, string>();

  constructor(parts: ApprovalParts) {
    this.#parts = parts;
  }

  /** Asks and waits. Resolves only when it is released; every other end rejects. */
  async ask(
    running: RunningStep,
    params: ApprovalParams,
    signal: AbortSignal,
    onAsked: (id: string) => void
  ): Promise<ApprovalRelease> {
    await this.#parts.notePolicy();
    const binding = this.#bind(running, params);
    const released = await this.#releasedBefore(running, params.name, binding);
    if (released) {
      this.#show(running.cell.key, released, 'display');
      return releaseOf(released)!;
    }
    const id = `${running.step}:${running.attempt}:approval-${++this.#count}`;
    const wait = new Waiting<ApprovalRelease>();
    this.#pending.set(id, { wait, turn: Promise.resolve() });
    const withdraw = (): void => void this.#withdraw(id);
    let stopClock = (): void => undefined;
    try {
      const approval = await this.#request(id, running, params, binding);
      stopClock = startClock(approval.request, {
        remind: () => void this.#inTurn(id, () => this.#remind(id)).catch(() => undefined),
        escalate: () => void this.#inTurn(id, () => this.#escalate(id)).catch(() => undefined),
        expire: () => void this.#expire(id)
      });
      signal.addEventListener('abort', withdraw, { once: true });
      if (signal.aborted) {
        withdraw();
      }
      onAsked(id);
      return await wait.promise;
    } finally {
      stopClock();
      signal.removeEventListener('abort', withdraw);
      this.#pending.delete(id);
    }
  }

  /** Takes a decision. Resolves when it is on disk; rejects, with the reason, when it does not count. */
  async decide(
    params: DecisionParams,
    by: Person,
    proof?: { at: string; signature: DecisionSignature }
  ): Promise<void> {
    await this.#inTurn(params.approval, async pending => {
      const { keeper, policy } = this.#parts;
      const approval = keeper.state.approvals[params.approval];
      const fault =
        faultOfDecision(params, approval, by, this.driverOf(approval)) ??
        faultOfPolicy(params.decision, approval, policy);
      if (fault || !approval || !pending) {
        throw fault ?? notWaiting();
      }
      await keeper.append({
        kind: 'approval-decided',
        approval: approval.id,
        decision: {
          decision: params.decision,
          by,
          at: proof?.at ?? new Date().toISOString(),
          comment: params.comment.trim(),
          ...(params.values === undefined ? {} : { values: params.values }),
          ...(proof === undefined ? {} : { signature: proof.signature })
        },
        content: approval.content
      });
      this.#settle(approval.id, pending);
    });
  }

  /** Releases against the policy. */
  async breakGlass(id: string, reason: string, by: Person): Promise<void> {
    await this.#inTurn(id, async pending => {
      const { keeper, policy } = this.#parts;
      const approval = keeper.state.approvals[id];
      const fault = faultOfBreaking(approval, reason, by) ?? faultOfPolicy('approved', approval, policy);
      if (fault || !pending) {
        throw fault ?? notWaiting();
      }
      await keeper.append({ kind: 'glass-broken', approval: id, by, reason: reason.trim() });
      this.#parts.tell(`“${approval!.name}” was released against the policy by ${by.name}: ${reason.trim()}`);
      this.#settle(id, pending);
    });
  }

  /** Takes an approval back. What is behind it is locked again; a step that runs already goes on. */
  async revoke(id: string, reason: string, by: Person): Promise<void> {
    await this.#inTurn(id, async () => {
      const approval = this.#parts.keeper.state.approvals[id];
      const fault = faultOfRevoking(approval, reason, by, this.driverOf(approval));
      if (fault) {
        throw fault;
      }
      await this.close(id, 'revoked', reason.trim(), by);
      this.#parts.tell(`“${approval!.name}” was revoked by ${by.name}: ${reason.trim()}`);
    });
  }

  /** An approval that stands no more. Shown wherever it was shown. */
  async close(id: string, status: 'stale' | 'revoked', reason: string, by?: Person): Promise<void> {
    const { keeper } = this.#parts;
    await keeper.append({
      kind: 'approval-closed',
      approval: id,
      status,
      reason,
      ...(by === undefined ? {} : { by })
    });
    this.#showAgain(id);
  }

  /** Ends a request that nobody can answer here. */
  async giveUp(id: string, reason: string): Promise<void> {
    await this.#end(id, 'withdrawn', reason, () =>
      makeError(
        'HoldUnansweredError',
        'hold.unanswered',
        reason,
        'Open the run in JupyterLab with the Launchbook extension, or sign with launchbook approve, and run this step again.'
      )
    );
  }

  /** Username of whoever drives. */
  driverOf(approval: ApprovalState | undefined): string | null {
    return driverOf(this.#parts.keeper.state, approval);
  }

  async #request(
    id: string,
    running: RunningStep,
    params: ApprovalParams,
    binding: ContentBinding
  ): Promise<ApprovalState> {
    const { keeper, outline, policy, tell } = this.#parts;
    const nowMs = Date.now();
    const phase = outline.phaseOf(running.step);
    const { approvers, rules, timeoutMs } = applyPolicy(policy(), {
      name: params.name,
      phase,
      asked: askedOf(params),
      form: params.form ?? [],
      nowMs
    });
    await keeper.append({
      kind: 'approval-requested',
      approval: id,
      name: params.name,
      step: running.step,
      attempt: running.attempt,
      phase,
      request: {
        question: params.question,
        approvers,
        evidence: params.evidence,
        expiresAt: timeoutMs === null ? null : new Date(nowMs + timeoutMs).toISOString(),
        rules
      },
      content: contentHash(binding),
      binding
    });
    const approval = keeper.state.approvals[id]!;
    tell(`“${params.name}” waits for ${awaitedBy(approval)}: ${params.question}`);
    this.#show(running.cell.key, approval, 'display');
    return approval;
  }

  #settle(id: string, pending: Pending): void {
    const approval = this.#parts.keeper.state.approvals[id]!;
    this.#showAgain(id);
    const release = releaseOf(approval);
    if (release) {
      pending.wait.resolve(release);
    } else if (approval.status === 'rejected') {
      pending.wait.reject(rejection(approval));
    }
  }

  async #remind(id: string): Promise<void> {
    const approval = this.#parts.keeper.state.approvals[id];
    if (approval?.status === 'pending') {
      const { awaited } = standingOf(approval);
      await this.#parts.keeper.append({ kind: 'approval-reminded', approval: id, awaited });
      this.#parts.tell(
        `Reminder: “${approval.name}” waits for ${awaitedBy(approval)} since ${formatUtc(approval.requestedAt)}.`
      );
    }
  }

  async #escalate(id: string): Promise<void> {
    const approval = this.#parts.keeper.state.approvals[id];
    const escalation = approval && rulesOf(approval.request).escalation;
    if (escalation && approval.status === 'pending') {
      const to = escalation.seats.map(seat => seat.name);
      await this.#parts.keeper.append({ kind: 'approval-escalated', approval: id, to });
      this.#showAgain(id);
      this.#parts.tell(
        `Nobody has decided on “${approval.name}” since ${formatUtc(approval.requestedAt)}; ${to.join(', ')} may decide too.`
      );
    }
  }

  async #expire(id: string): Promise<void> {
    const approval = this.#parts.keeper.state.approvals[id];
    if (approval) {
      const afterMs = Date.now() - Date.parse(approval.requestedAt);
      const message = `Not enough people decided on “${approval.name}” within ${formatDuration(afterMs)}.`;
      await this.#end(id, 'expired', message, () =>
        makeError('HoldExpiredError', 'hold.expired', message, 'Run this step again to ask anew.')
      );
    }
  }

  /** The cell no longer waits; that has to be on disk before anybody is told. */
  async #withdraw(id: string): Promise<void> {
    const reason = 'The waiting cell was stopped.';
    await this.#end(id, 'withdrawn', reason, () => makeError('HoldWithdrawnError', 'hold.withdrawn', reason));
  }

  /** Ends a pending request without a release. The cell is told even when the journal cannot be written. */
  async #end(
    id: string,
    status: 'expired' | 'withdrawn',
    reason: string,
    errorOf: () => LaunchbookError
  ): Promise<void> {
    await this.#inTurn(id, async pending => {
      try {
        if (this.#parts.keeper.state.approvals[id]?.status === 'pending') {
          await this.#parts.keeper.append({ kind: 'approval-closed', approval: id, status, reason });
          this.#showAgain(id);
        }
      } catch {
        // Not released is what the journal says anyway.
      }
      pending?.wait.reject(errorOf());
    });
  }

  async #inTurn<T>(id: string, act: (pending: Pending | undefined) => Promise<T>): Promise<T> {
    const pending = this.#pending.get(id);
    const turn = (pending?.turn ?? Promise.resolve()).then(() => act(pending));
    if (pending) {
      pending.turn = turn.catch(() => undefined);
    }
    return turn;
  }

  #show(cellKey: string, approval: ApprovalState, kind: 'display' | 'update'): void {
    this.#shownIn.set(approval.id, cellKey);
    const data = approvalBundle(approval, this.#parts.keeper.state.run?.id ?? null);
    this.#parts.outputs().publish(cellKey, { kind, data, metadata: {}, displayId: approval.id });
  }

  #showAgain(id: string): void {
    const cellKey = this.#shownIn.get(id);
    if (cellKey !== undefined) {
      this.#show(cellKey, this.#parts.keeper.state.approvals[id]!, 'update');
    }
  }

  #bind(running: RunningStep, params: ApprovalParams): ContentBinding {
    const { notebook, outline, keeper } = this.#parts;
    const content = notebook?.read() ?? { run: null, outline: outline.current(), cells: [] };
    const source = { content, state: keeper.state, sources: outline.sources() };
    const phase = outline.phaseOf(running.step);
    return {
      ...bindContent(source, running.step, bindShown(params.question, params.evidence)),
      policy: holdPolicyHash(this.#parts.policy(), phase)
    };
  }

  /** A released hold point whose content is the same keeps its decision when its step is run again; else it is stale. */
  async #releasedBefore(
    running: RunningStep,
    name: string,
    binding: ContentBinding
  ): Promise<ApprovalState | undefined> {
    const approvals = Object.values(this.#parts.keeper.state.approvals);
    const last = approvals.findLast(approval => approval.step === running.step && approval.name === name);
    if (last?.status !== 'approved') {
      return undefined;
    }
    const changes = last.binding
      ? changesSince(last.binding, binding)
      : ['It was recorded without its parts.'];
    if (changes.length > 0) {
      await this.close(last.id, 'stale', changes.join(' '));
      return undefined;
    }
    return last;
  }
}

function askedOf(params: ApprovalParams): HoldPolicy {
  return {
    ...params.asked,
    ...(params.approvers.length === 0 ? {} : { approvers: params.approvers }),
    ...(params.timeoutMs === null ? {} : { timeoutMs: params.timeoutMs })
  };
}

function awaitedBy(approval: ApprovalState): string {
  return standingOf(approval).awaited.join(', ') || 'anybody';
}
