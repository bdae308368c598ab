// The first field of a line of `allowed_signers`: for whom the key signs.
// Format: ssh-keygen(1), ALLOWED SIGNERS, https://man.openbsd.org/ssh-keygen.1#ALLOWED_SIGNERS

/**
 * Names or patterns, parted by commas; the field may stand in quotes as a whole.
 *
 * @example
 * principalsOf('ann,annie ssh-ed25519 AAAA…') // ['ann', 'annie']
 */
export function principalsOf(line: string): string[] {
  const [, quoted, plain = ''] = /^(?:"([^"]*)"|(\S+))/.exec(line.trim()) ?? [];
  return (quoted ?? plain).split(',');
}
