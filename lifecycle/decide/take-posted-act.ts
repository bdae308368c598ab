// A signed tick or report that somebody posted: verified in the way of the kernel before it is written beside the run.
import { isLaunchbookError } from '../../contract/base/error.js';
import type { PostAnswer } from '../../contract/decide/decision-page.js';
import { factsOfSignature } from '../../contract/signature/decision-proof.js';
import { judgeJournal } from '../../record/decisions/judge-journal.js';
import { faultOfAct, judgeAct, recordOfAct } from '../../record/decisions/signed-acts.js';
import { sha256 } from '../../record/hash.js';
import { readAct } from '../../record/signature/act-token.js';
import { keepToken } from '../approve/sign-decision.js';
import { readRun } from '../notebook/read-run.js';
import { refuseArchived } from '../notebook/refuse-archived.js';
import { signersAt } from '../signers/allowed-signers.js';
import { faultOfVerdictHere, sentenceOf } from './fault-here.js';

/**
 * Takes a token for the run at `path`.
 *
 * @param token - As it was posted, whatever that is.
 */
export async function takePostedAct(path: string, token: string): Promise<PostAnswer> {
  try {
    const parts = readAct(token);
    const { statement } = parts;
    const files = readRun(path);
    refuseArchived(`Reporting in ${path}`, files.state);
    const { acts } = judgeJournal(files.records).judged;
    const used = new Set(acts.flatMap(({ signature }) => signature?.id ?? []));
    if (used.has(statement.id)) {
      return { isTaken: true, id: statement.id };
    }
    const signers = signersAt(path, files.run?.runbook);
    const { fault: unverified, key } = await faultOfVerdictHere(parts, signers);
    const signature = {
      token: token.trim(),
      id: statement.id,
      key,
      signers: sha256(signers.content ?? ''),
      ...factsOfSignature(parts.signature)
    };
    const record = recordOfAct(statement, signature, files.state, new Date().toISOString());
    const fault = unverified ?? faultOfAct(judgeAct(record, 0, files.state)!, used);
    if (fault) {
      return { isTaken: false, code: fault.code, reason: sentenceOf(fault) };
    }
    keepToken(path, token.trim(), sha256(token.trim()).slice(0, 16));
    return { isTaken: true, id: statement.id };
  } catch (error) {
    if (isLaunchbookError(error)) {
      return { isTaken: false, code: error.code, reason: error.message };
    }
    throw error; // something of this machine: the page sends it again
  }
}
