// Whom an allowed_signers file names: the first field of each line, names parted by commas.
// Format: ssh-keygen(1), ALLOWED SIGNERS, https://man.openbsd.org/ssh-keygen.1#ALLOWED_SIGNERS
import { passkeysIn, type ListedPasskey } from '../../contract/signature/passkey.js';
import { principalsOf } from '../../contract/signature/principals.js';
import { isOfVoucher } from '../../contract/signature/vouched.js';
import { readFileIfPresent } from '../files/read-file.js';

/** Who can sign, and with what. */
export interface KnownSigners {
  readonly signers: readonly string[];
  readonly passkeys: readonly ListedPasskey[];
  /** Names in lines of other keys. */
  readonly keys: readonly string[];
}

/** The names of people; none when there is no such file, or one that cannot be read. */
export function signersIn(path: string | null): string[] {
  return linesIn(path).flatMap(principalsOf);
}

/** The names by their kind of key. */
export function knownSignersIn(path: string | null): KnownSigners {
  const lines = linesIn(path);
  const isPasskey = (line: string): boolean => passkeysIn(line).length > 0;
  return {
    signers: lines.flatMap(principalsOf),
    passkeys: passkeysIn(lines.join('\n')),
    keys: lines.filter(line => !isPasskey(line)).flatMap(principalsOf)
  };
}

function linesIn(path: string | null): string[] {
  try {
    const text = path === null ? null : readFileIfPresent(path, 'signers')?.toString('utf8');
    return (text ?? '')
      .split('\n')
      .filter(line => line.trim() !== '' && !line.startsWith('#') && !isOfVoucher(line));
  } catch {
    return []; // what is wrong with it is said where a signature is checked
  }
}
