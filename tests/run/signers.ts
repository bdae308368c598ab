// Real SSH keys for tests of signed decisions: made by ssh-keygen, listed in an allowed_signers file.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { signText } from '../../record/signature/sign.js';
import {
  writeToken,
  type StatementOfContent,
  type StatementOfRequest
} from '../../record/signature/token.js';
import { RUN } from './sample-run.js';

/** What is signed of an approval. */
export type Signable = Pick<ApprovalState, 'name' | 'step' | 'content'> &
  Partial<Pick<ApprovalState, 'id' | 'request'>>;

/** Parts of a statement that are to be otherwise. */
export type OtherStatement = Partial<StatementOfRequest> | Partial<StatementOfContent>;

/** The text that `by` signs to approve. */
export function statementOf(approval: Signable, by: string, other: OtherStatement = {}): string {
  const { nonce, after } = approval.request ?? {};
  return JSON.stringify({
    ...(nonce === undefined ? { version: 1 } : { version: 2, approval: approval.id, nonce, after }),
    id: randomUUID(),
    run: RUN.id,
    hold: approval.name,
    step: approval.step,
    content: approval.content,
    decision: 'approved',
    comment: 'Seen',
    values: {},
    by,
    at: new Date().toISOString(),
    ...other
  });
}

/** Keys of these people; `mallory` has one too, which nobody allows. */
export function makeSigners(names: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-keys-'));
  const allowedSigners = join(folder, 'allowed_signers');
  for (const name of [...names, 'mallory']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder, name)]);
  }
  const lines = names.map(name => `${name} ${readFileSync(join(folder, `${name}.pub`), 'utf8')}`);
  writeFileSync(allowedSigners, lines.join(''));
  return {
    folder,
    allowedSigners,
    keyOf: (name: string): string => join(folder, name),
    /** As ssh-keygen shows it: `SHA256:…`. */
    fingerprintOf: (name: string): string =>
      execFileSync('ssh-keygen', ['-l', '-f', join(folder, `${name}.pub`)], { encoding: 'utf8' }).split(
        ' '
      )[1]!,
    /** A token of `by`, signed with the key of `key`; `other` replaces parts of what is signed. */
    async sign(approval: Signable, by: string, other: OtherStatement = {}, key = by): Promise<string> {
      const text = statementOf(approval, by, other);
      return writeToken(text, await signText(text, join(folder, key)));
    },
    /** A file of allowed signers in which the key of `name` has a second name, who has one of their own too. */
    bothNames(name: string, other: string): string {
      const keyOf = (who: string): string => readFileSync(join(folder, `${who}.pub`), 'utf8');
      const file = join(folder, 'both_names');
      writeFileSync(file, `${name},${other} ${keyOf(name)}${other} ${keyOf(other)}`);
      return file;
    },
    /** The text of a file of allowed signers that has `name` too. */
    allowedWith: (name: string): string =>
      `${readFileSync(allowedSigners, 'utf8')}${name} ${readFileSync(join(folder, `${name}.pub`), 'utf8')}`,
    remove: (): void => rmSync(folder, { recursive: true, force: true })
  };
}

export type Signers = ReturnType<typeof makeSigners>;
