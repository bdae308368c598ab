// Real SSH keys for tests of signed decisions: made by ssh-keygen, listed in an allowed_signers file.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApprovalState } from '../../../contract/hold.js';
import { signText } from '../../../runbook/signature/sign.js';
import { writeToken, type SignedStatement } from '../../../runbook/signature/token.js';
import { RUN } from './sample-run.js';

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
    async sign(
      approval: Pick<ApprovalState, 'name' | 'step' | 'content'>,
      by: string,
      other: Partial<SignedStatement> = {},
      key = by
    ): Promise<string> {
      const statement: SignedStatement = {
        version: 1,
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
      };
      const text = JSON.stringify(statement);
      return writeToken(text, await signText(text, join(folder, key)));
    },
    remove: (): void => rmSync(folder, { recursive: true, force: true })
  };
}

export type Signers = ReturnType<typeof makeSigners>;
