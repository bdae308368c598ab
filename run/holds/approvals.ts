// Hold points in the kernel: a request is journaled before it is shown, a decision before it releases.
// Approve and continue are one act; a decision that comes twice, late or on other content is refused and changes nothing.
import { randomUUID } from 'node:crypto';
import { doubtOfFourEyes, rulesOf, standingOf } from '../../contract/holds/approval-rules.js';
import { type FormField } from '../../contract/holds/hold-rules.js';
import type { ContentBinding } from '../../contract/holds/content-binding.js';
import { staleByContent } from '../../contract/holds/stale-approval.js';
import { approvalBundle } from '../../contract/holds/fallback.js';
import { formatDuration } from '../../contract/base/format.js';
import type { ApprovalState, DecisionSignature, Evidence } from '../../contract/holds/hold.js';
import { isPending } from '../../contract/holds/pending.js';
import type { Person } from '../../contract/base/person.js';
import type { RecordBody } from '../../contract/journal/journal.js';
import { driverOf, lastRefusal } from '../../contract/state/state.js';
import { releaseOf, type ApprovalRelease } from '../../contract/holds/release.js';
import { applyPolicy, seatOf } from '../../record/policy/apply-policy.js';
import { mayBeGoneOnWith } from '../../record/decisions/request-faults.js';
import { bindContent, bindShown } from '../../record/policy/bind-content.js';
import { contentHash, rulesHash } from '../../record/policy/content-hash.js';
import type { HoldPolicy, PeoplePolicy } from '../../runbook/hold/policy.js';
import { refuseUnknownNames } from '../../record/policy/refuse-unknown-names.js';
import { holdPolicyHash } from '../../record/policy/policy-hash.js';
import { startClock } from './approval-clock.js';
import { makeError } from '../make-error.js';
import {
  faultOfBreaking,
  faultOfDecision,
  faultOfGlass,
  faultOfPolicy,
  faultOfRequest,
  faultOfRevoking,
  notWaiting,
  rejection,
  type DecisionParams
} from './decision-faults.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { Masking } from '../masking/masking.js';
import type { RunningStep } from '../keeper/step-register.js';
import { PendingHolds, type HoldRules, type PendingHoldParts } from './pending-hold.js';

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
export interface ApprovalParts extends PendingHoldParts {
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly masking: Masking;
  /** Throws the faults of launchbook.yml: without a policy nothing is asked and nothing released. */
  readonly policy: () => PeoplePolicy;
  /** Looks whether launchbook.yml asks for something else, and records it. */
  readonly notePolicy: () => Promise<void>;
}

/** An approval waits until it is released or rejected; nothing but its decisions is recorded of that. */
const APPROVAL: HoldRules<ApprovalState, ApprovalRelease> = {
  kind: 'approval',
  find: (state, id) => state.approvals[id],
  bundle: approvalBundle,
  answerOf: approval => {
    const release = releaseOf(approval);
    if (release) {
      return { value: release };
    }
    return approval.status === 'rejected' ? { error: rejection(approval) } : null;
  },
  closing: ({ id }, status, reason) => ({ kind: 'approval-closed', approval: id, status, reason }),
  elsewhere:
    'Open the run in JupyterLab with the Launchbook extension, or sign with launchbook approve, and run this step again.'
};

/** All hold points of this kernel. */
export class Approvals {
  readonly #parts: ApprovalParts;
  readonly #holds: PendingHolds<ApprovalState, ApprovalRelease>;

  constructor(parts: ApprovalParts) {
    this.#parts = parts;
    this.#holds = new PendingHolds(parts, APPROVAL);
  }

