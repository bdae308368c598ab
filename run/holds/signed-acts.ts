// Signed ticks and reports on tasks: somebody without JupyterLab says that their part is done, and the record proves who. They lie beside
// the signed decisions in `NAME.approvals/`, and are looked for as long as a list is open.
import { join } from 'node:path';
import type { Person } from '../../contract/base/person.js';
import { toErrorRecord } from '../../contract/base/error.js';
import type { ChecklistState, DecisionSignature } from '../../contract/holds/hold.js';
import type { TaskListState } from '../../contract/holds/task-list.js';
import type { SignedAct } from '../../contract/decide/signed-act.js';
import { factsOfSignature } from '../../contract/signature/decision-proof.js';
import { noteRefusal } from '../../lifecycle/decide/refused-tokens.js';
import { faultOfAct, judgeAct, recordOfAct } from '../../record/decisions/signed-acts.js';
import { faultOfClock } from '../../record/decisions/clock-back.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { looksLikeAct, readAct } from '../../record/signature/act-token.js';
import { statementIdOf } from '../../record/signature/statement-id.js';
import { readSigners, verifyAgainst } from '../../record/signature/verify.js';
import type { Checklists } from './checklists.js';
import { refuse } from './decision-faults.js';
import type { SignedParts } from './signed-decisions.js';
import type { TaskLists } from './task-lists.js';
import { tokenNamesIn } from './token-names.js';

/** What signed acts are checked with, and done by. */
export interface SignedActParts extends Pick<
  SignedParts,
  'keeper' | 'policy' | 'masking' | 'folder' | 'now'
> {
  readonly checklists: Checklists;
  readonly taskLists: TaskLists;
}

const LOOK_EVERY_MS = 1000;

/** Takes the signed acts of a run. */
export class SignedActs {
  readonly #parts: SignedActParts;
  /** Files that were looked at. */
  readonly #seen = new Set<string>();
  #isWatching = false;

  constructor(parts: SignedActParts) {
    this.#parts = parts;
    parts.keeper.subscribe(({ kind }) => {
      if (kind === 'kernel-started' || kind === 'tasks-assigned' || kind === 'checklist-requested') {
        void this.#watch();
      }
    });
  }

  /** Takes one token. Resolves when it is on disk; rejects with the reason when it does not count. */
  async take(token: string): Promise<void> {
    const { keeper, policy, masking, now } = this.#parts;
    const parts = readAct(token);
    const { statement } = parts;
    if (masking.text(statement.comment) !== statement.comment) {
      throw refuse(
        'signature.holds_secret',
        `The comment on “${statement.text}” holds a secret, so that the record could not show what was signed.`,
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
    const record = recordOfAct(statement, signature, keeper.state, new Date(now()).toISOString());
    const fault = faultOfAct(judgeAct(record, 0, keeper.state)!, this.#idsUsed());
    if (fault) {
      throw refuse(
        fault.code,
        `What ${statement.by} signed about “${statement.text}” was not counted: ${fault.text}.`
      );
    }
    await this.#carryOut(statement, record.by, signature);
  }

  async #carryOut(
    { list, item, action, comment }: SignedAct,
    by: Person,
    signature: DecisionSignature
  ): Promise<void> {
    const { checklists, taskLists } = this.#parts;
    if (action === 'tick' || action === 'untick') {
      await checklists.tick(
        { checklist: list, item: Number(item), ticked: action === 'tick' },
        by,
        signature
      );
    } else {
      await taskLists.move({ board: list, task: item, action, comment }, by, signature);
    }
  }

  /** Looks at the files of the folder once. */
  async look(): Promise<void> {
    const { folder, keeper } = this.#parts;
    // What was signed waits in its file until the clock is right.
    if (faultOfClock(keeper.state)) {
      return;
    }
    for (const name of await tokenNamesIn(folder)) {
      const token = textOf(join(folder!, name));
      if (looksLikeAct(token) && !this.#seen.has(token) && !this.#isRecorded(token)) {
        this.#seen.add(token);
        await this.take(token).catch((error: unknown) =>
          noteRefusal(folder!, name, toErrorRecord(error).message)
        );
      }
    }
  }

  /** Looks as long as a list is open; one more look comes when another is made. */
  async #watch(): Promise<void> {
    if (this.#isWatching) {
      return;
    }
    this.#isWatching = true;
    while (this.#parts.folder !== null && isAnyOpen(this.#parts.keeper.state)) {
      await this.look().catch(() => undefined);
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS).unref());
    }
    this.#isWatching = false;
  }

  #idsUsed(): Set<string> {
    return new Set(this.#parts.keeper.judged.acts.flatMap(({ signature }) => signature?.id ?? []));
  }

  #isRecorded(token: string): boolean {
    return this.#idsUsed().has(statementIdOf(token) ?? '');
  }
}

interface Lists {
  readonly checklists: { readonly [id: string]: ChecklistState };
  readonly taskLists: { readonly [id: string]: TaskListState };
}

function isAnyOpen({ checklists, taskLists }: Lists): boolean {
  return (
    Object.values(checklists).some(({ status }) => status === 'pending') ||
    Object.values(taskLists).some(({ tasks }) => tasks.some(({ status }) => status !== 'done'))
  );
}

function textOf(path: string): string {
  try {
    return readTextOfRun(path, 'token').trim();
  } catch {
    return '';
  }
}
