// Whom an allowed_signers file names: the first field of each line, names parted by commas.
// Format: ssh-keygen(1), ALLOWED SIGNERS, https://man.openbsd.org/ssh-keygen.1#ALLOWED_SIGNERS
import { readFileIfPresent } from '../files/read-file.js';

/** The names; none when there is no such file, or one that cannot be read. */
export function signersIn(path: string | null): string[] {
  try {
    const text = path === null ? null : readFileIfPresent(path, 'signers')?.toString('utf8');
    return (text ?? '')
      .split('\n')
      .filter(line => line.trim() !== '' && !line.startsWith('#'))
      .flatMap(line => line.trim().split(/\s/, 1)[0]!.replaceAll('"', '').split(','));
  } catch {
    return []; // what is wrong with it is said where a signature is checked
  }
}
