// A signed tick or report that somebody posted: verified in the way of the kernel before it is written beside the run.
import type { PostAnswer } from '../../contract/decide/decision-page.js';
import { factsOfSignature } from '../../contract/signature/decision-proof.js';
import { judgeJournal } from '../../record/decisions/judge-journal.js';
import { faultOfAct, judgeAct, recordOfAct } from '../../record/decisions/signed-acts.js';
import { readAct } from '../../record/signature/act-token.js';
import { readRun } from '../notebook/read-run.js';
import { refuseArchived } from '../notebook/refuse-archived.js';
import { signersAt } from '../signers/allowed-signers.js';
import { faultOfVerdictHere } from './fault-here.js';
import { takePosted } from './take-posted.js';

/**
 * Takes a token for the run at `path`.
 *
 * @param token - As it was posted, whatever that is.
 */
export async function takePostedAct(path: string, token: string): Promise<PostAnswer> {
  return takePosted(path, token, async () => {
    const parts = readAct(token);
    const { id } = parts.statement;
    const files = readRun(path);
    refuseArchived(`Reporting in ${path}`, files.state);
    const { acts } = judgeJournal(files.records).judged;
    const used = new Set(acts.flatMap(({ signature }) => signature?.id ?? []));
    if (used.has(id)) {
      return { id, isCounted: true, fault: null, state: files.state };
    }
    const { fault, key } = await faultOfVerdictHere(parts, signersAt(path, files.run?.runbook));
    const signature = { token: token.trim(), id, key, ...factsOfSignature(parts.signature, parts.statement) };
    const record = recordOfAct(parts.statement, signature, files.state, new Date().toISOString());
    return {
      id,
      isCounted: false,
      state: files.state,
      fault: fault ?? faultOfAct(judgeAct(record, 0, files.state)!, used)
    };
  });
}
