// What ssh-keygen says, alone: the verifier that everybody has.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIGNATURE_NAMESPACE } from '../../../contract/signature/passkey.js';

/** A folder for the files that it wants. */
export class Keygen {
  readonly folder = mkdtempSync(join(tmpdir(), 'launchbook-keygen-'));

  /** The first line of what it says of a signature of ann over `text`. */
  says(line: string, signature: string, text: string, namespace = SIGNATURE_NAMESPACE): string {
    const [signers, file] = ['signers', 'signature'].map(name => join(this.folder, name)) as [string, string];
    writeFileSync(signers, `${line}\n`);
    writeFileSync(file, signature);
    const args = ['-Y', 'verify', '-f', signers, '-I', 'ann', '-n', namespace, '-s', file];
    const { stdout, stderr } = spawnSync('ssh-keygen', args, { input: text, encoding: 'utf8' });
    return (stdout || stderr).split('\n')[0]!;
  }

  accepts(line: string, signature: string, text: string): boolean {
    return this.says(line, signature, text).startsWith('Good "launchbook" signature for ann ');
  }

  /** A new key of ann in a file, and its signature over `text`. */
  fileKey(text: string): { readonly line: string; readonly signature: string } {
    const key = join(this.folder, 'key');
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const args = ['-Y', 'sign', '-n', SIGNATURE_NAMESPACE, '-f', key, '-'];
    const { stdout } = spawnSync('ssh-keygen', args, { input: text, encoding: 'utf8' });
    return { line: `ann ${readFileSync(`${key}.pub`, 'utf8').trim()}`, signature: stdout };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
