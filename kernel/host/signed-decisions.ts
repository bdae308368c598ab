// Signed decisions: a token counts when its signature verifies and it is about this run, this hold point, this content and this time,
// and has not counted before. It comes by message, at a prompt, or as a file in `NAME.approvals/` beside the notebook.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toErrorRecord } from '../../contract/error.js';
import { formatUtc } from '../../contract/format.js';
import type { ApprovalDecision, ApprovalState } from '../../contract/hold.js';
import type { RunInfo } from '../../contract/run.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { CLOCK_SKEW_MS } from '../../runbook/signature/clock-skew.js';
import { faultOfStatement } from '../../runbook/signature/fault-of-statement.js';
import { readToken, type SignedStatement } from '../../runbook/signature/token.js';
import { verifyToken } from '../../runbook/signature/verify.js';
import type { Approvals } from './approvals.js';
import { refuse } from './decision-faults.js';
import type { RunKeeper } from './run-keeper.js';

/** What signed decisions are checked with. */
export interface SignedParts {
  readonly keeper: RunKeeper;
  readonly approvals: Approvals;
  readonly policy: () => PeoplePolicy;
  readonly run: () => RunInfo | null;
  /** Folder that tokens are read from, or null in a console. */
  readonly folder: string | null;
  readonly now: () => number;
}

const LOOK_EVERY_MS = 1000;

/** Takes the signed decisions of a run. */
export class SignedDecisions {
  readonly #parts: SignedParts;
  /** Files that were looked at, so that a refused one is told of once. */
  readonly #seen = new Set<string>();

  constructor(parts: SignedParts) {
    this.#parts = parts;
  }

  /** Takes one token. Resolves when the decision is on disk; rejects with the reason when it does not count. */
  async take(token: string): Promise<void> {
    const { approvals, policy } = this.#parts;
    const parts = readToken(token);
    const { statement } = parts;
    const approval = this.#approvalOf(statement);
    const { key, signers } = await verifyToken(parts, policy().allowedSigners);
    this.#refuseUsed(statement);
    await approvals.decide(
      {
        approval: approval.id,
        content: statement.content,
        decision: statement.decision,
        comment: statement.comment,
        ...(Object.keys(statement.values ?? {}).length === 0 ? {} : { values: statement.values })
      },
      { username: statement.by, name: statement.by, grade: 'signed' },
      { at: statement.at, signature: { token: token.trim(), id: statement.id, key, signers } }
    );
  }

  /** Looks at the files of the folder once. `tell` gets the reason of each that does not count. */
  async look(approval: string, tell: (text: string) => void): Promise<void> {
    const { folder } = this.#parts;
    const names = folder === null ? [] : await readdir(folder).catch(() => []);
    for (const name of names.filter(file => file.endsWith('.token')).sort()) {
      const token = await readFile(join(folder!, name), 'utf8').catch(() => '');
      const mark = `${approval} ${name} ${token}`;
      if (token !== '' && !this.#seen.has(mark) && !this.#isRecorded(token)) {
        this.#seen.add(mark);
        await this.take(token).catch((error: unknown) =>
          tell(`The signed decision in ${name} was not counted: ${toErrorRecord(error).message}`)
        );
      }
    }
  }

  /** Looks until the approval is no longer pending. */
  async watch(approval: string, tell: (text: string) => void): Promise<void> {
    while (this.#parts.folder !== null && this.#isPending(approval)) {
      await this.look(approval, tell);
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS).unref());
    }
  }

  /** What is wrong with a decision that the journal calls signed, or null. A journal can be edited, a signature cannot be made. */
  async faultOf(approval: ApprovalState, decision: ApprovalDecision): Promise<string | null> {
    try {
      if (!decision.signature) {
        return 'it has no signature.';
      }
      const parts = readToken(decision.signature.token);
      const run = this.#parts.run()?.id ?? null;
      const fault = faultOfStatement(parts.statement, { run, approval, decision });
      if (fault) {
        return `the signature ${fault.text}.`;
      }
      await verifyToken(parts, this.#parts.policy().allowedSigners);
      return null;
    } catch (error) {
      return toErrorRecord(error).message;
    }
  }

  /** The pending approval that a statement is about; every mismatch has its own reason. */
  #approvalOf(statement: SignedStatement): ApprovalState {
    const { keeper, run, now } = this.#parts;
    const id = run()?.id ?? null;
    if (statement.run !== id) {
      throw refuse(
        'signature.other_run',
        `This decision was signed for the run ${statement.run ?? 'of a scratch notebook'}, and this is ${id ?? 'a scratch notebook'}.`
      );
    }
    this.#refuseUsed(statement);
    const asked = Object.values(keeper.state.approvals).filter(
      ({ name, step }) => name === statement.hold && step === statement.step
    );
    const approval = asked.findLast(({ status }) => status === 'pending');
    if (!approval) {
      throw refuse(
        'signature.not_asked',
        `This decision was signed for the hold point “${statement.hold}”, which ${asked.length === 0 ? 'this run has not asked about' : `is ${asked.at(-1)!.status}`}.`
      );
    }
    if (statement.content !== approval.content) {
      throw refuse(
        'signature.other_content',
        `This decision on “${statement.hold}” was signed for other content (${statement.content.slice(0, 12)}) than is asked about (${approval.content.slice(0, 12)}).`,
        'Look at what has changed, and sign anew.'
      );
    }
    // A headless run that gave up and asks again asks about the same content.
    const first = asked.find(({ content }) => content === approval.content) ?? approval;
    const atMs = Date.parse(statement.at);
    if (atMs > now() + CLOCK_SKEW_MS || atMs < Date.parse(first.requestedAt) - CLOCK_SKEW_MS) {
      throw refuse(
        'signature.other_time',
        `This decision was signed at ${formatUtc(statement.at)}; “${approval.name}” was asked at ${formatUtc(first.requestedAt)}, and now is ${formatUtc(new Date(now()).toISOString())}.`,
        'Check the clocks of both machines, and sign anew.'
      );
    }
    return approval;
  }

  #refuseUsed(statement: SignedStatement): void {
    if (this.#idsUsed().has(statement.id)) {
      throw refuse('signature.used', `This decision of ${statement.by} has been counted already.`);
    }
  }

  #idsUsed(): Set<string> {
    const decisions = Object.values(this.#parts.keeper.state.approvals).flatMap(
      approval => approval.decisions
    );
    return new Set(decisions.flatMap(({ signature }) => (signature ? [signature.id] : [])));
  }

  #isRecorded(token: string): boolean {
    try {
      return this.#idsUsed().has(readToken(token).statement.id);
    } catch {
      return false;
    }
  }

  #isPending(approval: string): boolean {
    return this.#parts.keeper.state.approvals[approval]?.status === 'pending';
  }
}
