// Hold points in the kernel: a request is journaled before it is shown, a decision before it releases.
// Approve and continue are one act; a decision that comes twice, late or on other content is refused and changes nothing.
import type { ApprovalDecision, ApprovalState, Evidence } from '../../contract/hold.js';
import { approvalBundle } from '../../contract/fallback.js';
import { formatDuration } from '../../contract/format.js';
import { phaseOfStep } from '../../contract/outline.js';
import type { Person } from '../../contract/person.js';
import type { OutputSink } from '../core/ports.js';
import { makeError } from './cell-error.js';
import { contentHash } from './content-hash.js';
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
}

/** What a person decided. */
export interface DecisionParams {
  readonly approval: string;
  readonly content: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
}

/** What the approvals work with. */
export interface ApprovalParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly outputs: () => OutputSink;
}

/** All hold points of this kernel. */
export class Approvals {
  readonly #parts: ApprovalParts;
  #count = 0;
  readonly #waiting = new Map<
    string,
    { readonly wait: Waiting<ApprovalDecision>; readonly cellKey: string; isDeciding: boolean }
  >();

  constructor(parts: ApprovalParts) {
    this.#parts = parts;
  }

  /** Asks and waits. Resolves only for an approval; every other end rejects. */
  async ask(
    running: RunningStep,
    params: ApprovalParams,
    signal: AbortSignal,
    onAsked: (id: string) => void
  ): Promise<ApprovalDecision> {
    const content = this.#contentOf(running, params);
    const released = this.#releasedBefore(running, params.name, content);
    if (released) {
      this.#show(running.cell.key, released, 'display');
      return released.decisions.at(-1)!;
    }
    const id = `${running.step}:${running.attempt}:approval-${++this.#count}`;
    const wait = new Waiting<ApprovalDecision>();
    this.#waiting.set(id, { wait, cellKey: running.cell.key, isDeciding: false });
    const withdraw = (): void => void this.#withdraw(id, wait);
    try {
      await this.#request(id, running, params, content);
      if (params.timeoutMs !== null) {
        wait.expireAfter(params.timeoutMs, () => void this.#expire(id, params.name, params.timeoutMs!));
      }
      signal.addEventListener('abort', withdraw, { once: true });
      if (signal.aborted) {
        withdraw();
      }
      onAsked(id);
      return await wait.promise;
    } finally {
      signal.removeEventListener('abort', withdraw);
      this.#waiting.delete(id);
    }
  }

  /** Takes a decision. Resolves when it is on disk; rejects, with the reason, when it does not count. */
  async decide(params: DecisionParams, by: Person): Promise<void> {
    const approval = this.#parts.keeper.state.approvals[params.approval];
    const waiting = this.#waiting.get(params.approval);
    const fault = faultOf(params, approval, waiting?.isDeciding ?? true);
    if (fault || !approval || !waiting) {
      throw (
        fault ??
        makeError(
          'DecisionRefusedError',
          'hold.not_waiting',
          'No cell waits for this approval any more.',
          'Run its step again to ask anew.'
        )
      );
    }
    waiting.isDeciding = true;
    const decision: ApprovalDecision = {
      decision: params.decision,
      by,
      at: new Date().toISOString(),
      comment: params.comment.trim()
    };
    try {
      await this.#parts.keeper.append({
        kind: 'approval-decided',
        approval: approval.id,
        decision,
        content: approval.content
      });
    } catch (error) {
      waiting.isDeciding = false;
      throw error;
    }
    this.#show(waiting.cellKey, this.#parts.keeper.state.approvals[approval.id]!, 'update');
    if (decision.decision === 'approved') {
      waiting.wait.resolve(decision);
    } else {
      waiting.wait.reject(rejected(approval, decision));
    }
  }

  /** Ends a request that nobody can answer here. */
  async giveUp(id: string, reason: string): Promise<void> {
    const waiting = this.#waiting.get(id);
    await this.#close(id, 'withdrawn', reason);
    waiting?.wait.reject(
      makeError(
        'HoldUnansweredError',
        'hold.unanswered',
        reason,
        'Open the run in JupyterLab with the Launchbook extension and run this step again.'
      )
    );
  }

  async #request(id: string, running: RunningStep, params: ApprovalParams, content: string): Promise<void> {
    const { keeper, outline } = this.#parts;
    await keeper.append({
      kind: 'approval-requested',
      approval: id,
      name: params.name,
      step: running.step,
      attempt: running.attempt,
      phase: phaseOfStep(outline.current(), running.step)?.title ?? '',
      request: {
        question: params.question,
        approvers: params.approvers,
        evidence: params.evidence,
        expiresAt: params.timeoutMs === null ? null : new Date(Date.now() + params.timeoutMs).toISOString()
      },
      content
    });
    this.#show(running.cell.key, keeper.state.approvals[id]!, 'display');
  }

  async #expire(id: string, name: string, timeoutMs: number): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (waiting && !waiting.isDeciding) {
      const message = `Nobody decided on “${name}” within ${formatDuration(timeoutMs)}.`;
      await this.#close(id, 'expired', message).catch(() => undefined);
      waiting.wait.reject(
        makeError('HoldExpiredError', 'hold.expired', message, 'Run this step again to ask anew.')
      );
    }
  }

  /** The cell no longer waits; that has to be on disk before anybody is told. */
  async #withdraw(id: string, wait: Waiting<ApprovalDecision>): Promise<void> {
    const reason = 'The waiting cell was stopped.';
    await this.#close(id, 'withdrawn', reason).catch(() => undefined);
    wait.reject(makeError('HoldWithdrawnError', 'hold.withdrawn', reason));
  }

  async #close(id: string, status: 'expired' | 'withdrawn', reason: string): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (waiting && !waiting.isDeciding && this.#parts.keeper.state.approvals[id]?.status === 'pending') {
      waiting.isDeciding = true;
      await this.#parts.keeper.append({ kind: 'approval-closed', approval: id, status, reason });
      this.#show(waiting.cellKey, this.#parts.keeper.state.approvals[id], 'update');
    }
  }

  #show(cellKey: string, approval: ApprovalState, kind: 'display' | 'update'): void {
    const data = approvalBundle(approval, this.#parts.keeper.state.run?.id ?? null);
    this.#parts.outputs().publish(cellKey, { kind, data, metadata: {}, displayId: approval.id });
  }

  #contentOf(running: RunningStep, params: ApprovalParams): string {
    const file = this.#parts.notebook?.read() ?? {
      run: null,
      outline: this.#parts.outline.current(),
      cells: []
    };
    return contentHash(file, running.step, running.cell.code, params.evidence);
  }

  /** A released hold point whose content is the same keeps its decision when its step is run again. */
  #releasedBefore(running: RunningStep, name: string, content: string): ApprovalState | undefined {
    const approvals = Object.values(this.#parts.keeper.state.approvals);
    const last = approvals.findLast(approval => approval.step === running.step && approval.name === name);
    return last?.status === 'approved' && last.content === content ? last : undefined;
  }
}

