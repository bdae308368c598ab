// A run that asks, with its journal on the disk as a kernel keeps it, and with the kernel's own eye on the folder of signed decisions.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import { journalPathOf } from '../../../contract/notebook/notebook.js';
import type { DecidePages } from '../../../contract/signature/decision-means.js';
import type { ApprovalParams } from '../../../run/holds/approvals.js';
import type { PeoplePolicy } from '../../../runbook/hold/policy.js';
import { makeSampleRun, POLICY, RUN } from '../../run/sample-run.js';

/** What a test wants otherwise. */
export interface AskingOptions {
  readonly pages: DecidePages;
  readonly params?: Partial<ApprovalParams>;
  readonly approvals?: PeoplePolicy['approvals'];
}

const PARAMS: ApprovalParams = {
  name: 'QA sign-off',
  question: 'Does a tea ordered in staging arrive, so that payments may follow?',
  approvers: [],
  evidence: [
    { label: 'Smoke test', text: 'orders     ok   212 ms\npayments   ok   305 ms\nstock      ok    98 ms' },
    { label: 'Errors since 10:00', text: '0 of 12,480 requests' }
  ],
  timeoutMs: null
};

/** Asks `params` at once; `end` removes the folder. */
export async function makeAskingRun({ pages, params = {}, approvals }: AskingOptions) {
  const folder: { path?: string } = {};
  const policy: PeoplePolicy = {
    ...POLICY,
    approvals: { approvers: ['qa-lead'], grade: 'signed', ...approvals },
    decide: pages,
    get allowedSigners() {
      return folder.path === undefined ? null : join(folder.path, 'allowed_signers');
    }
  };
  const run = makeSampleRun(undefined, RUN, { policy });
  folder.path = run.folder;
  const signers = join(run.folder, 'allowed_signers');
  writeFileSync(signers, '');
  writeFileSync(join(run.folder, 'launchbook.yml'), 'allowedSigners: allowed_signers\n');
  const journal = journalPathOf(run.path, true);
  const keepJournal = (): void => writeFileSync(journal, run.journal.text);
  keepJournal();
  run.keeper.subscribe(keepJournal);
  const stopped = new AbortController();
  const ask = async (other: Partial<ApprovalParams> = {}) => {
    const running = await run.admit('ask');
    let answer!: Promise<unknown>;
    const id = await new Promise<string>(resolve => {
      answer = run.approvals.ask(running, { ...PARAMS, ...params, ...other }, stopped.signal, resolve);
      answer.catch(() => undefined);
    });
    keepJournal();
    void run.signed.watch(id, text => refusals.push(text));
    return { id, answer };
  };
  const refusals: string[] = [];
  const { id, answer } = await ask();
  return {
    ...run,
    id,
    answer,
    /** What the kernel said of tokens that it did not take. */
    refusals,
    /** Asks again, also something else. */
    ask,
    approval: (of = id): ApprovalState => run.keeper.state.approvals[of]!,
    /** Adds a line to allowed_signers, as a reviewed change does. */
    allow: (line: string): void => appendFileSync(signers, `${line.trim()}\n`),
    end: (): void => {
      stopped.abort();
      run.end();
    }
  };
}

export type AskingRun = Awaited<ReturnType<typeof makeAskingRun>>;
