// Can this machine verify passkeys? It is asked at the start, and not when somebody has signed.
import { LaunchbookError } from '../../contract/base/error.js';
import { runSshKeygen } from '../../record/signature/run-ssh-keygen.js';

/** A public key of the type that passkeys have, for `example.com`. */
const SAMPLE =
  'sk-ecdsa-sha2-nistp256@openssh.com AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbmlzdHAyNTYAAABBBLe4+xDso6LEqKhwoRwcALvu9dMtm3MysQBOV2us51SU7h+IWwfrOLEJUTjhg9/jDjVVyLSEWvzkwhB4gn1hz/8AAAALZXhhbXBsZS5jb20= sample\n';

/** @throws LaunchbookError `decide.no_passkeys` when ssh-keygen does not know their keys. */
export async function checkPasskeys(): Promise<void> {
  const { code, stderr, stdout } = await runSshKeygen(['-l', '-f', '-'], SAMPLE);
  if (code !== 0) {
    throw new LaunchbookError(
      `ssh-keygen of this machine does not know the keys of passkeys: ${(stderr || stdout).trim() || 'no message'}`,
      {
        code: 'decide.no_passkeys',
        hint: 'Install OpenSSH 8.7 or newer with support for security keys, or let people sign with launchbook approve.'
      }
    );
  }
}
