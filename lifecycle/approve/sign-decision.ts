// Signs a decision on an approver's own machine. The token that comes out is bound to run, hold point, content, decision and time.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gitText } from '../../contract/base/escape.js';
import { faultsOfValues, isNamed, rulesOf } from '../../contract/holds/approval-rules.js';
import { wordsOfMeans } from '../../contract/signature/decision-means.js';
import { faultOfProof } from '../../contract/signature/decision-proof.js';
import type { JsonObject } from '../../contract/base/json.js';
import { tokenFolderOf } from '../../contract/notebook/notebook.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { signText } from '../../record/signature/sign.js';
import { writeToken, type SignedStatement } from '../../record/signature/token.js';
import { currentBranch, repositoryOf } from '../git/repository.js';
import { git } from '../git/git.js';
import { writeAtomically } from '../notebook/write-atomically.js';
import { refuse, refuseFaults, type Fault } from '../refused-error.js';
import type { PendingHold } from './pending-hold.js';

/** What is signed, and by whom. */
export interface SigningRequest {
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  /** Answers to the form of the request. */
  readonly values: JsonObject;
  /** Path of the private key, or of the public one when an agent holds the private one. */
  readonly key: string;
  /** The signer as `allowed_signers` names them; null: the one whose key it is. */
  readonly by: string | null;
  /** The allowed_signers file, or null when it is not known here. */
  readonly allowedSigners: string | null;
  /** ISO 8601 UTC. @default now */
  readonly now?: string;
}

/**
 * The token of a decision on `hold`.
 *
 * @throws RefusedError `approve.refused` listing everything that the kernel would refuse later; nothing is signed.
 * @throws LaunchbookError `signature.not_signed` when ssh-keygen does not sign.
 * @example
 * await signDecision(hold, { decision: 'approved', comment: 'Seen', values: {}, key: '~/.ssh/id_ed25519', by: 'ann', allowedSigners: null })
 * // 'launchbook1.eyJ2ZXJza…'
 */
export async function signDecision(hold: PendingHold, request: SigningRequest): Promise<string> {
  const { run, approval } = hold;
  const by = request.by ?? signerOf(request.key, request.allowedSigners);
  refuseFaults('approve.refused', `sign a decision on “${approval.name}”`, faultsOf(hold, request, by));
  const { nonce, after = 0 } = approval.request;
  const statement: SignedStatement = {
    // A run that an older version began asks without a nonce.
    ...(nonce === undefined
      ? { version: 1 as const }
      : { version: 2 as const, approval: approval.id, nonce, after }),
    id: randomUUID(),
    run: run?.id ?? null,
    hold: approval.name,
    step: approval.step,
    content: approval.content,
    decision: request.decision,
    comment: request.comment.trim(),
    values: request.values,
    by: by!,
    at: request.now ?? new Date().toISOString()
  };
  const text = JSON.stringify(statement);
  const signature = await signText(text, request.key);
  const fault = faultOfProof(signature, rulesOf(approval.request).decide);
  refuseFaults(
    'approve.refused',
    `sign a decision on “${approval.name}”`,
    fault === null ? [] : [{ field: 'key', text: `cannot be used: the signature ${fault.text}` }]
  );
  return writeToken(text, signature);
}

/**
 * Writes a token beside the run and gives its path; the kernel looks there.
 *
 * @param name - Of the file, without its ending. @default 8 random characters
 */
export function keepToken(notebook: string, token: string, name = randomUUID().slice(0, 8)): string {
  const folder = tokenFolderOf(notebook);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.token`);
  writeAtomically(path, `${token}\n`);
  return path;
}

/**
 * Commits a token to the branch that is checked out.
 *
 * @throws RefusedError `approve.no_branch` outside of a branch of git; GitError when git refuses.
 */
export async function commitToken(path: string, subject: string): Promise<string> {
  const folder = dirname(path);
  const branch = (await repositoryOf(folder)) === null ? null : await currentBranch(folder);
  if (branch === null) {
    refuse('approve.no_branch', 'commit a signed decision', `${folder} is on no branch of a git repository.`);
  }
  await git(folder, ['add', '--force', '--', basename(path)]);
  await git(folder, ['commit', '--quiet', '--message', gitText(subject), '--', basename(path)]);
  return branch;
}

function faultsOf(hold: PendingHold, request: SigningRequest, by: string | null): Fault[] {
  const { approval } = hold;
  const rules = rulesOf(approval.request);
  const seats = [...rules.seats, ...(rules.escalation?.seats ?? [])];
  const comment = request.comment.trim();
  return [
    ...(by === null
      ? [
          {
            field: 'by',
            text: 'is not known: the key is not in allowed_signers under one name, so name yourself'
          }
        ]
      : rules.seats.length > 0 && !isNamed(by, seats)
        ? [
            {
              field: 'by',
              text: `is ${by}, expected one of those who may decide: ${approval.request.approvers.join(', ')}`
            }
          ]
        : []),
    ...(rules.means === undefined || rules.means.includes('key')
      ? []
      : [
          {
            field: 'key',
            text: `does not count here: the policy asks for a ${wordsOfMeans(rules.means).join(' or a ')}, on the page of launchbook board --decide`
          }
        ]),
    ...(comment === '' && (request.decision === 'rejected' || rules.comment)
      ? [
          {
            field: 'comment',
            text:
              request.decision === 'rejected'
                ? 'is missing: a rejection needs its reason'
                : 'is missing: it is asked for'
          }
        ]
      : []),
    ...faultsOfValues(rules.form, request.values, request.decision).map(text => ({
      field: 'values',
      text: `are not as the form asks: ${text}`
    }))
  ];
}

/** The one name that allowed_signers has for the key; null when there is none, or several. */
function signerOf(key: string, allowedSigners: string | null): string | null {
  const publicPath = key.endsWith('.pub') ? key : `${key}.pub`;
  if (allowedSigners === null || !existsSync(allowedSigners) || !existsSync(publicPath)) {
    return null;
  }
  const [type, blob] = readFileSync(publicPath, 'utf8').split(/\s+/);
  const lines = readTextOfRun(allowedSigners, 'signers')
    .split('\n')
    .filter(line => !line.startsWith('#') && line.includes(`${type} ${blob}`));
  const names = new Set(lines.flatMap(line => line.trim().split(/\s+/)[0]!.split(',')));
  const [only] = names;
  return names.size === 1 && !/[*?!]/.test(only!) ? only! : null;
}