function faultOf(
  params: DecisionParams,
  approval: ApprovalState | undefined,
  isDeciding: boolean
): Error | null {
  const refuse = (code: string, message: string, hint?: string): Error =>
    makeError('DecisionRefusedError', code, message, hint);
  if (!approval) {
    return refuse(
      'hold.unknown',
      `This run has no approval with the id ${params.approval}.`,
      'Reload the page.'
    );
  }
  if (approval.status !== 'pending') {
    const by = approval.decisions.at(-1)?.by.name;
    return refuse(
      'hold.settled',
      `“${approval.name}” is ${approval.status} already${by ? `, by ${by}` : ''}; this decision was not counted.`
    );
  }
  if (isDeciding) {
    return refuse('hold.settled', `“${approval.name}” has just been decided; this decision was not counted.`);
  }
  if (params.content !== approval.content) {
    return refuse(
      'hold.other_content',
      `“${approval.name}” asks about other content than was shown.`,
      'Reload the page and look again.'
    );
  }
  if (params.decision !== 'approved' && params.decision !== 'rejected') {
    return refuse(
      'hold.bad_decision',
      `A decision is “approved” or “rejected”, not ${JSON.stringify(params.decision)}.`
    );
  }
  if (params.decision === 'rejected' && params.comment.trim() === '') {
    return refuse('hold.no_reason', 'A rejection needs a reason.', 'Write the reason as the comment.');
  }
  return null;
}

function rejected(approval: ApprovalState, decision: ApprovalDecision): Error {
  return makeError(
    'HoldRejectedError',
    'hold.rejected',
    `“${approval.name}” was rejected by ${decision.by.name}: ${decision.comment}`,
    'Mend what the reason names, then run this step again to ask anew.'
  );
}
