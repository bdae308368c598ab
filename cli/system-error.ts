// What the operating system has refused, for a person: which file, why, and what to do. No stack trace helps on a full disk.

/** The error of a call of the system as two lines, or null for every other error. */
export function systemErrorText(error: unknown): string | null {
  const { code, syscall, path, dest } = (error ?? {}) as Partial<NodeJS.ErrnoException> & { dest?: string };
  if (typeof code !== 'string' || typeof syscall !== 'string') {
    return null;
  }
  const [reason, hint] = REASONS[code] ?? [
    'the system refused',
    'Check the file and its disk, then call the command again.'
  ];
  const files = [path, dest].filter(file => file !== undefined).join(' to ');
  return `The system refused “${syscall}”${files === '' ? '' : ` of ${files}`}: ${reason} (${code}).\n${hint} What a journal has recorded is safe.`;
}

const FULL = [
  'no room is left',
  'Free some disk space or raise the quota, then call the command again.'
] as const;
const FORBIDDEN = [
  'it is not allowed',
  'Make the folder and its files writable and readable for you, then call the command again.'
] as const;
const FILES = [
  'too many files are open',
  'Allow more open files (ulimit -n 1024 or more), then call the command again.'
] as const;

const REASONS: { readonly [code: string]: readonly [reason: string, hint: string] } = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: FORBIDDEN,
  EMFILE: FILES,
  ENFILE: FILES,
  EIO: ['the disk failed', 'Look at the disk of this machine before you go on.'],
  ENOMEM: ['no memory is left', 'End other programs, then call the command again.'],
  EAGAIN: [
    'no further process may be started',
    'End other programs or raise ulimit -u, then call the command again.'
  ],
  ENOENT: ['there is no such file or folder', 'Check the name; the folder may have been renamed meanwhile.']
};