  /** Asks and waits. Resolves only when it is released; every other end rejects. */
  async ask(
    running: RunningStep,
    asked: ApprovalParams,
    signal: AbortSignal,
    onAsked: (id: string) => void
  ): Promise<ApprovalRelease> {
    await this.#parts.notePolicy();
    const params = this.#masked(asked);
    const released = await this.#releasedBefore(running, params.name, this.#bind(running, params));
    if (released) {
      this.#holds.show(released.id, running.cell.key);
      return releaseOf(released)!;
    }
    const id = this.#holds.nextId(running);
    return this.#holds.ask({
      id,
      running,
      signal,
      record: this.#request(id, running, this.#masked(asked)),
      startClock: ({ request }) =>
        startClock(request, {
          remind: () => void this.#holds.inTurn(id, () => this.#remind(id)).catch(() => undefined),
          escalate: () => void this.#holds.inTurn(id, () => this.#escalate(id)).catch(() => undefined),
          expire: () => void this.#holds.end(id, 'expired', () => lateError(this.#holds.find(id)!))
        }),
      onAsked: () => onAsked(id)
    });
  }

  /** Takes a decision. Resolves when it is on disk; rejects, with the reason, when it does not count. */
  async decide(
    params: DecisionParams,
    by: Person,
    proof?: { at: string; signature: DecisionSignature }
  ): Promise<void> {
    await this.#holds.inTurn(params.approval, async isAwaited => {
      const { keeper, policy } = this.#parts;
      const approval = this.#holds.find(params.approval);
      const fault =
        faultOfDecision(
          { ...params, ...(proof && { proof: proof.signature }) },
          approval,
          by,
          this.driverOf(approval)
        ) ??
        faultOfRequest(params.decision, approval, keeper.judged) ??
        faultOfPolicy(params.decision, approval, policy);
      if (fault || !approval || !isAwaited) {
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
      await this.#holds.changed(approval.id);
    });
  }

  /** Releases against the policy. */
  async breakGlass(id: string, reason: string, by: Person): Promise<void> {
    await this.#holds.inTurn(id, async isAwaited => {
      const { keeper, policy } = this.#parts;
      const approval = this.#holds.find(id);
      const fault = faultOfBreaking(approval, reason, by) ?? faultOfPolicy('approved', approval, policy);
      if (fault || !approval || !isAwaited) {
        throw fault ?? notWaiting();
      }
      await keeper.append({ kind: 'glass-broken', approval: id, by, reason: reason.trim() });
      await this.#holds.changed(id);
    });
  }

  /** Takes an approval back. Everything after it is locked again; a step that runs already continues. */
  async revoke(id: string, reason: string, by: Person): Promise<void> {
    await this.#holds.inTurn(id, async () => {
      const approval = this.#holds.find(id);
      const fault = faultOfRevoking(approval, reason, by, this.driverOf(approval));
      if (fault) {
        throw fault;
      }
      await this.close(id, 'revoked', reason.trim(), by);
    });
  }

  /** Why this person may not leave hold points out: it is a release against the policy. Null when they may. */
  faultOfLeavingOut(holds: readonly string[], reason: string, by: Person): Error | null {
    const policy = this.#parts.policy();
    const allowed = policy.breakGlass?.map(name => seatOf(name, policy)) ?? null;
    return faultOfGlass(holds.map(name => `“${name}”`).join(' and '), allowed, reason, by);
  }

  /** An approval that no longer counts. This is shown wherever the approval was shown. */
  async close(id: string, status: 'stale' | 'revoked', reason: string, by?: Person): Promise<void> {
    const { keeper } = this.#parts;
    await keeper.append({
      kind: 'approval-closed',
      approval: id,
      status,
      reason,
      ...(by === undefined ? {} : { by })
    });
    this.#holds.show(id);
  }

  /** Ends a request that nobody can answer here. */
  giveUp(id: string, reason: string): Promise<void> {
    return this.#holds.giveUp(id, reason);
  }

  /** Whoever drives, or has asked. */
  driverOf(approval: ApprovalState | undefined): Person | null {
    return driverOf(this.#parts.keeper.state, approval);
  }

  /** What is shown, bound and signed is one text: masked before it is any of them. */
  #masked(params: ApprovalParams): ApprovalParams {
    const { masking } = this.#parts;
    const { name, question, evidence, form } = params;
    const shown = masking.json({ name, question, evidence });
    return { ...params, ...shown, ...(form === undefined ? {} : { form: masking.json(form) }) };
  }

  #request(id: string, running: RunningStep, params: ApprovalParams): RecordBody {
    const { outline, policy, keeper } = this.#parts;
    const { state } = keeper;
    const nowMs = Date.now();
    const phase = outline.phaseOf(running.step);
    refuseUnknownNames(policy(), params.name, [...params.approvers, ...(params.asked?.escalate?.to ?? [])]);
    const { approvers, rules, timeoutMs } = applyPolicy(policy(), {
      name: params.name,
      phase,
      asked: askedOf(params),
      form: params.form ?? [],
      nowMs
    });
    const { name } = params;
    const { step, attempt } = running;
    const doubt = doubtOfFourEyes(rules, driverOf(state, { step, attempt })) ?? undefined;
    const binding = { ...this.#bind(running, params), rules: rulesHash(approvers, rules, doubt) };
    const content = contentHash(binding);
    const after = lastRefusal(state);
    const same = Object.values(state.approvals).findLast(
      earlier => earlier.step === step && earlier.name === name
    );
    const isGoneOnWith = same !== undefined && mayBeGoneOnWith(same, { name, step, content }, after);
    return {
      kind: 'approval-requested',
      approval: id,
      name,
      step,
      attempt,
      phase,
      request: {
        question: params.question,
        approvers,
        evidence: params.evidence,
        expiresAt: timeoutMs === null ? null : new Date(nowMs + timeoutMs).toISOString(),
        rules,
        nonce: isGoneOnWith ? same.request.nonce! : randomUUID(),
        after,
        ...(doubt === undefined ? {} : { doubt })
      },
      content,
      binding
    };
  }

  async #remind(id: string): Promise<void> {
    const approval = this.#holds.find(id);
    if (approval && isPending(approval)) {
      const { awaited } = standingOf(approval);
      await this.#parts.keeper.append({ kind: 'approval-reminded', approval: id, awaited });
    }
  }

  async #escalate(id: string): Promise<void> {
    const approval = this.#holds.find(id);
    const escalation = approval && rulesOf(approval.request).escalation;
    if (escalation && isPending(approval)) {
      const to = escalation.seats.map(seat => seat.name);
      await this.#parts.keeper.append({ kind: 'approval-escalated', approval: id, to });
      this.#holds.show(id);
    }
  }

  #bind(running: RunningStep, params: ApprovalParams): ContentBinding {
    const { notebook, outline, keeper } = this.#parts;
    const content = notebook?.read() ?? { run: null, outline: outline.current(), cells: [] };
    const source = { content, state: keeper.state, sources: outline.sources() };
    const phase = outline.phaseOf(running.step);
    const binding = bindContent(source, running.step, bindShown(params.question, params.evidence));
    return {
      ...maskedTexts(binding, this.#parts.masking),
      phase,
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
    const reason = staleByContent(last.binding, binding);
    if (reason !== '') {
      await this.close(last.id, 'stale', reason);
      return undefined;
    }
    return last;
  }
}

