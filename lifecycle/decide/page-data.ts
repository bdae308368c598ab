// What a decision page shows of a run, and what it is told afterwards.
import type { DecisionNews, DecisionPageData, ListedKey } from '../../contract/decide/decision-page.js';
import { changesSince } from '../../contract/holds/content-binding.js';
import { mayHubDecide } from '../../contract/decide/login-decides.js';
import { rulesOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { passkeysIn } from '../../contract/signature/passkey.js';
import { toBase64 } from '../../contract/signature/ssh-bytes.js';
import { driverOf, type RunState } from '../../contract/state/state.js';
import { decisionSecret } from '../../record/decisions/decision-address.js';
import { faultOfClock } from '../../record/decisions/clock-back.js';
import { changesSinceAsked } from '../approve/changes-since-asked.js';
import { signersAt } from '../signers/allowed-signers.js';
import { refusedTokens } from './refused-tokens.js';
import type { PendingHold } from '../approve/pending-hold.js';
import { readRun, type RunFiles } from '../notebook/read-run.js';

/** A run that is shown. */
export interface ShownFiles {
  /** The notebook. */
  readonly path: string;
  readonly files: Pick<RunFiles, 'run' | 'state' | 'notebook'>;
}

/** A question, and the files of the run that asks it. */
export interface ShownHold extends ShownFiles {
  readonly approval: ApprovalState;
}

/**
 * Everything that is shown of a question.
 *
 * @param hub - Whom the hub names, null for nobody. Absent: no hub is asked.
 */
export function pageDataOf({ path, files, approval }: ShownHold, hub?: string | null): DecisionPageData {
  const { run, state } = files;
  const { rpId = '', origins = [] } = rulesOf(approval.request).decide ?? {};
  return {
    version: 1,
    run: run?.id ?? null,
    approval: withoutTokens(approval),
    driver: driverOf(state, approval),
    origins,
    rpId,
    passkeys: listedKeys(signersAt(path, run?.runbook).content, rpId),
    now: new Date().toISOString(),
    ...(hub !== undefined && mayHubDecide(approval.request) && { hub })
  };
}

/** The same for a question that waits in the run at `path`. */
export function questionOf(path: string, { approval }: Pick<PendingHold, 'approval'>): DecisionPageData {
  return pageDataOf({ path, approval, files: readRun(path) });
}

/** What has happened since it was shown. */
export function newsOf({ path, files, approval }: ShownHold): DecisionNews {
  const newer = newerQuestion(approval, files.state.approvals);
  const isOpen = approval.status === 'pending' || approval.status === 'withdrawn';
  const changes = newer
    ? ['The question was asked anew.', ...differences(approval, newer)]
    : isOpen
      ? changesSinceAsked(approval, files)
      : [];
  const secret = newer && decisionSecret(newer);
  return {
    approval: withoutShown(withoutTokens(approval)),
    changes,
    instead: secret ? `../${secret}/` : null,
    refused: refusedTokens(path),
    clock: clockText(files.state)
  };
}

/** The same sentence as long as it is so, so that it is sent once. */
export function clockText(state: RunState): string | null {
  return faultOfClock(state) === null
    ? null
    : 'Nothing can be decided here for now: the clock of the machine that serves this page is behind the record of the run. Tell the driver.';
}

/** What a page has already, and what does not change. */
function withoutShown({
  request: _request,
  binding: _binding,
  ...rest
}: ApprovalState): DecisionNews['approval'] {
  return rest;
}

/** The token is of no use to a page, and has the length of all the rest. */
function withoutTokens(approval: ApprovalState): ApprovalState {
  return {
    ...approval,
    decisions: approval.decisions.map(decision =>
      decision.signature ? { ...decision, signature: { ...decision.signature, token: '' } } : decision
    )
  };
}

function newerQuestion(
  { name, step, request }: ApprovalState,
  approvals: { readonly [id: string]: ApprovalState }
): ApprovalState | undefined {
  const newest = Object.values(approvals).findLast(each => each.name === name && each.step === step);
  return newest?.request.nonce === request.nonce ? undefined : newest;
}

function differences({ binding }: ApprovalState, newer: ApprovalState): string[] {
  return binding && newer.binding ? changesSince(binding, newer.binding) : [];
}

/** The passkeys for `rpId` that the file of signers names. */
export function listedKeys(signers: Buffer | null, rpId: string): ListedKey[] {
  return passkeysIn(signers?.toString('utf8') ?? '')
    .filter(passkey => passkey.rpId === rpId)
    .map(({ names, credential, publicKey, isSynced }) => ({
      names,
      credential,
      publicKey: toBase64(publicKey),
      isSynced
    }));
}
