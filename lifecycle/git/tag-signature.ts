// The signature of a tag, made by git with SSH or GPG as git is set up, and verified by git again.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askGit, tryGit } from './git.js';

/** What git says of the signature of a tag. */
export type TagSignature =
  | { readonly kind: 'none' }
  /** `by`: the person and the key, as git names them. */
  | { readonly kind: 'good'; readonly by: string }
  /** It is not over this tag. */
  | { readonly kind: 'bad'; readonly reason: string }
  /** Nobody here can tell: the key is not known. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** True when the tag carries a signature, of whomever. */
export async function isSigned(repository: string, tag: string): Promise<boolean> {
  const text = await tryGit(repository, ['cat-file', 'tag', `refs/tags/${tag}`]);
  return /^-----BEGIN (SSH|PGP) SIGNATURE-----$/m.test(text ?? '');
}

/**
 * Has git verify the tag.
 *
 * @param signers - The content of an allowed_signers file, for signatures of SSH; null when there is none.
 */
export async function tagSignature(
  repository: string,
  tag: string,
  signers: Uint8Array | null
): Promise<TagSignature> {
  if (!(await isSigned(repository, tag))) {
    return { kind: 'none' };
  }
  const folder = await mkdtemp(join(tmpdir(), 'launchbook-tag-'));
  try {
    const file = join(folder, 'signers');
    await writeFile(file, signers ?? '');
    const args = ['-c', `gpg.ssh.allowedSignersFile=${file}`, 'verify-tag', '--raw', `refs/tags/${tag}`];
    const { code, stdout, stderr } = await askGit(repository, args);
    const said = `${stdout}\n${stderr}`.trim();
    const by =
      /Good "git" signature for (\S+) with (.+)/.exec(said)?.slice(1).join(', ') ??
      /^\[GNUPG:\] GOODSIG (.+)/m.exec(said)?.[1];
    if (code === 0 && by !== undefined) {
      return { kind: 'good', by };
    }
    const reason = said.split('\n')[0]?.trim() || 'git gives no reason';
    return /BADSIG|incorrect signature|Signature verification failed/i.test(said)
      ? { kind: 'bad', reason }
      : { kind: 'unknown', reason };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
