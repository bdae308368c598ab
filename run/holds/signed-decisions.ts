// Signed decisions: a token counts when its signature verifies and it is about this run, this hold point, this content and this time,
// and has not counted before. It comes by message, at a prompt, or as a file in `NAME.approvals/` beside the notebook.
import { join } from 'node:path';
import { toErrorRecord } from '../../contract/base/error.js';
import { isSameJson } from '../../contract/base/stable-text.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { isPending } from '../../contract/holds/pending.js';
import type { RunInfo } from '../../contract/base/run.js';
import { factsOfSignature } from '../../contract/signature/decision-proof.js';
import { gradeOf } from '../../contract/signature/vouched.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { faultOfSigned } from '../../record/decisions/checked-signatures.js';
import { faultOfDriversKey } from '../../record/decisions/driver-key.js';
import { judgeDecision } from '../../record/decisions/judged-records.js';
import { faultOfClock } from '../../record/decisions/clock-back.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { looksLikeAct } from '../../record/signature/act-token.js';
import { statementIdOf } from '../../record/signature/statement-id.js';
import { readToken, type SignedStatement } from '../../record/signature/token.js';
import { readSigners, verifyAgainst } from '../../record/signature/verify.js';
import { noteRefusal } from '../../lifecycle/decide/refused-tokens.js';
import type { Masking } from '../masking/masking.js';
import type { Approvals } from './approvals.js';
import { refuse } from './decision-faults.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import { tokenNamesIn } from './token-names.js';

/** What signed decisions are checked with. */
export interface SignedParts {
  readonly keeper: RunKeeper;
  readonly approvals: Approvals;
  /** Takes signed ticks and reports on tasks, which come the same ways. */
  readonly acts: { take(token: string): Promise<void> };
  readonly policy: () => PeoplePolicy;
  readonly masking: Masking;
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
  #hasToldClock = false;

  constructor(parts: SignedParts) {
    this.#parts = parts;
  }

  /** Takes one token. Resolves when the decision is on disk; rejects with the reason when it does not count. */
  async take(token: string): Promise<void> {
    if (looksLikeAct(token)) {
      return this.#parts.acts.take(token);
    }
    const { keeper, approvals, policy, masking, now } = this.#parts;
    const parts = readToken(token);
    const { statement } = parts;
    const approval = this.#approvalOf(statement);
    const said = { comment: statement.comment, values: statement.values ?? {} };
    if (!isSameJson(masking.json(said), said)) {
      throw refuse(
        'signature.holds_secret',
        `The comment or an answer of this decision on “${statement.hold}” holds a secret, so that the record could not show what was signed.`,
        'Sign again without it.'
      );
    }
    const file = readSigners(policy().allowedSigners);
    const key = await verifyAgainst(parts, file);
    const signature = {
      token: token.trim(),
      id: statement.id,
      key,
      ...factsOfSignature(parts.signature, statement)
    };
    const made = {
      content: statement.content,
      decision: statement.decision,
      comment: statement.comment,
      ...(Object.keys(statement.values ?? {}).length === 0 ? {} : { values: statement.values })
    };
    const by = { username: statement.by, name: statement.by, grade: gradeOf(statement) };
    const { content, ...decision } = { ...made, by, at: statement.at, signature };
    const at = new Date(now()).toISOString();
    const record = { kind: 'approval-decided' as const, approval: approval.id, at, content, decision };
    const fault =
      faultOfSigned(judgeDecision(record, 0, keeper.state), this.#idsUsed()) ??
      faultOfDriversKey(approval, approvals.driverOf(approval), key, file);
    if (fault) {
      const text = `This decision of ${statement.by} on “${statement.hold}” was not counted: ${fault.text}.`;
      throw refuse(fault.code, text, HINTS[fault.code]);
    }
    await approvals.decide({ approval: approval.id, ...made }, by, { at: statement.at, signature });
  }

  /** Looks at the files of the folder once. `tell` gets the reason of each that does not count. */
  async look(approval: string, tell: (text: string) => void): Promise<void> {
    const { folder } = this.#parts;
    for (const name of await tokenNamesIn(folder)) {
      const token = this.#textOf(join(folder!, name), tell);
      const mark = `${approval} ${name} ${token}`;
      if (token !== '' && !looksLikeAct(token) && !this.#seen.has(mark) && !this.#isRecorded(token)) {
        if (this.#isClockBack(name, tell)) {
          return;
        }
        this.#seen.add(mark);
        await this.take(token).catch((error: unknown) => {
          const { message } = toErrorRecord(error);
          noteRefusal(folder!, name, message);
          tell(`The signed decision in ${name} was not counted: ${message}`);
        });
      }
    }
  }

  /** What was signed waits in its file until the clock is right. Why is told once. */
  #isClockBack(name: string, tell: (text: string) => void): boolean {
    const fault = faultOfClock(this.#parts.keeper.state);
    if (fault && !this.#hasToldClock) {
      tell(`The signed decision in ${name} waits. ${fault.message} ${fault.hint}`);
    }
    this.#hasToldClock = fault !== null;
    return fault !== null;
  }

  /** Empty for a file that cannot be read; why is told once. */
  #textOf(path: string, tell: (text: string) => void): string {
    try {
      return readTextOfRun(path, 'token');
    } catch (error) {
      if (!this.#seen.has(path)) {
        this.#seen.add(path);
        tell(`A signed decision was not counted: ${toErrorRecord(error).message}`);
      }
      return '';
    }
  }

  /** Looks until the approval is no longer pending. */
  async watch(approval: string, tell: (text: string) => void): Promise<void> {
    while (this.#parts.folder !== null && this.#isPending(approval)) {
      await this.look(approval, tell);
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS).unref());
    }
  }

  /** The pending approval that a statement is about. */
  #approvalOf(statement: SignedStatement): ApprovalState {
    const { keeper, run } = this.#parts;
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
    const approval = asked.findLast(isPending);
    if (!approval) {
      throw refuse(
        'signature.not_asked',
        `This decision was signed for the hold point “${statement.hold}”, which ${asked.length === 0 ? 'this run has not asked about' : `is ${asked.at(-1)!.status}`}.`
      );
    }
    return approval;
  }

  #refuseUsed(statement: SignedStatement): void {
    if (this.#idsUsed().has(statement.id)) {
      throw refuse('signature.used', `This decision of ${statement.by} has been counted already.`);
    }
  }

  /** What was signed says which, not what the journal writes beside it. */
  #idsUsed(): Set<string> {
    const tokens = this.#parts.keeper.judged.decisions.flatMap(
      ({ decision }) => decision.signature?.token ?? []
    );
    return new Set(tokens.flatMap(token => statementIdOf(token) ?? []));
  }

  #isRecorded(token: string): boolean {
    return this.#idsUsed().has(statementIdOf(token) ?? '');
  }

  #isPending(approval: string): boolean {
    return isPending(this.#parts.keeper.state.approvals[approval]);
  }
}

const HINTS: { readonly [code: string]: string } = {
  'signature.other_content': 'Look at what has changed, and sign again.',
  'signature.other_request': 'It was asked again since. Look at it, and sign again.',
  'signature.other_version': 'Sign again with the version of launchbook that the run has.',
  'signature.other_time': 'Check the clocks of both machines, and sign again.',
  'signature.not_present': 'Make a key that asks to be touched, or touch it, and sign again.',
  'signature.not_verified': 'Set up a PIN, a finger or a face on the device, and sign again.',
  'signature.other_origin': 'Open the decision page at the address that launchbook.yml names under decide.'
};