/** Texts for reading are masked before they are hashed with the rest; the hashes of texts stay as they are. */
function maskedTexts(binding: ContentBinding, masking: Masking): ContentBinding {
  const titled = <C extends { readonly title: string }>(cells: readonly C[]): C[] =>
    cells.map(cell => ({ ...cell, title: masking.text(cell.title) }));
  const parameters = Object.entries(binding.parameters).map(([name, { text, hash }]) => [
    name,
    { text: masking.text(text), hash }
  ]);
  return {
    ...binding,
    cells: titled(binding.cells),
    parameterCells: titled(binding.parameterCells),
    parameters: Object.fromEntries(parameters) as ContentBinding['parameters']
  };
}

function askedOf(params: ApprovalParams): HoldPolicy {
  return {
    ...params.asked,
    ...(params.approvers.length === 0 ? {} : { approvers: params.approvers }),
    ...(params.timeoutMs === null ? {} : { timeoutMs: params.timeoutMs })
  };
}

function lateError({ name, requestedAt, request }: ApprovalState): Error {
  const after = formatDuration(Date.parse(request.expiresAt ?? '') - Date.parse(requestedAt));
  const message = `Not enough people decided on “${name}” within ${after}.`;
  return makeError('HoldExpiredError', 'hold.expired', message, 'Run this step again to ask anew.');
}
